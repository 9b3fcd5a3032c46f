import assert from "node:assert/strict";
import { parse } from "yaml";
import { demoFiles, parseDemoState, type DemoState } from "../../src/demo/files";

const state: DemoState = {
  version: 1,
  ports: { identity: 5001, healthy: 5002, weak: 5003 },
  password: 'a"b\\c: #',
  clientKey: { private: "PRIVATE CLIENT", public: "ecdsa-sha2-nistp256 CLIENT demo" },
  hostKey: { private: "PRIVATE HOST", public: "ecdsa-sha2-nistp256 HOST demo" },
};

function textOf(path: string): string {
  const file = demoFiles(state).find((f) => f.path === path);
  assert.ok(file, path);
  return file.text;
}

describe("the demo's files", () => {
  it("name the cloud's port in clouds.yaml and its password in secure.yaml only", () => {
    const clouds: unknown = parse(textOf("clouds.yaml"));
    const secure: unknown = parse(textOf("secure.yaml"));
    assert.ok(JSON.stringify(clouds).includes('"auth_url":"http://127.0.0.1:5001/v3"'));
    assert.deepEqual(secure, { clouds: { demo: { auth: { password: state.password } } } });
    for (const { path, text } of demoFiles(state)) {
      if (path !== "secure.yaml") assert.ok(!text.includes(JSON.stringify(state.password)), path);
    }
  });

  it("name the machines in the settings, and their key in known_hosts", () => {
    const settings: unknown = JSON.parse(textOf(".vscode/settings.json"));
    assert.match(JSON.stringify(settings), /"name":"demo-weak","address":"ssh:\/\/demo@127\.0\.0\.1:5003"/);
    assert.equal(
      textOf("keys/known_hosts"),
      "[127.0.0.1]:5002 ecdsa-sha2-nistp256 HOST\n[127.0.0.1]:5003 ecdsa-sha2-nistp256 HOST\n",
    );
  });

  it("keep what is secret from other users, and the host key out of everything but the state", () => {
    const secret = demoFiles(state).filter((file) => file.secret);
    assert.deepEqual(
      secret.map(({ path }) => path),
      ["secure.yaml", "keys/id_ecdsa"],
    );
    assert.ok(demoFiles(state).every(({ text }) => !text.includes("PRIVATE HOST")));
  });
});

describe("the demo's state", () => {
  it("is read back as it was written", () => {
    assert.deepEqual(parseDemoState(JSON.stringify(state)), state);
  });

  it("is refused when a part is missing or of another kind", () => {
    for (const part of ["version", "ports", "password", "clientKey", "hostKey"])
      for (const value of [undefined, 7, { identity: "5001" }])
        assert.throws(() => parseDemoState(JSON.stringify({ ...state, [part]: value })), part);
  });
});
