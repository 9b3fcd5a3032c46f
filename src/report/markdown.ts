import { printable } from "./text";

/** Text that came from outside, as Markdown that shows it as it is: no markup, no line break, no HTML. */
export function escapeMarkdown(text: string): string {
  return printable(text).replace(/[\\`*_{}[\]()<>#+\-.!|~&:@$^=]/g, "\\$&");
}
