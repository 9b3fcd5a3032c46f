import type { Suppression } from "../model";

/** What somebody asks to be set aside. */
export interface SuppressionRequest extends Suppression {
  /** A rule's id, or `*` for every rule. */
  readonly rule: string;
  /** A subject's name or id; `*` stands for anything. */
  readonly subject: string;
  /** The name of the cloud, machine or file that was checked; null: any. */
  readonly source: string | null;
}
