import type { DemoAnswer } from "./answer";

/** Nova's own shape of a refusal. */
export function refusal(code: number, kind: string, message: string): DemoAnswer {
  return { status: code, body: { [kind]: { code, message } } };
}
