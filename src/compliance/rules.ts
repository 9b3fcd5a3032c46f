import type { RuleId, Severity } from "../model";
import { BOOT_TEST_HELP } from "./boot-test-help";
import { CERTIFICATE_HELP } from "./cloud-help";
import { DEFINITION_HELP, SUPPRESSION_HELP } from "./definition-help";
import { HEALTH_TESTS_HELP } from "./health-tests-help";
import { LIVE_CHECK_HELP, PROPERTY_HELP, SAMPLES_HELP } from "./help";
import { PROBE_HELP } from "./probe-help";
import { RESTART_HELP } from "./restart-help";
import { SAMPLES_ORIGIN_HELP } from "./samples-origin-help";

/** What a rule means, for people; the functions beside this file say when it is broken. */
export interface Rule {
  readonly id: RuleId;
  readonly title: string;
  /** Where the rule stands in its document. */
  readonly clause: string;
  /** How much a failure matters. */
  readonly severity: Severity;
  /** The document, with its version. */
  readonly profile: string;
  /** Markdown for display without a network: what is asked, why, how it is measured, how to mend it, source. */
  readonly help: string;
  /** Address of the document. */
  readonly source: string;
}

const SCS_0101 = {
  profile: "scs-0101 w1, 2024-03-08",
  source: "https://docs.scs.community/standards/scs-0101-w1-entropy-implementation-testing",
} as const;

const NOVA = {
  profile: "Nova, extra specs",
  source: "https://docs.openstack.org/nova/latest/configuration/extra-specs.html",
} as const;

const SP_800_90B = {
  profile: "NIST SP 800-90B, January 2018",
  source: "https://doi.org/10.6028/NIST.SP.800-90B",
} as const;

