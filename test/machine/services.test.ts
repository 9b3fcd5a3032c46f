import assert from "node:assert/strict";
import { defaultMachineServices } from "../../src/machine/services";

describe("the services of an account", () => {
  it("are its own known hosts, keys and agent, and nobody to ask", () => {
    const services = defaultMachineServices({ USER: "me", SSH_AUTH_SOCK: "/run/agent" }, "/home/me");
    assert.deepEqual(services, {
      user: "me",
      knownHostsFiles: [
        "/home/me/.ssh/known_hosts",
        "/home/me/.ssh/known_hosts2",
        "/etc/ssh/ssh_known_hosts",
        "/etc/ssh/ssh_known_hosts2",
      ],
      identityFiles: [],
      agentSocket: "/run/agent",
      defaultIdentityFiles: ["/home/me/.ssh/id_ed25519", "/home/me/.ssh/id_ecdsa", "/home/me/.ssh/id_rsa"],
      askSecret: null,
      confirmHostKey: null,
    });
  });

  it("have no agent where none is named", () => {
    assert.equal(defaultMachineServices({}, "/home/me").agentSocket, null);
    assert.equal(defaultMachineServices({ SSH_AUTH_SOCK: "" }, "/home/me").agentSocket, null);
  });
});
