import { resolve, sep } from "node:path";
import { SAMPLE_FORMAT_IDS } from "../formats/sample-format";
import { parseMachineAddress } from "../machine/target";
import { collectRestarts, type CollectRestartsRequest } from "../operations/collect-restarts";
import { restartCollectionToText } from "../report/restart-collection-text";
import { toJson } from "../report/json";
import { parseCaptureFormat, parseSource, wholeNumber } from "./capture-options";
import {
  EXIT,
  finish,
  parseCommandLine,
  REPORT_OPTIONS,
  theOnly,
  usageError,
  wrapWords,
  writeResult,
  type Command,
} from "./command";
import { MACHINE_OPTIONS, MACHINE_USAGE, machineServices } from "./machine-services";

const NAME = "collect-restarts";

export const collectRestartsCommand: Command = {
  usage: `entropy-check collect-restarts local|ssh://[user@]host[:port] --command "COMMAND" --out FILE|FOLDER/
       [--restarts 1000] [--samples 1000] [--width W] [--format F] [--resume] [--json FILE|-]
entropy-check collect-restarts ssh://... --reboot [--reboot-command "COMMAND"] --source S --out FILE|FOLDER/ ...

Starts a process anew for each restart, whose first samples count; or reboots the machine for each, and reads a source
once it is back. What is there is the journal: it goes on with --resume after any interruption. The result is what
"entropy-check restart" reads.

  --command "COMMAND"  what starts the source on the machine, and writes the samples
  --reboot             restart the machine itself; the account must be allowed to, without a password
  --reboot-command "C" what reboots it; without it, systemctl reboot or reboot, by sudo if need be
  --source S           what is read after a reboot: hwrng, random, urandom, jitter-kernel, jitter-recorder, file:PATH, or
                       command:"COMMAND"
  --restarts N         without it, 1000: what 3.1.4.1 asks for
  --samples N          of each restart; without it, 1000
  --width W            u8, u16, u32 or u64: numbers of so many bits, little-endian; short for --format
  --format F           how the samples stand in what comes; without it, as that source is known to give them
                       ${wrapWords(SAMPLE_FORMAT_IDS, 90, 23)}
  --out FILE           a new file, a restart after the other; or a folder, if its name ends with a slash: a file per restart
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
        command: { type: "string" },
        reboot: { type: "boolean", default: false },
        "reboot-command": { type: "string" },
        source: { type: "string" },
        restarts: { type: "string", default: "1000" },
        samples: { type: "string", default: "1000" },
        width: { type: "string" },
        format: { type: "string" },
        out: { type: "string" },
        resume: { type: "boolean", default: false },
      },
    });
    const { out } = values;
    if (out === undefined) throw usageError("--out is missing.", NAME);
    const most = 1_000_000;
    const request: CollectRestartsRequest = {
      target: parseMachineAddress(theOnly(positionals, "machine", NAME)),
      ...parseMethod(values),
      restarts: wholeNumber(values.restarts, "restarts", most, NAME),
      samplesPerRestart: wholeNumber(values.samples, "samples", most, NAME),
      format: parseCaptureFormat(values.format, values.width, NAME),
      path: `${resolve(terminal.cwd, out)}${/[/\\]$/.test(out) ? sep : ""}`,
      resume: values.resume,
    };
    if (request.method.kind === "reboot" && request.target.kind === "local")
      throw usageError("This machine is not rebooted: it would take this program along. Name one over SSH.", NAME);
    const report = await finish(collectRestarts(request, machineServices(values, terminal), terminal.signal), terminal);
    await writeResult(
      { json: () => toJson(report), text: () => restartCollectionToText(report) },
      values.json,
      terminal,
    );
    return EXIT.passed;
  },
};

function parseMethod(values: {
  readonly command?: string | undefined;
  readonly reboot: boolean;
  readonly "reboot-command"?: string | undefined;
  readonly source?: string | undefined;
}): Pick<CollectRestartsRequest, "method" | "source"> {
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