/** Every rule, by its id. */
export const RULES: Readonly<Record<RuleId, Rule>> = {
  "scs-0101-flavor-property": {
    id: "scs-0101-flavor-property",
    title: "Every flavor allows a random number generator",
    clause: "Automated Tests, Warnings: flavors",
    severity: "warning",
    help: PROPERTY_HELP.flavor,
    ...SCS_0101,
  },
  "scs-0101-image-property": {
    id: "scs-0101-image-property",
    title: "Every image asks for a virtio random number generator",
    clause: "Automated Tests, Warnings: images",
    severity: "warning",
    help: PROPERTY_HELP.image,
    ...SCS_0101,
  },
  "scs-0101-rngd": {
    id: "scs-0101-rngd",
    title: "rngd is running",
    clause: "Automated Tests, Errors: rngd",
    severity: "error",
    help: LIVE_CHECK_HELP.rngd,
    ...SCS_0101,
  },
  "scs-0101-entropy-avail": {
    id: "scs-0101-entropy-avail",
    title: "entropy_avail is 256",
    clause: "Automated Tests, Errors: entropy_avail",
    severity: "error",
    help: LIVE_CHECK_HELP.entropyAvail,
    ...SCS_0101,
  },
  "scs-0101-fips-test": {
    id: "scs-0101-fips-test",
    title: "/dev/random passes FIPS 140-2",
    clause: "Automated Tests, Errors: FIPS 140-2",
    severity: "error",
    help: LIVE_CHECK_HELP.fips,
    ...SCS_0101,
  },
  "scs-0101-flavor-definition": {
    id: "scs-0101-flavor-definition",
    title: "Every flavor's definition allows a random number generator",
    clause: "Automated Tests, Warnings: flavors",
    severity: "warning",
    help: DEFINITION_HELP.flavor,
    ...SCS_0101,
  },
  "scs-0101-image-definition": {
    id: "scs-0101-image-definition",
    title: "Every image's definition asks for a virtio random number generator",
    clause: "Automated Tests, Warnings: images",
    severity: "warning",
    help: DEFINITION_HELP.image,
    ...SCS_0101,
  },
  "nova-extra-spec-text": {
    id: "nova-extra-spec-text",
    title: "An extra spec is a text",
    clause: "hw_rng:allowed",
    severity: "warning",
    help: DEFINITION_HELP.extraSpecText,
    ...NOVA,
  },
  "nova-rng-rate-period": {
    id: "nova-rng-rate-period",
    title: "The period of hw_rng is in milliseconds",
    clause: "hw_rng:rate_period",
    severity: "warning",
    help: DEFINITION_HELP.ratePeriod,
    ...NOVA,
  },
  "suppression-in-force": {
    id: "suppression-in-force",
    title: "A suppression has a reason and has not expired",
    clause: "suppress",
    severity: "warning",
    help: SUPPRESSION_HELP,
    profile: "Entropy Check, .entropy-check.yaml",
    source: "https://github.com/entropy-check/entropy-check#accept-what-you-must",
  },
  "probe-rng-device": {
    id: "probe-rng-device",
    title: "A server gets the generator that its flavor and image promise",
    clause: "hw_rng:allowed, hw_rng_model",
    severity: "warning",
    help: PROBE_HELP.device,
    ...NOVA,
  },
  "probe-clean-up": {
    id: "probe-clean-up",
    title: "Nothing of a run is left behind",
    clause: "clean-up",
    severity: "error",
    help: PROBE_HELP.cleanUp,
    profile: "Entropy Check, sample instances",
    source: "https://github.com/entropy-check/entropy-check#check-a-sample-instance",
  },
  "cloud-certificate": {
    id: "cloud-certificate",
    title: "A cloud's certificate is verified",
    clause: "verify",
    severity: "warning",
    help: CERTIFICATE_HELP,
    profile: "openstacksdk, SSL settings",
    source: "https://docs.openstack.org/openstacksdk/latest/user/config/configuration.html#ssl-settings",
  },
  "boot-test-boot": {
    id: "boot-test-boot",
    title: "Every boot leaves its data",
    clause: "boots",
    severity: "error",
    help: BOOT_TEST_HELP.boot,
    profile: "Entropy Check, boot tests",
    source: "https://github.com/entropy-check/entropy-check#boot-tests",
  },
  "samples-origin": {
    id: "samples-origin",
    title: "Samples are what their .meta file tells of",
    clause: "sha256",
    severity: "warning",
    help: SAMPLES_ORIGIN_HELP,
    profile: "Entropy Check, .meta files",
    source: "https://github.com/entropy-check/entropy-check#collecting-samples",
  },
  "sp800-90b-sample-size": {
    id: "sp800-90b-sample-size",
    title: "At least 1,000,000 samples",
    clause: "3.1.1",
    severity: "warning",
    help: SAMPLES_HELP.sampleSize,
    ...SP_800_90B,
  },
  "sp800-90b-symbol-width": {
    id: "sp800-90b-symbol-width",
    title: "The stated symbol width is that of the data",
    clause: "3.1.3",
    severity: "warning",
    help: SAMPLES_HELP.symbolWidth,
    ...SP_800_90B,
  },
  "sp800-90b-constant-source": {
    id: "sp800-90b-constant-source",
    title: "The source gives more than one symbol",
    clause: "6.3.1",
    severity: "error",
    help: SAMPLES_HELP.constantSource,
    ...SP_800_90B,
  },
  "sp800-90b-iid": {
    id: "sp800-90b-iid",
    title: "The samples look independent and identically distributed",
    clause: "5",
    severity: "error",
    help: SAMPLES_HELP.iid,
    ...SP_800_90B,
  },
  "sp800-90b-restart-sanity": {
    id: "sp800-90b-restart-sanity",
    title: "No value is too common after restarts",
    clause: "3.1.4.3",
    severity: "error",
    help: RESTART_HELP.sanity,
    ...SP_800_90B,
  },
  "sp800-90b-restart-validation": {
    id: "sp800-90b-restart-validation",
    title: "Restarts give at least half of the entropy that was claimed",
    clause: "3.1.4.2",
    severity: "error",
    help: RESTART_HELP.validation,
    ...SP_800_90B,
  },
  "sp800-90b-repetition-count": {
    id: "sp800-90b-repetition-count",
    title: "No value repeats too often in a row",
    clause: "4.4.1",
    severity: "error",
    help: HEALTH_TESTS_HELP.repetitionCount,
    ...SP_800_90B,
  },
  "sp800-90b-adaptive-proportion": {
    id: "sp800-90b-adaptive-proportion",
    title: "No value is too common in a window",
    clause: "4.4.2",
    severity: "error",
    help: HEALTH_TESTS_HELP.adaptiveProportion,
    ...SP_800_90B,
  },
  "sp800-90b-start-up": {
    id: "sp800-90b-start-up",
    title: "The first samples pass the health tests",
    clause: "4.3",
    severity: "error",
    help: HEALTH_TESTS_HELP.startUp,
    ...SP_800_90B,
  },
};
