/**
 * What SCS-0101 has asked for at different times, as data. The rules' functions measure alike; a profile says which rules
 * it has, where they stand in it, and how many FIPS 140-2 failures it lets pass.
 */
import type { ProfileId, RuleId } from "../model";

/** The rules that any version of the standard has; their ids are those of its test cases. */
export type ScsRule = Extract<
  RuleId,
  | "scs-0101-flavor-property"
  | "scs-0101-image-property"
  | "scs-0101-rngd"
  | "scs-0101-entropy-avail"
  | "scs-0101-fips-test"
>;

export interface Profile {
  readonly id: ProfileId;
  /** The document, with its version. */
  readonly title: string;
  /** One line for a list of profiles. */
  readonly summary: string;
  /** Where each rule stands; a rule that has no place is not asked for. */
  readonly clauses: Readonly<Partial<Record<ScsRule, string>>>;
  /** Most FIPS 140-2 failures of 1000 blocks that pass. */
  readonly mostFipsFailures: number;
}

/** Of 1000: what every version calls the strict limit. */
export const STRICT_FIPS_FAILURES = 3;

const W1_CLAUSES = {
  "scs-0101-flavor-property": "Automated Tests, Warnings: flavors",
  "scs-0101-image-property": "Automated Tests, Warnings: images",
  "scs-0101-rngd": "Automated Tests, Errors: rngd",
  "scs-0101-entropy-avail": "Automated Tests, Errors: entropy_avail",
  "scs-0101-fips-test": "Automated Tests, Errors: FIPS 140-2",
} as const;

/** By age; the first is what is judged by unless another is asked for. */
export const PROFILES: Readonly<Record<ProfileId, Profile>> = {
  // SovereignCloudStack/standards 3a3c524c
  "w1-2024": {
    id: "w1-2024",
    title: "scs-0101 w1, 2024-03-08",
    summary: "the implementation and testing notes: at most 3 of 1000 blocks fail",
    clauses: W1_CLAUSES,
    mostFipsFailures: STRICT_FIPS_FAILURES,
  },
  // SovereignCloudStack/standards a6e04a06
  "lenient-2025": {
    id: "lenient-2025",
    title: "scs-0101 w1, as tested since 2025-04-30",
    summary: "the same, but 4 or 5 of 1000 blocks may fail",
    clauses: W1_CLAUSES,
    mostFipsFailures: 5,
  },
  // SovereignCloudStack/standards af4968ca
  "v1.1-2026": {
    id: "v1.1-2026",
    title: "scs-0101 v1.1, 2026-06-25",
    summary: "entropy_avail and FIPS 140-2 alone",
    clauses: { "scs-0101-entropy-avail": "main: entropy-avail", "scs-0101-fips-test": "main: fips-test" },
    mostFipsFailures: 5,
  },
};

export const DEFAULT_PROFILE = PROFILES["w1-2024"];
