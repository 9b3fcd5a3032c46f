import { addressOf, EMPTY_REGION, INTERNAL, NOWHERE, PASSWORD, PUBLIC, REGION, type CatalogService } from "./addresses";
import { ADMIN, Api, type Json } from "./api";
import { RESTRICTED_ROLE } from "./configuration";

/** Who is there, all of the default domain unless said otherwise. */
export const USERS = {
  /** A member of the project `demo`, and of `cramped`. */
  member: "demo",
  /** May only read in `demo`. */
  reader: "auditor",
  /** A member of `demo` who may neither see extra specs nor make servers. */
  restricted: "restricted",
  /** Has no role in any project. */
  stranger: "stranger",
  /** Of the domain `elsewhere`, a member of its project `away`. */
  foreigner: "foreigner",
} as const;
export const PROJECTS = { demo: "demo", cramped: "cramped", away: "away" } as const;
export const ELSEWHERE = "elsewhere";

const SERVICES: readonly (readonly [name: string, type: CatalogService])[] = [
  ["glance", "image"],
  ["neutron", "network"],
  ["nova", "compute"],
  ["placement", "placement"],
];

/** The users, projects, roles, regions and endpoints, and with them the services' own logins. */
export async function populate(): Promise<void> {
  const admin = await Api.login(ADMIN);
  const role = new Map(
    (await admin.list("identity", "/roles", "roles")).map(({ id, name }) => [String(name), String(id)]),
  );
  const make = (kind: "project" | "user" | "domain" | "role", body: Json): Promise<string> =>
    admin.make("identity", `/${kind}s`, { [kind]: body });
  const grant = (user: string, project: string, name: string): Promise<Json> =>
    admin.put("identity", `/projects/${project}/users/${user}/roles/${role.get(name) ?? ""}`);

  await catalogue(admin);
  const service = await make("project", { name: "service", domain_id: "default" });
  for (const [name] of SERVICES) {
    await grant(await make("user", { name, domain_id: "default", password: PASSWORD }), service, "admin");
  }
  role.set(RESTRICTED_ROLE, await make("role", { name: RESTRICTED_ROLE }));
  const user = (name: string, domain = "default"): Promise<string> =>
    make("user", { name, domain_id: domain, password: PASSWORD });
  const project = (name: string, domain = "default"): Promise<string> => make("project", { name, domain_id: domain });

  const [demo, cramped] = [await project(PROJECTS.demo), await project(PROJECTS.cramped)];
  const member = await user(USERS.member);
  await grant(member, demo, "member");
  await grant(member, cramped, "member");
  await grant(await user(USERS.reader), demo, "reader");
  const restricted = await user(USERS.restricted);
  await grant(restricted, demo, "member");
  await grant(restricted, demo, RESTRICTED_ROLE);
  await user(USERS.stranger);
  const elsewhere = await make("domain", { name: ELSEWHERE });
  await grant(await user(USERS.foreigner, elsewhere), await project(PROJECTS.away, elsewhere), "member");
  await admin.put("identity", `/domains/default/users/${admin.user}/roles/${role.get("admin") ?? ""}`);
}

async function catalogue(admin: Api): Promise<void> {
  await admin.make("identity", "/regions", { region: { id: EMPTY_REGION } });
  const add = async ([name, type]: (typeof SERVICES)[number]): Promise<void> => {
    const service = await admin.make("identity", "/services", { service: { name, type } });
    for (const [region, from, url] of [
      [REGION, "public", addressOf(type, PUBLIC)],
      [REGION, "internal", addressOf(type, INTERNAL)],
      [REGION, "admin", addressOf(type, INTERNAL)],
      [EMPTY_REGION, "public", NOWHERE],
    ]) {
      const endpoint = { service_id: service, region_id: region, interface: from, url };
      await admin.make("identity", "/endpoints", { endpoint });
    }
  };
  await Promise.all(SERVICES.map(add));
}
