import type { DefinitionSystem, LintReport } from "../model/definitions";
import type { LintSettings } from "../operations/lint-definitions";
import { lintPaths, mend } from "../operations/lint";
import { counts } from "../report/build";
import { lintToText } from "../report/lint-text";
import { EXIT, exitCodeOf, finish, parseCommandLine, usageError, type Command } from "./command";
import { OUTPUT_OPTIONS, outputUsage, prepareOutputs } from "./outputs";
import { putOut } from "./report-output";

const NAME = "lint";

export const lintCommand: Command = {
  usage: `entropy-check lint PATH... [--fix] [--strict] [--baseline FILE] [--json FILE|-] [--sarif FILE|-] ...

Reads the files, and of folders every .tf, .tofu, .pkr.hcl, .yaml and .yml below them, and checks each flavor's extra
specs for hw_rng:allowed=True and each image's properties for hw_rng_model=virtio. Nothing is run and nothing is asked of
a network. A file of Terraform or Packer is read, and mended, together with the others of its folder. Other YAML is
mapped below definitions: in .entropy-check.yaml, in the current folder.

  --fix                 write what can be mended into the files, in their own style, and tell what is left
  --strict              exit with 1 for warnings, too
${outputUsage(false)}`,
  run: async (args, terminal) => {
    const { values, positionals } = parseCommandLine(NAME, {
      args: [...args],
      allowPositionals: true,
      options: { ...OUTPUT_OPTIONS, fix: { type: "boolean" }, strict: { type: "boolean" } },
    });
    if (positionals.length === 0) throw usageError("Which files or folders? None was named.", NAME);
    const of = { command: NAME, kind: "definitions", files: positionals } as const;
    const outputs = await prepareOutputs(values, of, terminal);
    const settings: LintSettings = {
      mappings: outputs.definitions.map((mapping) => ({ ...mapping, folder: terminal.cwd })),
      off: new Set<DefinitionSystem>(),
    };
    const run = (): Promise<LintReport> => finish(lintPaths(positionals, settings, terminal.signal), terminal);
    let report = await run();
    if (values.fix === true) {
      const files = await mend(report.findings);
      terminal.warn(`${files} ${files === 1 ? "file" : "files"} mended.\n`);
      if (files > 0) report = await run();
    }
    const { verdict, findings } = await putOut(report, (found) => lintToText(found, terminal.cwd), outputs, terminal);
    const hasWarnings = findings.some((f) => f.verdict === "fail" && f.severity !== "info" && counts(f));
    return values.strict === true && hasWarnings ? EXIT.failed : exitCodeOf(verdict);
  },
};
