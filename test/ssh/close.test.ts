import assert from "node:assert/strict";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { connect as connectTcp, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { connect } from "../../src/ssh/connect";
import { useSsh } from "./fixture";
import { generateKey, NO_SERVICES, publicKey } from "./sshd";

describe("an SSH connection that is closed", () => {
  const ssh = useSsh();
  const { folder, path, serve } = ssh;
  const sockets: Socket[] = [];
  let proxy: Server;

  before(async () => {
    const host = generateKey(folder, "host");
    const sshd = await serve([host]);
    // hands on all that is said, but never that a side has ended
    proxy = createServer({ allowHalfOpen: true }, (client) => {
      const server = connectTcp({ port: sshd.port, host: "127.0.0.1", allowHalfOpen: true });
      client.on("data", (bytes) => server.write(bytes)).on("error", () => undefined);
      server.on("data", (bytes) => client.write(bytes)).on("error", () => undefined);
      sockets.push(client, server);
    });
    proxy.listen(0, "127.0.0.1");
    await once(proxy, "listening");
    const { port } = proxy.address() as AddressInfo;
    writeFileSync(path("known_hosts"), `[127.0.0.1]:${port} ${publicKey(host)}\n`);
  });
  after(() => {
    proxy.close();
    for (const socket of sockets) socket.destroy();
  });

  it("ends, though the server does not say goodbye", async () => {
    const { port } = proxy.address() as AddressInfo;
    const services = { ...NO_SERVICES, knownHostsFiles: [path("known_hosts")], identityFiles: [ssh.keys.client] };
    const endpoint = { host: "127.0.0.1", port, user: NO_SERVICES.user };
    const connection = await connect(endpoint, services, new AbortController().signal);
    await connection.close();
    assert.equal(sockets[0].destroyed, false, "the server holds it still");
  });
});
