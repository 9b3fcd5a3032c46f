import type { Finding, SamplesReport } from "../../src/model";

export const finding: Finding = {
  rule: "sp800-90b-sample-size",
  verdict: "fail",
  severity: "warning",
  subject: { kind: "samples", id: "/tmp/noise.bin", name: "noise.bin" },
  message: "noise.bin holds 10 samples; SP 800-90B asks for 1,000,000.",
  evidence: [{ label: "samples", value: "10" }],
  remedy: "Collect more samples.",
};

export const samplesReport: SamplesReport = {
  schemaVersion: 1,
  tool: { name: "entropy-check", version: "0.0.0" },
  kind: "samples",
  source: { kind: "samples", name: "noise.bin", file: "/tmp/noise.bin" },
  startedAt: "2026-01-01T00:00:00.000Z",
  finishedAt: "2026-01-01T00:00:01.000Z",
  verdict: "pass",
  findings: [finding],
  input: {
    file: "/tmp/noise.bin",
    sha256: "01".repeat(32),
    samples: 10,
    symbols: 2,
    bits: 1,
    bitsInferred: true,
    preparation: [{ step: "decoded", text: "Read as bytes.", format: "bytes", guessedBecause: null }],
  },
  purpose: "initial",
  mostBits: null,
  requestedTrack: "non-iid",
  iid: null,
  track: "non-iid",
  estimates: [
    {
      estimator: "most-common-value",
      scope: "literal",
      minEntropy: 0.25,
      notComputed: null,
      modeCount: 6,
      pHat: 0.6,
      pU: 0.84,
    },
    {
      estimator: "t-tuple",
      scope: "literal",
      minEntropy: null,
      notComputed: "no tuple occurs 35 times",
      t: null,
      pHatMax: null,
      pU: null,
    },
  ],
  hOriginal: 0.25,
  hBitstring: null,
  minEntropy: 0.25,
};
