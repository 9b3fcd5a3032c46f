import type { Report } from "../../model";

export type DocumentName =
  | "flavors.yaml"
  | "images.yaml"
  | "live-checks.yaml"
  | "assessment.yaml"
  | "restart-tests.yaml"
  | "health-tests.yaml"
  | "instances.yaml"
  | "boot-test.yaml";

/** The read-only documents that a report has. */
export const DOCUMENT_NAMES: Readonly<Record<Report["kind"], readonly DocumentName[]>> = {
  cloud: ["flavors.yaml", "images.yaml"],
  machine: ["live-checks.yaml"],
  samples: ["assessment.yaml"],
  restart: ["restart-tests.yaml"],
  "health-tests": ["health-tests.yaml"],
  instance: ["instances.yaml"],
  "boot-test": ["boot-test.yaml"],
};
