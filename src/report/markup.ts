/** Text from outside for a file: what XML 1.0 cannot hold, and what turns or breaks a line unseen, as U+FFFD. */
export function harmless(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replace(/[\p{Bidi_Control}\u2028\u2029]/gu, "\ufffd");
}

/** For XML and HTML: `harmless`, with the markup's own characters as entities. */
export function escapeMarkup(text: string): string {
  return harmless(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
