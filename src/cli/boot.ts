import { MOST_BOOTS } from "../boot/check-definition";
import type { BootTestReport } from "../model";
import { runBootTest } from "../operations/run-boot-test";
import { asideText } from "../report/aside-text";
import { bootTestPage } from "../report/boot-test";
import { pageToText } from "../report/page";
import { wholeNumber } from "./capture-options";
import { exitCodeOf, parseCommandLine, runToEnd, theOnly, type Command } from "./command";
import { OUTPUT_OPTIONS, outputUsage, prepareOutputs } from "./outputs";
import { withPool } from "./pool";
import { putOut } from "./report-output";

const NAME = "boot";

export const bootCommand: Command = {
  usage: `entropy-check boot DEFINITION [--only-missing] [--iterations N] [--json FILE|-]

Runs the boot test that a file NAME.boot-test.yaml defines: boots by QEMU, over the network, by a command of yours or with
a Zircon checkout's own scripts, through a matrix of kernel parameters. Each boot leaves entropy.%09d.bin, .log and .meta
in the folder that the definition names, numbered on from what is there; then all its runs are assessed (NIST SP 800-90B,
non-IID track). The definition says which programs are run: run none that you do not trust.
Exit codes: 0 assessed, 1 a source gave no entropy, 2 could not run, 3 a boot failed.

  --only-missing        boot what the folder does not hold yet: goes on with a test that was interrupted
  --iterations N        boots of each set of parameters, instead of the definition's
${outputUsage(false)}`,
  run: async (args, terminal) => {
    const { values, positionals } = parseCommandLine(NAME, {
      args: [...args],
      allowPositionals: true,
      options: { ...OUTPUT_OPTIONS, "only-missing": { type: "boolean" }, iterations: { type: "string" } },
    });
    const request = {
      file: theOnly(positionals, "boot-test file", NAME),
      onlyMissing: values["only-missing"] === true,
      iterations:
        values.iterations === undefined ? null : wholeNumber(values.iterations, "iterations", MOST_BOOTS, NAME),
    };
    const of = { command: NAME, kind: "boot-test", files: [request.file] } as const;
    const outputs = await prepareOutputs(values, of, terminal);
    const report = await withPool((pool) => runToEnd(runBootTest(request, { pool }, terminal.signal), terminal));
    const put = await putOut(report, toText, outputs, terminal);
    return exitCodeOf(put.verdict);
  },
};

function toText(report: BootTestReport): string {
  return pageToText(bootTestPage(report)) + asideText(report.findings);
}
