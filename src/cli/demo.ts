import { once } from "node:events";
import { resolve } from "node:path";
import { prepareDemo, startDemoServers } from "../demo/workspace";
import { EXIT, parseCommandLine, theOnly, type Command } from "./command";

export const demoCommand: Command = {
  usage: `entropy-check demo FOLDER

Writes clouds.yaml, keys, and sample files into FOLDER, and runs a small OpenStack and two SSH machines on the loopback
interface, until interrupted. In that folder every check can be tried from another terminal.
`,
  run: async (args, terminal) => {
    const { positionals } = parseCommandLine("demo", { args: [...args], allowPositionals: true, options: {} });
    const folder = resolve(terminal.cwd, theOnly(positionals, "folder", "demo"));
    await prepareDemo(folder);
    const servers = await startDemoServers(folder);
    try {
      terminal.print(`The demo runs until you press Ctrl+C. Its README.md says what to try:\n${folder}\n`);
      if (!terminal.signal.aborted) await once(terminal.signal, "abort");
    } finally {
      await servers.close();
    }
    return EXIT.passed;
  },
};
