import { resolve, sep } from "node:path";
import { collectBootRestarts, type CollectBootRestartsRequest } from "../operations/collect-boot-restarts";
import { collectRestarts, type CollectRestartsRequest } from "../operations/collect-restarts";
import { restartCollectionToText } from "../report/restart-collection-text";
import { toJson } from "../report/json";
import { CAPTURE_OPTIONS, FORMAT_USAGE, parseCapture, parseSource, wholeNumber } from "./capture-options";
import {
  EXIT,
  finish,
  parseCommandLine,
  REPORT_OPTIONS,
  usageError,
  writeResult,
  type Command,
  type Terminal,
} from "./command";
import { MACHINE_OPTIONS, MACHINE_USAGE, machineServices } from "./machine-services";

const NAME = "collect-restarts";
const MOST = 1_000_000;

export const collectRestartsCommand: Command = {
  usage: `entropy-check collect-restarts local|ssh://[user@]host[:port] --command "COMMAND" --out FILE|FOLDER/
       [--restarts 1000] [--samples 1000] [--width W] [--format F] [--resume] [--json FILE|-]
entropy-check collect-restarts ssh://... --reboot [--reboot-command "COMMAND"] --source S --out FILE|FOLDER/ ...
entropy-check collect-restarts --boot DEFINITION [--parameters "NAME=VALUE ..."] --out FILE|FOLDER/ ...

Starts a process anew for each restart, whose first samples count; or reboots the machine for each, and reads a source
once it is back; or makes each restart a boot by a boot test's definition, in QEMU for one, which records what the source
gives first. What is there is the journal: it goes on with --resume after any interruption. The result is what
"entropy-check restart" reads.

  --command "COMMAND"  what starts the source on the machine, and writes the samples
  --reboot             restart the machine itself; the account must be allowed to, without a password
  --reboot-command "C" what reboots it; without it, systemctl reboot or reboot, by sudo if need be
  --source S           what is read after a reboot: hwrng, random, urandom, jitter-kernel, jitter-recorder, file:PATH, or
                       command:"COMMAND"
  --boot DEFINITION    a file NAME.boot-test.yaml, see "entropy-check boot"; its length does not count
  --parameters "P"     of a definition with a matrix, the set of parameters that all restarts are of
  --restarts N         without it, 1000: what 3.1.4.1 asks for
  --samples N          of each restart; without it, 1000
${FORMAT_USAGE}  --out FILE           a new file, a restart after the other; or a folder, if its name ends with a slash: a file per restart
  --resume             go on where it was, by the command that began it
${MACHINE_USAGE}  --json FILE          write what was collected as JSON; - is standard output, instead of the text
`,
  run: async (args, terminal) => {
    const { values, positionals } = parseCommandLine(NAME, {
      args: [...args],
      allowPositionals: true,
      options: {
        ...REPORT_OPTIONS,
        ...MACHINE_OPTIONS,
        ...CAPTURE_OPTIONS,
        boot: { type: "string" },
        parameters: { type: "string" },
        command: { type: "string" },
        reboot: { type: "boolean", default: false },
        "reboot-command": { type: "string" },
        restarts: { type: "string", default: "1000" },
        samples: { type: "string", default: "1000" },
      },
    });
    const { out } = values;
    if (out === undefined) throw usageError("--out is missing.", NAME);
    const what = {
      restarts: wholeNumber(values.restarts, "restarts", MOST, NAME),
      samplesPerRestart: wholeNumber(values.samples, "samples", MOST, NAME),
      path: `${resolve(terminal.cwd, out)}${/[/\\]$/.test(out) ? sep : ""}`,
    };
    const collecting =
      values.boot === undefined
        ? collectRestarts(parseRequest(positionals, values, what), machineServices(values, terminal), terminal.signal)
        : collectBootRestarts(parseBoots(positionals, values, what, terminal), {}, terminal.signal);
    const report = await finish(collecting, terminal);
    await writeResult(
      { json: () => toJson(report), text: () => restartCollectionToText(report) },
      values.json,
      terminal,
    );
    return EXIT.passed;
  },
};

type What = Pick<CollectRestartsRequest, "restarts" | "samplesPerRestart" | "path">;

interface Values {
  readonly boot?: string | undefined;
  readonly parameters?: string | undefined;
  readonly command?: string | undefined;
  readonly reboot: boolean;
  readonly "reboot-command"?: string | undefined;
  readonly source?: string | undefined;
  readonly width?: string | undefined;
  readonly format?: string | undefined;
  readonly resume: boolean;
}

function parseRequest(positionals: readonly string[], values: Values, what: What): CollectRestartsRequest {
  if (values.parameters !== undefined) throw usageError("--parameters goes with --boot.", NAME);
  const request = { ...what, ...parseCapture(positionals, values, NAME), ...parseMethod(values) };
  if (request.method.kind === "reboot" && request.target.kind === "local")
    throw usageError("This machine is not rebooted: it would take this program along. Name one over SSH.", NAME);
  return request;
}

/** A boot test's definition says what is booted and read, and its samples are bytes. */
function parseBoots(
  positionals: readonly string[],
  values: Values,
  what: What,
  { cwd }: Terminal,
): CollectBootRestartsRequest {
  const others = ["command", "reboot-command", "source", "width", "format"] as const;
  if (positionals.length > 0 || values.reboot || others.some((option) => values[option] !== undefined))
    throw usageError("--boot takes neither a machine nor a source: the definition says both.", NAME);
  const parameters = values.parameters ?? null;
  return { ...what, file: resolve(cwd, values.boot ?? ""), parameters, resume: values.resume };
}

function parseMethod(values: Values): Pick<CollectRestartsRequest, "method" | "source"> {
  const { command, reboot, source } = values;
  if (reboot) {
    if (command !== undefined) throw usageError("Give --command or --reboot, not both.", NAME);
    return {
      method: { kind: "reboot", command: values["reboot-command"] ?? null },
      source: parseSource(source, NAME),
    };
  }
  if (source !== undefined) throw usageError("--source goes with --reboot; a process is started by --command.", NAME);
  if (command === undefined || command.trim() === "") throw usageError("--command is missing.", NAME);
  return { method: { kind: "process" }, source: { kind: "command", command } };
}
