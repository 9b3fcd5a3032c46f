import assert from "node:assert/strict";
import * as vscode from "vscode";
import { check, machineId, problems } from "./demo";

const DOCUMENT = "/live-checks.yaml";

describe("Check Machine on the demo", () => {
  it("finds nothing wrong with the healthy machine", async () => {
    await check(machineId("demo-healthy"));
    assert.deepEqual(await problems(`/demo-healthy${DOCUMENT}`), []);
    const document = vscode.Uri.from({
      scheme: "entropy",
      path: `/demo-healthy${DOCUMENT}`,
      query: machineId("demo-healthy"),
    });
    const text = (await vscode.workspace.openTextDocument(document)).getText();
    assert.match(text, /^entropy_avail: 256$/m);
  });

  it("shows each failed live check of the weak machine as an error on what the machine answered", async () => {
    await check(machineId("demo-weak"));
    const shown = await problems(`/demo-weak${DOCUMENT}`);
    const errors = shown.filter(({ diagnostic }) => diagnostic.severity === vscode.DiagnosticSeverity.Error);
    assert.deepEqual(Object.fromEntries(errors.map(({ rule, line }) => [rule, line.split(":")[0]])), {
      "scs-0101-rngd": "rngd",
      "scs-0101-entropy-avail": "entropy_avail",
      "scs-0101-fips-test": "fips_140_2",
    });
  });
});
