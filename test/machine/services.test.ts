import assert from "node:assert/strict";
import { defaultMachineServices } from "../../src/machine/services";

describe("the services of an account", () => {
  it("are its own configuration, known hosts, keys and agent, and nobody to ask", () => {
    const env = { USER: "me", SSH_AUTH_SOCK: "/run/agent" };
    const { remark, ...services } = defaultMachineServices(env, "/home/me");
    assert.equal(typeof remark, "function");
    assert.deepEqual(services, {
      user: "me",
      sshConfig: {
        files: [
          { path: "/home/me/.ssh/config", owner: "user", guarded: true },
          { path: "/etc/ssh/ssh_config", owner: "system", guarded: false },
        ],
        home: "/home/me",
        env,
      },
      knownHostsFiles: [],
      ownKnownHosts: {
        user: ["/home/me/.ssh/known_hosts", "/home/me/.ssh/known_hosts2"],
        global: ["/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2"],
      },
      identityFiles: [],
      agentSocket: "/run/agent",
      defaultIdentityFiles: ["/home/me/.ssh/id_ed25519", "/home/me/.ssh/id_ecdsa", "/home/me/.ssh/id_rsa"],
      unlocked: new Map(),
      askSecret: null,
      confirmHostKey: null,
      confirmCommand: null,
    });
  });

  it("have no agent where none is named", () => {
    assert.equal(defaultMachineServices({}, "/home/me").agentSocket, null);
    assert.equal(defaultMachineServices({ SSH_AUTH_SOCK: "" }, "/home/me").agentSocket, null);
  });
});
