import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { startDemoOpenStack } from "../../src/demo/openstack";
import type { CloudConfig } from "../../src/formats/cloud-config";
import { checkCloud } from "../../src/operations/check-cloud";
import { selfSigned, type Certificate } from "./certificate";
import { all, client, cloudAt, never, PASSWORD, userError } from "./support";

/**
 * OpenSSL's own server, which asks everybody for a certificate of one authority and answers with what it was shown. By
 * TLS 1.2 a certificate is judged before anything is sent, so that the answer to a wrong one is the same always.
 */
async function doorKeeper(
  own: Certificate,
  trusted: Certificate,
): Promise<{ url: string; close: () => Promise<void> }> {
  const files = ["-cert", own.certFile, "-key", own.keyFile, "-CAfile", trusted.certFile];
  const asking = ["-Verify", "1", "-verify_return_error", "-tls1_2", "-www"];
  const server = spawn("openssl", ["s_server", "-accept", "127.0.0.1:0", ...files, ...asking], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const closed = once(server, "close");
  const close = async (): Promise<void> => {
    server.kill();
    await closed;
  };
  for await (const line of createInterface(server.stdout)) {
    const port = /^ACCEPT .*:(\d+)$/.exec(line)?.[1];
    if (port !== undefined) return { url: `https://127.0.0.1:${port}/`, close };
  }
  throw new Error("openssl does not say where it listens");
}

describe("A cloud that asks for our certificate", () => {
  let authority: Certificate;
  let ours: Certificate;
  let another: Certificate;
  let door: Awaited<ReturnType<typeof doorKeeper>>;

  before(async () => {
    [authority, ours, another] = await Promise.all([selfSigned(), selfSigned(), selfSigned()]);
    door = await doorKeeper(authority, ours);
  });
  after(async () => {
    await door.close();
    await Promise.all([authority, ours, another].map((certificate) => certificate.remove()));
  });

  const ask = async (tls: Partial<CloudConfig["tls"]>) =>
    (await client({}, { cacert: authority.certFile, ...tls })).send(
      { service: "compute", method: "GET", url: door.url },
      never,
    );

  it("is shown the one of cert and key, and shows its own, which cacert vouches for", async () => {
    const answer = await ask({ cert: ours.certFile, key: ours.keyFile });
    assert.match(answer.text, /^Client certificate$/m);
  });

  it("is shown it even where its own is not verified", async () => {
    assert.equal((await ask({ cacert: null, verify: false, cert: ours.certFile, key: ours.keyFile })).status, 200);
  });

  it("turns away who shows none, or one of somebody else's, in words for people", async () => {
    await assert.rejects(ask({}), userError("openstack-tls", "asks for a certificate", "cert and key"));
    const wrong = ask({ cert: another.certFile, key: another.keyFile });
    await assert.rejects(wrong, userError("openstack-tls", "asks for a certificate", "cert and key of cloud"));
  });

  it("is not asked when its own certificate is vouched for by somebody else", async () => {
    const attempt = ask({ cacert: another.certFile, cert: ours.certFile, key: ours.keyFile });
    await assert.rejects(attempt, userError("openstack-tls", "cacert"));
  });

  for (const [what, tls] of [
    ["a certificate without its key", () => ({ cert: ours.certFile })],
    ["a key of another certificate", () => ({ cert: ours.certFile, key: another.keyFile })],
    ["a file that is not there", () => ({ cert: "/nowhere.pem", key: ours.keyFile })],
    ["an authority that is no certificate", () => ({ cacert: ours.keyFile })],
  ] as const) {
    it(`is not asked with ${what}`, async () => {
      await assert.rejects(ask(tls()), userError("openstack-tls-file", "clouds.yaml"));
    });
  }

  it("does not learn what a file holds that is no certificate", async () => {
    const file = `${ours.certFile}.txt`;
    await writeFile(file, "hunter2");
    await assert.rejects(ask({ cacert: file }), (error: unknown) => {
      assert.ok(error instanceof Error);
      return !error.message.includes("hunter2");
    });
  });
});

describe("A cloud with a certificate of its own", () => {
  it("is checked whole by naming its authority, and not at all without", async () => {
    const own = await selfSigned();
    const demo = await startDemoOpenStack({ password: PASSWORD, tls: own });
    try {
      const tls = { verify: true, cacert: own.certFile, cert: null, key: null };
      const last = (await all(checkCloud(cloudAt(demo.url, { tls }), never))).at(-1);
      assert.ok(last?.type === "report");
      assert.ok(last.report.findings.every(({ rule }) => rule !== "cloud-certificate"));
      await assert.rejects(all(checkCloud(cloudAt(demo.url), never)), userError("openstack-tls", "cacert"));
    } finally {
      await demo.close();
      await own.remove();
    }
  });
});
