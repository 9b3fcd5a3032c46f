import { cleanUpRun, unfinishedRuns, type UnfinishedRun } from "../operations/clean-up";
import { environmentProxies } from "../openstack/proxies";
import { instanceServices } from "../operations/instance-choices";
import { cloudEntry, openrcFile } from "./cloud-entry";
import { EXIT, parseCommandLine, usageError, type Command, type Terminal } from "./command";

const NAME = "clean-up";

export const cleanUpCommand: Command = {
  usage: `entropy-check clean-up [NAME] [--run ID]

Every run of entropy-check instance writes down what it makes before it asks for it. This deletes what runs that did
not come to their end have left, and nothing else.
NAME is an entry of clouds.yaml, or an openrc file; without it, every cloud with such runs is cleaned up.

  --run ID   this run alone, even if its process seems to be at work still
`,
  run: async (args, terminal) => {
    const { values, positionals } = parseCommandLine(NAME, {
      args: [...args],
      allowPositionals: true,
      options: { run: { type: "string" }, help: { type: "boolean", short: "h" } },
    });
    if (positionals.length > 1) throw usageError(`One cloud at a time: there are ${positionals.length}.`, NAME);
    const services = instanceServices(terminal.env, terminal.home, environmentProxies(terminal.env), (text) =>
      terminal.warn(`${text}\n`),
    );
    const name = positionals.at(0) ?? null;
    const cloud = name === null ? null : (openrcFile(name, terminal) ?? name);
    const found = await unfinishedRuns(services.journals, cloud);
    const wanted = values.run === undefined ? found : found.filter(({ journal }) => journal.header.run === values.run);
    if (wanted.length === 0) {
      terminal.print("No run has left anything to clean up.\n");
      return EXIT.passed;
    }
    let clean = true;
    for (const run of wanted) {
      if (run.running && values.run === undefined) {
        terminal.print(stillRunning(run));
        continue;
      }
      clean = (await cleanUp(run, services, terminal)) && clean;
    }
    return clean ? EXIT.passed : EXIT.failed;
  },
};

function stillRunning({ journal: { header } }: UnfinishedRun): string {
  const { run, cloud, pid } = header;
  return `Run ${run} in cloud ${cloud} is still at work (process ${pid}). If it is not: entropy-check clean-up --run ${run}\n`;
}

async function cleanUp(
  { journal }: UnfinishedRun,
  services: Parameters<typeof cleanUpRun>[2],
  terminal: Terminal,
): Promise<boolean> {
  const { run, cloud, startedAt } = journal.header;
  const count = journal.entries.length;
  const config = await cloudEntry(cloud, terminal);
  const left = await cleanUpRun(journal, config, services, (message) => terminal.progress(message, null));
  terminal.print(`Run ${run} in cloud ${cloud}, begun ${startedAt}: ${count - left.length} of ${count} deleted.\n`);
  for (const { kind, name, reason, command } of left) {
    terminal.print(`  The ${kind} ${name} is left: ${reason}\n    By hand: ${command}\n`);
  }
  return left.length === 0;
}
