import type { Command } from "./command";

/** A word after `entropy-check`. Its code is loaded when it is called: most of a start would else go into the others'. */
export interface CommandEntry {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

export const COMMANDS: readonly CommandEntry[] = [
  {
    name: "cloud",
    summary: "check the flavors and images of an OpenStack cloud (SCS-0101)",
    load: async () => (await import("./cloud")).cloudCommand,
  },
  {
    name: "instance",
    summary: "start a server of a public image, run the live checks on it, and delete it (SCS-0101)",
    load: async () => (await import("./instance")).instanceCommand,
  },
  {
    name: "clean-up",
    summary: "delete what an earlier run of instance has left in a cloud, also one that was killed",
    load: async () => (await import("./clean-up")).cleanUpCommand,
  },
  {
    name: "machine",
    summary: "check rngd, entropy_avail and /dev/random of a machine (SCS-0101)",
    load: async () => (await import("./machine")).machineCommand,
  },
  {
    name: "inventory",
    summary: "what randomness a machine has: instructions, devices, jitter, rngd, when the kernel was seeded",
    load: async () => (await import("./inventory")).inventoryCommand,
  },
  {
    name: "collect",
    summary: "collect samples from a machine's entropy source, tested as they come, and assess them",
    load: async () => (await import("./collect")).collectCommand,
  },
  {
    name: "collect-restarts",
    summary: "collect the first samples of many restarts of a source, for the restart tests (NIST SP 800-90B 3.1.4)",
    load: async () => (await import("./collect-restarts")).collectRestartsCommand,
  },
  {
    name: "lint",
    summary: "check flavors and images where they are defined: Terraform, Ansible, Heat, OSISM's managers (SCS-0101)",
    load: async () => (await import("./lint")).lintCommand,
  },
  {
    name: "samples",
    summary: "assess the min-entropy of a file of noise samples (NIST SP 800-90B)",
    load: async () => (await import("./samples")).samplesCommand,
  },
  {
    name: "restart",
    summary: "the restart tests of a noise source (NIST SP 800-90B 3.1.4)",
    load: async () => (await import("./restart")).restartCommand,
  },
  {
    name: "health",
    summary: "the continuous health tests over a file of samples (NIST SP 800-90B 4.4)",
    load: async () => (await import("./health")).healthCommand,
  },
  {
    name: "conditioning",
    summary: "the entropy of a conditioning component's output (NIST SP 800-90B 3.1.5)",
    load: async () => (await import("./conditioning")).conditioningCommand,
  },
  {
    name: "transpose",
    summary: "exchange the rows and columns of a file of restart data (NIST SP 800-90B 3.1.4.1)",
    load: async () => (await import("./transpose")).transposeCommand,
  },
  {
    name: "demonstrate",
    summary: "show why a good score of processed data says nothing",
    load: async () => (await import("./demonstrate")).demonstrateCommand,
  },
  {
    name: "boot",
    summary: "boot a machine again and again, record its entropy source at boot, and assess what it gives",
    load: async () => (await import("./boot")).bootCommand,
  },
  {
    name: "demo",
    summary: "write a demo into a folder and run its cloud and machines on this computer",
    load: async () => (await import("./demo")).demoCommand,
  },
];

/** Other tools' names, arguments, text and exit codes, for scripts that call those. */
export const OLD_FACES: readonly CommandEntry[] = [
  {
    name: "ea_iid",
    summary: "as NIST's C++ tool: the IID track",
    load: async () => (await import("./ea-iid")).eaIidCommand,
  },
  {
    name: "ea_non_iid",
    summary: "as NIST's C++ tool: the non-IID track",
    load: async () => (await import("./ea-non-iid")).eaNonIidCommand,
  },
  {
    name: "ea_restart",
    summary: "as NIST's C++ tool: the restart tests",
    load: async () => (await import("./ea-restart")).eaRestartCommand,
  },
  {
    name: "ea_conditioning",
    summary: "as NIST's C++ tool: the entropy of a conditioned output",
    load: async () => (await import("./ea-conditioning")).eaConditioningCommand,
  },
  {
    name: "ea_transpose",
    summary: "as NIST's C++ tool: restart data by columns",
    load: async () => (await import("./ea-transpose")).eaTransposeCommand,
  },
  {
    name: "iid_main.py",
    summary: "as NIST's Python script of 2016: the IID track",
    load: async () => (await import("./iid-main-py")).iidMainPyCommand,
  },
  {
    name: "noniid_main.py",
    summary: "as NIST's Python script of 2016: the non-IID track",
    load: async () => (await import("./noniid-main-py")).nonIidMainPyCommand,
  },
  {
    name: "restart.py",
    summary: "as NIST's Python script of 2016: the restart tests",
    load: async () => (await import("./restart-py")).restartPyCommand,
  },
  {
    name: "rngtest",
    summary: "as rng-tools' tool: the FIPS 140-2 tests of standard input",
    load: async () => (await import("./rngtest")).rngtestCommand,
  },
];
