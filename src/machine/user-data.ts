/**
 * What a server is given to run at its first boot, where nobody can log in: a shell script (cloud-init and cirros-init
 * both run one) that asks the commands of the live checks and says the answers over the console, in the lines that
 * `formats/console-transcript.ts` reads. It starts nothing and sets nothing: what it caused itself would prove nothing.
 */
import { COMMANDS } from "./commands";
import { COUNT_BLOCKS } from "./count-blocks";
import { mirrorInvalid } from "./errors";

/** Seconds that a command is given. Reading /dev/random may take long before kernel 5.6. */
const QUICK = 60;
const LONG = 900;

/** Seconds after which the script stops a command. */
export const patienceFor = (command: string): number =>
  command === COMMANDS.rngtest || command === COUNT_BLOCKS ? LONG : QUICK;

/** Lines and columns of a command's output that are said; the console keeps no more than some 100 kB. */
const MOST_LINES = 80;
const MOST_COLUMNS = 240;

/** How often everything is said. */
const TIMES = 3;

export interface ProbeScript {
  /** Hexadecimal. */
  readonly run: string;
  /** Address of an apt mirror, to take rngtest from where the image has none; null: no network is needed. */
  readonly mirror: string | null;
}

/** The script. @throws UserError if the mirror is not an address that can stand in a sources.list */
export function probeUserData({ run, mirror }: ProbeScript): string {
  const probe = (name: keyof typeof COMMANDS): string => command(name, COMMANDS[name]);
  return `#!/bin/sh
# Entropy Check asks this server what SCS-0101 asks of a live instance, and says the answers on the console.
PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
LC_ALL=C
export PATH LC_ALL
mark=entropy-check:${run}
dir=$(mktemp -d) || exit 1
number=0
all=

show() {
  printf '%s\\n' "$1"
  if [ -c /dev/console ]; then printf '\\n%s\\n' "$1" >/dev/console; fi 2>/dev/null
}

# SECTION TEXT
line() {
  number=$((number + 1))
  set -- "$number $1 $2"
  check=$(printf %s "$1" | sha256sum)
  all="$all$mark $1 ~\${check%"\${check#????????}"}
"
}

# SECTION FILE; leaves the number of lines in $count
lines() {
  count=0
  tr '\\000\\011' '  ' <"$2" | tr -cd '\\012\\040-\\176' | cut -c 1-${MOST_COLUMNS} | head -n ${MOST_LINES} >"$dir/said"
  while IFS= read -r words || [ -n "$words" ]; do
    line "$1" "$words"
    count=$((count + 1))
  done <"$dir/said"
}

# NAME SECONDS COMMAND; leaves how it ended in $status
probe() {
  show "$mark doing $1"
  rm -f "$dir/late"
  sh -c "$3" >"$dir/out" 2>"$dir/err" </dev/null &
  pid=$!
  {
    trap 'kill $sleep; exit' TERM
    sleep "$2" &
    sleep=$!
    wait $sleep
    : >"$dir/late"
    kill -9 $pid
  } >/dev/null 2>&1 &
  watch=$!
  wait $pid
  status=$?
  kill $watch 2>/dev/null
  wait $watch
  if [ -e "$dir/late" ]; then status=timeout; fi
  lines "$1>" "$dir/out"
  out=$count
  lines "$1!" "$dir/err"
  line "$1=" "$status $out $count"
}

show "$mark hello"
${probe("kernel")}
${probe("hwrng")}
${probe("readHwrng")}
${probe("entropyAvail")}
${mirror === null ? "" : fetching(mirror)}${probe("findRngtest")}
if [ "$status" = 0 ]; then
  ${probe("rngtest")}
else
  ${command("countBlocks", COUNT_BLOCKS)}
fi
# last, for the machine may still be starting its services
${probe("rngd")}
line end $((number + 1))
for time in ${Array.from({ length: TIMES }, (_, i) => i + 1).join(" ")}; do
  show "$all"
  sleep 3
done
show "$mark bye"
rm -rf "$dir"
`;
}

const command = (name: string, text: string): string => `probe ${name} ${patienceFor(text)} ${quote(text)}`;

/** One word for a POSIX shell. */
const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** What may stand in a sources.list and in a shell's single quotes alike. */
const MIRROR = /^https?:\/\/[\w.~:[\]-]+(?:\/[\w.~%/-]*)?$/;

/**
 * Takes rngtest out of Debian's package without installing it: an installed one would start rngd, after which the machine
 * would have an rngd that nobody gave it. apt verifies the mirror's signatures with the image's own keys.
 */
function fetching(mirror: string): string {
  if (!MIRROR.test(mirror)) throw mirrorInvalid();
  const fetch = `cd "$1" && . /etc/os-release && components=main && [ "$ID" = ubuntu ] && components="main universe"
echo "deb ${mirror} $VERSION_CODENAME $components" > sources.list && mkdir -p lists/partial &&
set -- -o Dir::Etc::SourceList="$PWD/sources.list" -o Dir::Etc::SourceParts=- -o Dir::State::Lists="$PWD/lists" &&
apt-get "$@" update && { apt-get "$@" download rng-tools5 || apt-get "$@" download rng-tools-debian; } &&
dpkg -x rng-tools*.deb .`;
  return `if ! command -v rngtest >/dev/null; then
  chmod 755 "$dir"
  mkdir "$dir/mirror"
  probe fetchRngtest 300 "set -- $dir/mirror; "${quote(fetch)}
  PATH=$PATH:$dir/mirror/usr/bin:$dir/mirror/usr/sbin
fi
`;
}
