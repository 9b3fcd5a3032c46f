import type { Finding, Subject } from "../model";
import type { SamplesOrigin } from "../model/origin";
import { finding } from "./finding";

/**
 * Whether samples are those that the `.meta` file beside them tells of.
 * @returns nothing where no such file names a SHA-256
 */
export function judgeOrigin(origin: SamplesOrigin | null, sha256: string, subject: Subject): readonly Finding[] {
  if (origin === null || origin.digestAgrees === null) return [];
  const { metaFile, entries, digestAgrees } = origin;
  const named = entries.find(([key]) => key === "sha256")?.[1] ?? "";
  if (digestAgrees) {
    const message = `${subject.name} is what its .meta file tells of: the SHA-256 is the same.`;
    return [finding("samples-origin", subject, { verdict: "pass", message })];
  }
  return [
    finding("samples-origin", subject, {
      verdict: "fail",
      message: `${subject.name} is not what its .meta file tells of: the SHA-256 differ.`,
      evidence: [
        { label: "SHA-256 of the samples", value: sha256 },
        { label: `SHA-256 in ${metaFile}`, value: named },
      ],
      remedy: "Take the file as it was collected, or collect anew: where these samples are from is not known.",
    }),
  ];
}
