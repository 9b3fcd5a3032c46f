import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../command";
import { out } from "../paths";
import { OUTSIDE, STATE, WIRE } from "./configuration";

/** What everything in there writes, a file each; kept, since this is where a failure says why. */
const logs = join(out, "openstack");

const ENVIRONMENT = {
  PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  HOME: STATE,
  LANG: "C.UTF-8",
};

/** Something that runs on the machine. */
interface Running {
  /** Ends as it ends. @throws with the end of what it wrote, unless it succeeds */
  readonly success: Promise<void>;
}

/**
 * The machine that the cloud runs on: a root file system, with the processes, network and mounts of the namespaces that
 * we are in.
 */
export class Machine {
  private constructor(private readonly root: string) {}

  /** Mounts what the root lacks, and brings the network up: the loopback, and the wire between us and the servers. */
  static async boot(root: string): Promise<Machine> {
    await rm(logs, { recursive: true, force: true });
    await mkdir(logs, { recursive: true });
    const mounts: readonly (readonly string[])[] = [
      // for those in there that look for the file system of the root
      ["--bind", root, root],
      ["-t", "proc", "proc", `${root}/proc`],
      ["-t", "sysfs", "sysfs", `${root}/sys`],
      ["--rbind", "/dev", `${root}/dev`],
      ...[STATE, "/run", "/tmp"].map((folder) => ["-t", "tmpfs", "tmpfs", root + folder]),
    ];
    for (const mount of mounts) await run("mount", mount);
    const machine = new Machine(root);
    await machine.run("ip link set lo up");
    // the agent of the bridges takes its own name from the first network card
    await machine.run(`ip link add card type veth peer name ${WIRE}`);
    await machine.run(`ip address add ${OUTSIDE.address}/24 dev card`);
    for (const end of ["card", WIRE]) await machine.run(`ip link set ${end} up`);
    return machine;
  }

  /** Where a path of the machine is for us. */
  path(path: string): string {
    return this.root + path;
  }

  /** Runs a command, whose arguments have no spaces, to its end. @throws with the end of what it wrote, unless it succeeds */
  async run(command: string, env: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.start(command.split(" "), env).success;
  }

  /** Starts a command. */
  start(command: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
    const file = join(logs, `${command[0].replace(/^.*\//, "")}.log`);
    const descriptor = openSync(file, "a");
    const child = spawn("chroot", [this.root, ...command], {
      env: { ...ENVIRONMENT, ...env },
      stdio: ["ignore", descriptor, descriptor],
    });
    closeSync(descriptor);
    const ended = new Promise<string | null>((resolve) => {
      child.once("error", ({ message }) => resolve(message));
      child.once("exit", (code, signal) => resolve(code === 0 ? null : (signal ?? String(code))));
    });
    const check = async (): Promise<void> => {
      const failure = await ended;
      if (failure === null) return;
      const wrote = (await readFile(file, "utf8")).slice(-2000);
      throw new Error(`${command.join(" ")} ended with ${failure}. The end of ${file}:\n${wrote}`);
    };
    return { success: check() };
  }
}
