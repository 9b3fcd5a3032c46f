const LONGEST = 200;

/** Another machine's words on one line, short, without anything that controls a terminal or the order of reading. */
export function excerpt(text: string): string {
  const line = text.replace(/[\p{C}\s]+/gu, " ").trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST).replace(/\p{C}$/u, "")}...` : line;
}
