/**
 * A command in mount and process namespaces of its own, and a network namespace if wanted: whatever it mounts or starts
 * is gone with its first process, and that goes with ours, however ours ends.
 * @returns the command and its arguments, for spawn
 */
export function inNamespaces(
  command: readonly string[],
  { network }: { readonly network: boolean },
): [string, readonly string[]] {
  return [
    "setpriv",
    [
      ...["--pdeathsig", "KILL", "--"],
      ...["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"],
      ...(network ? ["--net", "--uts", "--ipc"] : []),
      // the first process has to reap what others leave behind, which a shell does and Node does not
      ...["--", "sh", "-c", '"$@"; exit "$?"', "sh", ...command],
    ],
  ];
}
