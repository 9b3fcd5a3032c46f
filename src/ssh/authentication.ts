import type { AnyAuthMethod, Prompt } from "ssh2";
import type { AuthenticationServices } from "./authentication-services";
import type { SshEndpoint } from "./endpoint";
import { excerpt } from "./excerpt";
import { Keyring } from "./keyring";

/** As OpenSSH's NumberOfPasswordPrompts. */
const PROMPTS = 3;

/**
 * The order in which a person with OpenSSH expects to be let in: keys (the chosen, the agent's, the account's), then the server's
 * questions, then a password; of each only what the server accepts.
 */
export class Authentication {
  /** The methods that the server said it accepts. */
  accepted: readonly string[] = [];
  private readonly keyring: Keyring;
  private readonly tried: string[] = [];
  private keysOffered = false;
  private readonly promptsLeft = { "keyboard-interactive": PROMPTS, password: PROMPTS };

  constructor(
    private readonly endpoint: SshEndpoint,
    private readonly services: AuthenticationServices,
  ) {
    this.keyring = new Keyring(services);
  }

  /** What was tried, in order, for people. */
  get attempts(): string[] {
    return [...this.keyring.notes.values(), ...this.tried];
  }

  /**
   * Chooses the next method.
   * @param accepted what the server still accepts; null before the first attempt
   * @returns null when nothing is left to try
   */
  async next(accepted: readonly string[] | null): Promise<AnyAuthMethod | null> {
    const username = this.endpoint.user;
    // asks the server which methods it accepts
    if (accepted === null) return { type: "none", username };
    this.accepted = accepted;

    if (accepted.includes("publickey") && !this.keysOffered) {
      this.keysOffered = true;
      if (await this.keyring.load()) return { type: "agent", username, agent: this.keyring };
    }
    if (accepted.includes("keyboard-interactive") && this.mayPrompt("keyboard-interactive")) {
      this.tried.push("keyboard-interactive");
      const prompt = (
        name: string,
        instructions: string,
        _language: string,
        prompts: Prompt[],
        finish: (answers: string[]) => void,
      ): void => {
        void this.answer([name, instructions], prompts).then(finish);
      };
      return { type: "keyboard-interactive", username, prompt };
    }
    if (accepted.includes("password") && this.mayPrompt("password")) {
      const prompt = `Password of ${username} on ${this.endpoint.host}`;
      const password = (await this.services.askSecret?.({ kind: "password", prompt })) ?? null;
      if (password !== null) {
        this.tried.push("password");
        return { type: "password", username, password };
      }
      this.promptsLeft.password = 0;
    }
    return null;
  }

  private mayPrompt(method: keyof typeof this.promptsLeft): boolean {
    return this.services.askSecret !== null && this.promptsLeft[method]-- > 0;
  }

  private async answer(headings: readonly string[], prompts: readonly Prompt[]): Promise<string[]> {
    const answers: string[] = [];
    for (const { prompt, echo } of prompts) {
      const words = excerpt([...headings, prompt].join(" "));
      const answer = await this.services.askSecret?.({ kind: "question", prompt: words, echo: echo ?? false });
      // whoever does not answer is not asked again; the server takes the empty answers for a failure
      if (answer === null) this.promptsLeft["keyboard-interactive"] = 0;
      answers.push(answer ?? "");
    }
    return answers;
  }
}
