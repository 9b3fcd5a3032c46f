/** Longest name that is shown whole; names come from outside. */
const LONGEST_NAME = 120;

/** Control characters, and the format characters that reorder or hide text. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** A name from outside, fit to stand in a sentence: one line, printable, bounded, in quotation marks. */
export function quoted(name: string): string {
  const printable = name.replace(UNPRINTABLE, "\uFFFD");
  return printable.length > LONGEST_NAME ? `"${printable.slice(0, LONGEST_NAME)}…"` : `"${printable}"`;
}

/** Whether a name can be pasted into a terminal as it is shown. */
export function isPrintable(name: string): boolean {
  return name !== "" && name.search(UNPRINTABLE) === -1;
}

/** One argument for a POSIX shell: safe to paste whatever it holds. */
function shellArgument(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}

/** The last argument of a command: as `shellArgument`, and never taken for an option. */
export function shellOperand(value: string): string {
  return value.startsWith("-") ? `-- ${shellArgument(value)}` : shellArgument(value);
}

/** An `openstack` command for one of several clouds. @param cloud the name in clouds.yaml */
export function commandForCloud(command: string, cloud: string): string {
  return command.replace(/^openstack /, () => `openstack --os-cloud ${shellArgument(cloud)} `);
}
