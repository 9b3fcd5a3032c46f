import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect, createServer, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { utils } from "ssh2";
import { startDemoMachine, type DemoMachine } from "../../src/demo/machine";
import { COMMANDS } from "../../src/machine/commands";
import { defaultMachineServices } from "../../src/machine/services";
import { openSshMachine } from "../../src/machine/ssh";

const SILENCE_MILLISECONDS = 40;
const signal = new AbortController().signal;

/** Hands on what a server sends only once it has paused, so that whatever belongs together arrives at once. */
async function startHoldingProxy(target: number): Promise<Server> {
  const proxy = createServer((client) => {
    const server = connect(target, "127.0.0.1");
    const held: Buffer[] = [];
    let timer: NodeJS.Timeout | undefined;
    const handOn = () => client.write(Buffer.concat(held.splice(0)));
    client.on("data", (data) => server.write(data));
    server.on("data", (data) => {
      held.push(data);
      clearTimeout(timer);
      timer = setTimeout(handOn, SILENCE_MILLISECONDS);
    });
    for (const socket of [client, server])
      socket.on("error", () => undefined).on("close", () => [client, server].forEach((s) => s.destroy()));
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  return proxy;
}

describe("a command over SSH whose beginning and end come in one packet", () => {
  let folder: string;
  let machine: DemoMachine;
  let proxy: Server;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "entropy-check-"));
    const key = utils.generateKeyPairSync("ecdsa", { bits: 256 });
    const common = { port: 0, healthy: true, user: "demo" };
    machine = await startDemoMachine({ ...common, hostKey: key.private, authorizedKey: key.public });
    proxy = await startHoldingProxy(machine.port);
    const { port } = proxy.address() as AddressInfo;
    await writeFile(join(folder, "known_hosts"), `[127.0.0.1]:${port} ${key.public}\n`);
    await writeFile(join(folder, "id"), key.private, { mode: 0o600 });
  });
  afterEach(async () => {
    proxy.close();
    await machine.close();
    await rm(folder, { recursive: true });
  });

  it("is heard to its end", async () => {
    const { port } = proxy.address() as AddressInfo;
    const services = {
      ...defaultMachineServices({}, folder),
      knownHostsFiles: [join(folder, "known_hosts")],
      identityFiles: [join(folder, "id")],
    };
    const target = { kind: "ssh", name: "demo", user: "demo", host: "127.0.0.1", port } as const;
    const opened = await openSshMachine(target, services, signal);
    const result = await opened.run(COMMANDS.entropyAvail, { signal, maxOutput: 100, timeout: 10_000 });
    await opened.close();
    assert.equal(result.exitCode, 0);
    assert.equal(result.stdout.toString(), "256\n");
  });
});
