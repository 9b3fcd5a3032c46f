/** Patterns as OpenSSH has them: ssh_config(5), PATTERNS. */

/** Whether a name matches one of the patterns, and none of those that deny it by a leading `!`. */
export function matchesPatternList(patterns: readonly string[], name: string): boolean {
  return (
    patterns.some((p) => !p.startsWith("!") && matchesPattern(p, name)) &&
    !patterns.some((p) => p.startsWith("!") && matchesPattern(p.slice(1), name))
  );
}

/** `*` stands for any characters, `?` for one. Linear for each `*`: no pattern takes long. */
export function matchesPattern(pattern: string, name: string): boolean {
  let p = 0;
  let star = -1;
  let resume = 0;
  for (let n = 0; n < name.length;) {
    if (p < pattern.length && pattern[p] === "*") {
      star = p++;
      resume = n;
    } else if (p < pattern.length && (pattern[p] === "?" || pattern[p] === name[n])) {
      p++;
      n++;
    } else if (star >= 0) {
      p = star + 1;
      n = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}
