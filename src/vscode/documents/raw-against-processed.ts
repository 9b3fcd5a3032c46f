import type { Report } from "../../model";
import { ENCRYPTION } from "../../operations/demonstration-files";
import { pageToMarkdown } from "../../report/page";
import { rawAgainstProcessed, rawAgainstProcessedPage } from "../../report/raw-against-processed";

/** Raw and processed samples side by side, as Markdown; null unless both are assessed. */
export function rawAgainstProcessedDocument(
  raw: Report | null,
  processed: Report | null,
  isDemonstration: boolean,
): string | null {
  if (raw?.kind !== "samples" || processed?.kind !== "samples") return null;
  const report = rawAgainstProcessed(raw, processed, isDemonstration ? ENCRYPTION : null);
  return pageToMarkdown(rawAgainstProcessedPage(report));
}
