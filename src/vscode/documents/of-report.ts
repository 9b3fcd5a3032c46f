import type { Finding, Report } from "../../model";
import { bootTestDocument } from "./boot-test";
import { flavorsDocument, imagesDocument } from "./cloud";
import { healthTestsDocument } from "./health-tests";
import { instanceDocument } from "./instance";
import { liveChecksDocument } from "./machine";
import { DOCUMENT_NAMES, type DocumentName } from "./names";
import { restartDocument } from "./restart";
import { assessmentDocument } from "./samples";
import type { DocumentText } from "./text";

type Documents = ReadonlyMap<DocumentName, DocumentText>;

/** Reports never change, and a large cloud's documents are asked for several times a run. */
const written = new WeakMap<Report, Documents>();

/** The read-only documents that show what a report is built on. */
export function documentsOf(report: Report): Documents {
  const documents = written.get(report) ?? write(report);
  written.set(report, documents);
  return documents;
}

function write(report: Report): Documents {
  switch (report.kind) {
    case "cloud":
      return new Map([
        ["flavors.yaml", flavorsDocument(report)],
        ["images.yaml", imagesDocument(report)],
      ]);
    case "machine":
      return new Map([["live-checks.yaml", liveChecksDocument(report)]]);
    case "samples":
      return new Map([["assessment.yaml", assessmentDocument(report)]]);
    case "restart":
      return new Map([["restart-tests.yaml", restartDocument(report)]]);
    case "health-tests":
      return new Map([["health-tests.yaml", healthTestsDocument(report)]]);
    case "instance":
      return new Map([["instances.yaml", instanceDocument(report)]]);
    case "boot-test":
      return new Map([["boot-test.yaml", bootTestDocument(report)]]);
  }
}

/** A place in one of a report's documents. */
export interface Place {
  readonly document: DocumentName;
  /** 0-based. */
  readonly line: number;
}

/** Where the thing stands that a finding is about; the first line when it is about the whole. */
export function placeOf(report: Report, finding: Finding): Place {
  const document = documentOf(report, finding);
  const lines = documentsOf(report).get(document)?.lines;
  return { document, line: lines?.get(finding.subject.id) ?? lines?.get(finding.rule) ?? 0 };
}

/** Where a subject stands, by the id that the system itself uses; the top of the first document if nowhere. */
export function placeOfSubject(report: Report, subject: string): Place {
  for (const [document, { lines }] of documentsOf(report)) {
    const line = lines.get(subject);
    if (line !== undefined) return { document, line };
  }
  return { document: DOCUMENT_NAMES[report.kind][0], line: 0 };
}

function documentOf({ kind }: Report, { rule }: Finding): DocumentName {
  if (kind !== "cloud") return DOCUMENT_NAMES[kind][0];
  return rule === "scs-0101-image-property" ? "images.yaml" : "flavors.yaml";
}
