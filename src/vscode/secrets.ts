import type { Memento, SecretStorage } from "vscode";
import { Turns } from "../operations/turns";
import { askForSecret } from "./secret-box";

const PREFIX = "entropyCheck.secret:";
const NAMES = "entropyCheck.secretNames";

/** Passwords and passphrases: asked for when needed, kept in VS Code's secret storage only if the person says so. */
export class Secrets {
  private readonly turns = new Turns();

  /** @param names remembers under which names secrets are kept: the storage itself can't be listed */
  constructor(
    private readonly storage: SecretStorage,
    private readonly names: Memento,
  ) {}

  forRun(signal: AbortSignal): RunSecrets {
    return new RunSecrets(this, signal);
  }

  /** Asks one question at a time, whoever asks: a second box would close the first. */
  inTurn<T>(ask: () => Promise<T>): Promise<T> {
    return this.turns.take(ask);
  }

  async find(name: string): Promise<string | null> {
    return (await this.storage.get(PREFIX + name)) ?? null;
  }

  async keep(name: string, secret: string): Promise<void> {
    await this.storage.store(PREFIX + name, secret);
    await this.names.update(NAMES, [...new Set([...this.kept(), name])]);
  }

  async forget(name: string): Promise<void> {
    await this.storage.delete(PREFIX + name);
    await this.names.update(
      NAMES,
      this.kept().filter((n) => n !== name),
    );
  }

  async forgetAll(): Promise<void> {
    for (const name of this.kept()) await this.forget(name);
  }

  private kept(): readonly string[] {
    return this.names.get<readonly string[]>(NAMES, []);
  }
}

/** The secrets that one run needs. What it was told to keep is kept once the run has shown that it is right. */
export class RunSecrets {
  private readonly given = new Set<string>();
  private readonly toKeep = new Map<string, string>();

  constructor(
    private readonly secrets: Secrets,
    private readonly signal: AbortSignal,
  ) {}

  /**
   * A secret, kept or asked for. Asking twice in one run means that the first was wrong.
   * @param name what it opens, in words: `Password of demo on the cloud mycloud`
   * @returns null when the person gives none
   */
  get(name: string): Promise<string | null> {
    // whoever waited may find what another run was just told to keep
    return this.secrets.inTurn(() => this.lookUp(name));
  }

  private async lookUp(name: string): Promise<string | null> {
    if (this.signal.aborted) return null;
    const kept = this.given.has(name) ? null : await this.secrets.find(name);
    this.given.add(name);
    if (kept !== null) return kept;
    const answer = await askForSecret(name, { keepable: true, hidden: true }, this.signal);
    if (answer?.keep === true) this.toKeep.set(name, answer.secret);
    else this.toKeep.delete(name);
    return answer?.secret ?? null;
  }

  /**
   * A secret that is good for once: asked for, never kept.
   * @param hidden whether it is hidden while it is typed
   * @returns null when the person gives none
   */
  async once(name: string, hidden = true): Promise<string | null> {
    const answer = await this.secrets.inTurn(async () =>
      this.signal.aborted ? null : askForSecret(name, { keepable: false, hidden }, this.signal),
    );
    return answer?.secret ?? null;
  }

  /** The run got through. */
  async accepted(): Promise<void> {
    for (const [name, secret] of this.toKeep) await this.secrets.keep(name, secret);
  }

  /** The run was turned away: what is kept is wrong. */
  async refused(): Promise<void> {
    for (const name of this.given) await this.secrets.forget(name);
  }
}
