import type { Track } from "../model";
import { restartTests } from "../operations/restart-tests";
import { asideText } from "../report/aside-text";
import { restartToText } from "../report/restart-text";
import { exitCodeOf, parseCommandLine, requiredNumber, runToEnd, theOnly, usageError, type Command } from "./command";
import { OUTPUT_OPTIONS, outputUsage, prepareOutputs } from "./outputs";
import { withPool } from "./pool";
import { parseReading, READING_OPTIONS, READING_USAGE } from "./reading";
import { putOut } from "./report-output";

const NAME = "restart";

export const restartCommand: Command = {
  usage: `entropy-check restart FILE|FOLDER --h-initial H [--track T] [--bits N] [--format F] [--mask M] [--json FILE|-]

Tests 1000 samples of each of 1000 restarts: a file that holds them restart after restart, or a folder with a file per
restart, numbered. Exit codes: 0 passed, 1 failed: no entropy is awarded.

  --h-initial H         H_I, bits of entropy per sample as assessed of the sequential dataset (3.1.3)
  --track T             the track that H was found by: non-iid, the default, or iid, where rows and columns have to pass
                        the IID tests as well (3.1.2)
${READING_USAGE}${outputUsage(false)}`,
  run: async (args, terminal) => {
    const { values, positionals } = parseCommandLine(NAME, {
      args: [...args],
      allowPositionals: true,
      options: {
        ...OUTPUT_OPTIONS,
        ...READING_OPTIONS,
        "h-initial": { type: "string" },
        track: { type: "string", default: "non-iid" },
      },
    });
    const request = {
      path: theOnly(positionals, "file or folder", NAME),
      hI: requiredNumber(values["h-initial"], "h-initial", NAME),
      track: parseTrack(values.track),
      ...parseReading(values, NAME),
    };
    const of = { command: NAME, kind: "restart", files: [request.path] } as const;
    const outputs = await prepareOutputs(values, of, terminal);
    const report = await withPool((pool) => runToEnd(restartTests(request, { pool }, terminal.signal), terminal));
    return exitCodeOf(
      (await putOut(report, (put) => restartToText(put) + asideText(put.findings), outputs, terminal)).verdict,
    );
  },
};

function parseTrack(text: string): Track {
  if (text === "iid" || text === "non-iid") return text;
  throw usageError(`--track ${text} is neither iid nor non-iid.`, NAME);
}
