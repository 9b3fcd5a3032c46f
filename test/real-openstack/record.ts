/**
 * Records what the real services answer into test/golden/openstack/refusals.json and server.json, which the everyday tests
 * replay: what is refused, in the shapes that there are, and a server's life.
 * usage: npm run test:openstack -- --record
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { addressOf, AUTH_URL, type CatalogService } from "../../src/dev/openstack/addresses";
import { isJson, objectIn, type Api, type Json } from "../../src/dev/openstack/api";
import { PROJECTS } from "../../src/dev/openstack/population";
import { main } from "../../src/dev/main";
import { administrator, Made, memberOf, newToken } from "./support";

const golden = join(import.meta.dirname, "../golden/openstack");
const NOTHING = "00000000-0000-0000-0000-000000000000";
const SERVER = "recorded";

/** Members of the answers that are secret, or change from run to run and mean nothing to us. */
const LEFT_OUT = /^(adminPass|user_id|tenant_id|project_id|hostId|created|updated|links|OS-EXT-STS:.*|OS-SRV-.*)$/;
/** How Keystone's tokens begin. */
const TOKEN = /^gAAAA/;

class Recorder {
  readonly #exchanges: Record<string, unknown> = {};

  constructor(private readonly token: string) {}

  async record(name: string, service: CatalogService, method: string, path: string, body?: Json): Promise<Json> {
    const url = addressOf(service) + path;
    const json = "application/json";
    const headers = { accept: json, "content-type": json, "x-auth-token": this.token };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(url, { method, headers, ...sent });
    const text = await answer.text();
    const type = answer.headers.get("content-type");
    const said = type?.startsWith(json) === true && text !== "" ? redacted(JSON.parse(text)) : text;
    this.#exchanges[name] = {
      request: { method, url, ...(body === undefined ? {} : { body: redacted(body) }) },
      response: { status: answer.status, headers: type === null ? {} : { "Content-Type": type }, body: said },
    };
    return isJson(said) ? said : {};
  }

  write(file: string): Promise<void> {
    return writeFile(join(golden, file), `${JSON.stringify(this.#exchanges, null, 2)}\n`);
  }
}

function redacted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redacted);
  if (typeof value === "string" && TOKEN.test(value)) return "REDACTED";
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (LEFT_OUT.test(key) ? [] : [[key, redacted(inner)]])),
  );
}

main(async () => {
  const admin = await administrator();
  const member = await memberOf(PROJECTS.demo);
  const made = new Made(admin);
  const parts: Parts = {
    image: await made.bootable("recorded", { visibility: "public" }),
    flavor: await made.flavor("recorded", { "hw_rng:allowed": "True" }),
    huge: await made.flavor("recorded.huge", {}, { ram: 2 ** 26 }),
    network: await made.network("recorded", { shared: true }),
  };
  try {
    await recordRefusals(admin, member, parts);
    await recordServer(admin, member, parts);
  } finally {
    await made.unmake();
  }
});

/** What there is to make a server of. */
interface Parts {
  readonly image: string;
  readonly flavor: string;
  /** For which no host is large enough. */
  readonly huge: string;
  readonly network: string;
}

async function recordRefusals(admin: Api, member: Api, { image, flavor }: Parts): Promise<void> {
  const recorder = new Recorder(await newToken());
  const revoked = await newToken();
  const headers = { "x-auth-token": revoked, "x-subject-token": revoked };
  await fetch(`${AUTH_URL}/auth/tokens`, { method: "DELETE", headers });
  const login = (id: string): Json => ({ auth: { identity: { methods: ["token"], token: { id } } } });
  await recorder.record("login-token-unknown", "identity", "POST", "/auth/tokens", login("none"));
  await recorder.record("login-token-revoked", "identity", "POST", "/auth/tokens", login(revoked));
  await recorder.record("identity-no-path", "identity", "GET", "/nothing");
  await recorder.record("flavor-forbidden", "compute", "POST", `/flavors/${flavor}/os-extra_specs`, {
    extra_specs: { "hw_rng:allowed": "True" },
  });
  await recorder.record("image-forbidden", "image", "DELETE", `/v2/images/${image}`);
  await recorder.record("image-unknown", "image", "GET", `/v2/images/${NOTHING}`);
  await recorder.record("network-unknown", "network", "GET", `/v2.0/networks/${NOTHING}`);
  const server = { server: { name: SERVER, imageRef: NOTHING, flavorRef: flavor } };
  await recorder.record("server-no-image", "compute", "POST", "/servers", server);
  const quotas = `/v2.0/quotas/${member.project}`;
  await admin.put("network", quotas, { quota: { network: 0 } });
  await recorder.record("network-quota", "network", "POST", "/v2.0/networks", { network: { name: SERVER } });
  await admin.delete("network", quotas);
  await recorder.write("refusals.json");
}

async function recordServer(admin: Api, member: Api, parts: Parts): Promise<void> {
  const recorder = new Recorder(await newToken());
  const { image, flavor, huge, network } = parts;
  const quotas = `/os-quota-sets/${member.project}`;
  const make = async (name: string, flavorRef: string): Promise<string> => {
    const server = { name: SERVER, imageRef: image, flavorRef, networks: [{ uuid: network }] };
    const answer = objectIn(await recorder.record(name, "compute", "POST", "/servers", { server }), "server");
    return `/servers/${String(answer["id"])}`;
  };
  /** Asks again, until the server is in this state; the last answer counts. */
  const until = async (name: string, path: string, status: string): Promise<void> => {
    while (objectIn(await recorder.record(name, "compute", "GET", path), "server")["status"] !== status)
      await delay(500);
  };
  await admin.put("compute", quotas, { quota_set: { ram: 512 } });
  await make("quota", flavor);
  await admin.put("compute", quotas, { quota_set: { ram: -1, cores: -1 } });

  const server = await make("create", flavor);
  await recorder.record("building", "compute", "GET", server);
  await until("active", server, "ACTIVE");
  await recorder.record("console", "compute", "POST", `${server}/action`, { "os-getConsoleOutput": {} });
  await recorder.record("delete", "compute", "DELETE", server);
  while ("server" in (await recorder.record("gone", "compute", "GET", server))) await delay(500);

  const failed = await make("create-huge", huge);
  await until("failed", failed, "ERROR");
  await admin.delete("compute", failed);
  await admin.delete("compute", quotas);
  await recorder.write("server.json");
}
