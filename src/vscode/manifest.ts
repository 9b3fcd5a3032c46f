/**
 * Every name that package.json's `contributes` and the code share, once. A test compares the two.
 */

export const COMMANDS = {
  checkCloud: "entropyCheck.checkCloud",
  checkInstance: "entropyCheck.checkInstance",
  cleanUpInstances: "entropyCheck.cleanUpInstances",
  checkMachine: "entropyCheck.checkMachine",
  assessSamples: "entropyCheck.assessSamples",
  runRestartTests: "entropyCheck.runRestartTests",
  runHealthTests: "entropyCheck.runHealthTests",
  runBootTest: "entropyCheck.runBootTest",
  runMissingBootTests: "entropyCheck.runMissingBootTests",
  openDemo: "entropyCheck.openDemo",
  openConditioningCalculator: "entropyCheck.openConditioningCalculator",
  demonstrateProcessing: "entropyCheck.demonstrateProcessing",
  compareRawAndProcessed: "entropyCheck.compareRawAndProcessed",
  showReport: "entropyCheck.showReport",
  takeInventory: "entropyCheck.takeInventory",
  runAgain: "entropyCheck.runAgain",
  collectSamples: "entropyCheck.collectSamples",
  collectRestarts: "entropyCheck.collectRestarts",
  resumeCollection: "entropyCheck.resumeCollection",
  saveReport: "entropyCheck.saveReport",
  openSource: "entropyCheck.openSource",
  removeResult: "entropyCheck.removeResult",
  removeResults: "entropyCheck.removeResults",
  forgetSecrets: "entropyCheck.forgetSecrets",
  openRule: "entropyCheck.openRule",
  exportReport: "entropyCheck.exportReport",
  takeBaseline: "entropyCheck.takeBaseline",
  dropBaseline: "entropyCheck.dropBaseline",
} as const;

/** What quick fixes call; nobody else knows the arguments. */
export const QUICK_FIXES = {
  suppress: "entropyCheck.quickFix.suppress",
  copyCommand: "entropyCheck.quickFix.copyCommand",
  setProperty: "entropyCheck.quickFix.setProperty",
} as const;

/** What a click in the tree calls, also on the node that is selected already. */
export const INSPECT = "entropyCheck.tree.inspect";

export const VIEW_CONTAINER = "entropyCheck";
export const VIEWS = { sources: "entropyCheck.sources", inspector: "entropyCheck.inspector" } as const;

/** The type of the report panel, by which VS Code restores it after a reload. */
export const REPORT_PANEL = "entropyCheck.report";

/** The type of the conditioning calculator's panel. */
export const CALCULATOR_PANEL = "entropyCheck.conditioningCalculator";

/** The scheme of the read-only documents that show what was read, and the rules. */
export const SCHEME = "entropy";

/** What `when` clauses may ask. */
export const CONTEXT = { hasResults: "entropyCheck.hasResults" } as const;

/** Settings: the key below the section `entropyCheck`, and the default. */
export const SECTION = "entropyCheck";
export const SETTINGS = {
  /** Test machines: `{ name, address, identityFile?, knownHostsFile? }`. */
  machines: { key: "machines", default: [] },
  /** clouds.yaml files besides those that openstacksdk's search order finds. */
  cloudsFiles: { key: "cloudsFiles", default: [] },
  /** known_hosts files besides ~/.ssh/known_hosts and /etc/ssh/ssh_known_hosts. */
  knownHostsFiles: { key: "knownHostsFiles", default: [] },
  /** Of the permutations of the IID tests; null: another one each time. */
  iidSeed: { key: "iidTests.seed", default: null },
  /** The version of SCS-0101 to judge by. */
  profile: { key: "profile", default: "w1-2024" },
  /** How the servers of sample instances are made and asked. */
  instanceFlavor: { key: "sampleInstance.flavor", default: "" },
  instanceNetwork: { key: "sampleInstance.network", default: "" },
  instanceAskedBy: { key: "sampleInstance.askedBy", default: "console" },
  instanceFloatingAddress: { key: "sampleInstance.floatingAddress", default: false },
  instanceUser: { key: "sampleInstance.user", default: "" },
  instanceMirror: { key: "sampleInstance.mirror", default: "" },
  instanceTimeout: { key: "sampleInstance.timeout", default: 900 },
  /** Systems whose definitions are not linted. */
  lintOff: { key: "lint.off", default: [] },
  /** YAML files of one's own: `{ files, resource, items?, properties }`. */
  lintMappings: { key: "lint.mappings", default: [] },
  /** Whether the IID tests make all 10,000 permutations, even where a statistic is decided before. */
  iidAllPermutations: { key: "iidTests.allPermutations", default: false },
} as const;
