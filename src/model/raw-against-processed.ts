import type { SamplesReport } from "../model";
import type { Header } from "./header";

/** How processed data were made of raw data, so that anyone can make them again. */
export interface Encryption {
  readonly cipher: "aes-256-ctr";
  readonly password: string;
  /** Key and first counter block follow from the password alone, for there is no salt; lower-case hex. */
  readonly key: string;
  readonly iv: string;
  /** Shell commands that make both files, byte for byte. */
  readonly commands: readonly string[];
}

/** The same data before and after processing, assessed alike. */
export interface RawAgainstProcessed extends Header<"raw-against-processed"> {
  /** null: data of a source that we know nothing of. */
  readonly encryption: Encryption | null;
  readonly raw: SamplesReport;
  readonly processed: SamplesReport;
}
