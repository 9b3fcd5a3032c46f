import { parseMachineAddress } from "../machine/target";
import { inventoryMachine } from "../operations/take-inventory";
import { inventoryToText } from "../report/inventory-text";
import { toJson } from "../report/json";
import { EXIT, finish, parseCommandLine, REPORT_OPTIONS, theOnly, writeResult, type Command } from "./command";
import { MACHINE_OPTIONS, MACHINE_USAGE, machineServices } from "./machine-services";

const NAME = "inventory";

export const inventoryCommand: Command = {
  usage: `entropy-check inventory local|ssh://[user@]host[:port]|console:FILE [--identity FILE]... [--known-hosts FILE]...
       [--ssh-config FILE] [--json FILE|-]

Asks this machine, one over SSH, or the log of a serial console, what its random numbers come from. Nothing is judged; what this account may not read
is told, with what to do about it.

${MACHINE_USAGE}  --json FILE          write the inventory as JSON; - is standard output, instead of the text
`,
  run: async (args, terminal) => {
    const { values, positionals } = parseCommandLine(NAME, {
      args: [...args],
      allowPositionals: true,
      options: { ...REPORT_OPTIONS, ...MACHINE_OPTIONS },
    });
    const target = parseMachineAddress(theOnly(positionals, "machine", NAME));
    const report = await finish(inventoryMachine(target, machineServices(values, terminal), terminal.signal), terminal);
    await writeResult({ json: () => toJson(report), text: () => inventoryToText(report) }, values.json, terminal);
    return EXIT.passed;
  },
};
