/**
 * What the services are told, in their own files. Everything that they write lies below STATE, which is a file system in
 * memory, so the root stays as it was made.
 * https://docs.openstack.org/zed/configuration/
 */
import { addressOf, AUTH_URL, PASSWORD, PORTS, PUBLIC, REGION } from "./addresses";
import type { ComputeDriver } from "./driver";

/** Within the root. */
export const STATE = "/srv";
export const HOST = "cloud";
export const DATABASES = ["keystone", "glance", "placement", "nova", "nova_api", "nova_cell0", "neutron"] as const;
export type ServiceUser = "glance" | "placement" | "nova" | "neutron";

/** The outside of the cloud, as Neutron calls it: the wire ends at a card with the address. */
export const PHYSICAL_NETWORK = "outside";
export const WIRE = "wire";
export const OUTSIDE = { network: "198.51.100.0/24", address: "198.51.100.1" } as const;

/** Small, so that a few hundred flavors and images are many pages. */
export const MOST_A_PAGE = 40;
/** Whoever has it may neither see extra specs nor make servers. */
export const RESTRICTED_ROLE = "restricted";

type Sections = Readonly<Record<string, Readonly<Record<string, string | number | boolean>>>>;

/** The port is the database server's, and so is everybody: it asks for no password. */
export const database = (name: (typeof DATABASES)[number]): string =>
  `mysql+pymysql://root@${PUBLIC}:${PORTS.database}/${name}?charset=utf8`;
const connection = (name: (typeof DATABASES)[number]) => ({ connection: database(name) });
const queue = { transport_url: `rabbit://guest:guest@${PUBLIC}:${PORTS.queue}/` };
const locks = { lock_path: `${STATE}/lock` };

/** How a service logs in, be it to check the tokens that it is given or to ask another service. */
const login = (username: ServiceUser) => ({
  auth_type: "password",
  auth_url: AUTH_URL,
  username,
  password: PASSWORD,
  project_name: "service",
  user_domain_id: "default",
  project_domain_id: "default",
  region_name: REGION,
});
const checksTokens = (username: ServiceUser) => ({
  keystone_authtoken: {
    ...login(username),
    www_authenticate_uri: AUTH_URL,
    service_token_roles: "admin",
    service_token_roles_required: true,
  },
});

const keystone: Sections = {
  DEFAULT: { public_endpoint: addressOf("identity").replace("/v3", "/") },
  database: connection("keystone"),
  fernet_tokens: { key_repository: `${STATE}/keystone/tokens` },
  credential: { key_repository: `${STATE}/keystone/credentials` },
  cache: { enabled: false },
  // the least that there is: nothing here is worth a slow login
  identity: { password_hash_rounds: 4 },
};

const glance: Sections = {
  DEFAULT: {
    bind_host: "0.0.0.0",
    workers: 1,
    enabled_backends: "local:file",
    node_staging_uri: `file://${STATE}/staging`,
    api_limit_max: MOST_A_PAGE,
  },
  database: connection("glance"),
  glance_store: { default_backend: "local" },
  local: { filesystem_store_datadir: `${STATE}/images` },
  paste_deploy: { flavor: "keystone", config_file: "/etc/glance/glance-api-paste.ini" },
  oslo_concurrency: locks,
  ...checksTokens("glance"),
};

const placement: Sections = {
  api: { auth_strategy: "keystone" },
  placement_database: connection("placement"),
  ...checksTokens("placement"),
};

const DRIVERS: Readonly<Record<ComputeDriver, Sections[string]>> = {
  fake: { compute_driver: "fake.FakeDriver" },
  // the disks are in memory, which has no room for all that flavors allow
  libvirt: { compute_driver: "libvirt.LibvirtDriver", disk_allocation_ratio: 16 },
};

const nova = (driver: ComputeDriver): Sections => ({
  DEFAULT: {
    my_ip: PUBLIC,
    host: HOST,
    state_path: `${STATE}/nova`,
    instances_path: `${STATE}/nova/instances`,
    enabled_apis: "osapi_compute",
    osapi_compute_workers: 1,
    ...DRIVERS[driver],
    // servers do not wait until the network says that they are plugged in: it never says so of those that are no machines
    vif_plugging_is_fatal: false,
    vif_plugging_timeout: 0,
    ...queue,
  },
  api: { auth_strategy: "keystone", max_limit: MOST_A_PAGE },
  api_database: connection("nova_api"),
  database: connection("nova"),
  wsgi: { api_paste_config: "/etc/nova/api-paste.ini" },
  conductor: { workers: 1 },
  // the compute host is found without anybody asking
  scheduler: { workers: 1, discover_hosts_in_cells_interval: 2 },
  vnc: { enabled: false },
  // emulated: where there is KVM, it may not work
  libvirt: { virt_type: "qemu", cpu_mode: "none", hw_machine_type: "x86_64=q35" },
  nova_sys_admin: { helper_command: "privsep-helper" },
  vif_plug_linux_bridge_privileged: { helper_command: "privsep-helper" },
  glance: { api_servers: addressOf("image") },
  placement: login("placement"),
  neutron: login("neutron"),
  service_user: { send_service_user_token: true, ...login("nova") },
  oslo_concurrency: locks,
  oslo_policy: { policy_file: `${STATE}/nova-policy.yaml` },
  ...checksTokens("nova"),
});

const neutron: Sections = {
  DEFAULT: {
    host: HOST,
    state_path: `${STATE}/neutron`,
    core_plugin: "ml2",
    service_plugins: "router",
    api_workers: 1,
    rpc_workers: 1,
    rpc_state_report_workers: 0,
    api_paste_config: "/etc/neutron/api-paste.ini",
    ...queue,
  },
  database: connection("neutron"),
  experimental: { linuxbridge: true },
  agent: { root_helper: "", report_interval: 5 },
  // networks are bridges of this one host, one of them with a wire to the outside
  ml2: {
    type_drivers: "local,flat",
    tenant_network_types: "local",
    mechanism_drivers: "linuxbridge",
    extension_drivers: "port_security",
  },
  ml2_type_flat: { flat_networks: PHYSICAL_NETWORK },
  linux_bridge: { physical_interface_mappings: `${PHYSICAL_NETWORK}:${WIRE}` },
  vxlan: { enable_vxlan: false },
  securitygroup: { enable_security_group: true, firewall_driver: "noop" },
  nova: login("nova"),
  oslo_concurrency: locks,
  ...checksTokens("neutron"),
};

/** Nova's own defaults of Zed, for all others than the restricted role. */
const policy = ["os_compute_api:os-flavor-extra-specs:index", "os_compute_api:servers:create"]
  .map((name) => `"${name}": "rule:admin_or_owner and not role:${RESTRICTED_ROLE}"\n`)
  .join("");

/** The configuration files by their names below STATE. */
export function configurationFiles(driver: ComputeDriver): Readonly<Record<string, string>> {
  return {
    "keystone.conf": ini(keystone),
    "glance.conf": ini(glance),
    "placement.conf": ini(placement),
    "nova.conf": ini(nova(driver)),
    "neutron.conf": ini(neutron),
    "nova-policy.yaml": policy,
  };
}

function ini(sections: Sections): string {
  return Object.entries(sections)
    .map(([name, values]) => [`[${name}]`, ...Object.entries(values).map(([key, value]) => `${key} = ${value}`), ""])
    .flat()
    .join("\n");
}
