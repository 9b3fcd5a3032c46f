import { homedir } from "node:os";
import { UserError } from "../errors";
import { machineAddress, parseMachineAddress } from "../machine/target";
import type { MachineItem } from "./items";
import type { AliasedMachine } from "./picker-model";

/** The hosts that OpenSSH's configuration names, read anew each time: it may have changed. No program of it is run. */
export async function aliasedMachines(): Promise<readonly AliasedMachine[]> {
  const [{ hostAliases }, { defaultMachineServices }] = await Promise.all([
    import("../ssh/host-aliases"),
    import("../machine/services"),
  ]);
  const { sshConfig, user: localUser } = defaultMachineServices(process.env, homedir());
  if (sshConfig === null) return [];
  const aliases = await hostAliases({ ...sshConfig, localUser });
  return aliases.flatMap(({ name, leadsTo }) => {
    const machine = machineNamed(name);
    return machine === null ? [] : [{ machine, leadsTo }];
  });
}

/** @returns null for a name that is no address: it could not be entered either */
function machineNamed(alias: string): MachineItem | null {
  try {
    const address = machineAddress(parseMachineAddress(`ssh://${alias}`));
    return { kind: "machine", name: address, address };
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}
