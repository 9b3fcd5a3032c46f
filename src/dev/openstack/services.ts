/** The services in the order in which they need each other, and their beginnings. */
import { randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { addressOf, AUTH_URL, INTERNAL, PASSWORD, PORTS, PUBLIC, REGION } from "./addresses";
import { ADMIN, Api } from "./api";
import { configurationFiles, database, DATABASES, HOST, STATE } from "./configuration";
import type { ComputeDriver } from "./driver";
import type { Machine } from "./machine";
import { phase } from "./phase";
import { populate } from "./population";

/** Milliseconds that a service is given to answer, and between two looks. */
const PATIENCE = 300_000;
const LOOK_AGAIN = 200;

/** Brings up Keystone, Glance, Placement, Neutron and Nova, each with its database and the one message queue. */
export async function startCloud(machine: Machine, driver: ComputeDriver): Promise<void> {
  await phase("Database server and message queue", async () => {
    await configure(machine, driver);
    if (driver === "libvirt") await startLibvirt(machine);
    await Promise.all([startDatabases(machine), startQueue(machine)]);
  });
  await phase("Databases, and the identity service", async () => {
    await startKeystone(machine);
    await Promise.all([populate(), prepareNova(machine), prepareOthers(machine)]);
  });
  await phase("Services", () => startServices(machine));
}

async function configure(machine: Machine, driver: ComputeDriver): Promise<void> {
  const folders = ["database", "queue", "keystone", "images", "staging", "lock", "nova/instances", "neutron"];
  for (const folder of folders) await mkdir(machine.path(`${STATE}/${folder}`), { recursive: true });
  for (const [name, text] of Object.entries(configurationFiles(driver)))
    await writeFile(machine.path(`${STATE}/${name}`), text);
  // names that RabbitMQ and Nova look up
  await writeFile(machine.path("/etc/hosts"), `${PUBLIC} localhost ${HOST}\n`);
  await machine.run(`hostname ${HOST}`);
}

// ------------------------------------------------------------------------------------------ what they stand on

async function startDatabases(machine: Machine): Promise<void> {
  const folder = `${STATE}/database`;
  await machine.run(`mariadb-install-db --no-defaults --user=root --datadir=${folder} --skip-test-db`);
  // everybody in these namespaces may do everything
  const options = `--socket=${folder}/socket --skip-grant-tables --skip-log-bin --max-connections=400`;
  daemon(machine, `mariadbd --no-defaults --user=root --datadir=${folder} --bind-address=${PUBLIC} ${options}`);
  const sql = DATABASES.map((name) => `CREATE DATABASE ${name} CHARACTER SET utf8`).join("; ");
  await untilDone(
    "the database server",
    () => machine.start(["mariadb", `--host=${PUBLIC}`, `--execute=${sql}`]).success,
  );
}

/** RabbitMQ in one folder, all of it on loopback: Erlang's port mapper and its distribution would listen everywhere. */
function startQueue(machine: Machine): Promise<void> {
  const folder = `${STATE}/queue`;
  daemon(machine, "/usr/lib/rabbitmq/bin/rabbitmq-server", {
    HOME: folder,
    ERL_EPMD_ADDRESS: PUBLIC,
    RABBITMQ_NODENAME: "cloud@localhost",
    RABBITMQ_NODE_IP_ADDRESS: PUBLIC,
    RABBITMQ_NODE_PORT: String(PORTS.queue),
    RABBITMQ_MNESIA_BASE: folder,
    RABBITMQ_LOG_BASE: folder,
    RABBITMQ_CONF_ENV_FILE: "/dev/null",
    RABBITMQ_ENABLED_PLUGINS_FILE: `${folder}/plugins`,
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: "-kernel inet_dist_use_interface {127,0,0,1} +S 1:1 +sbwt none",
  });
  return untilDone("the message queue", () => connects(PORTS.queue));
}

/** QEMU as root, with none of the walls around it that these namespaces are already. */
async function startLibvirt(machine: Machine): Promise<void> {
  const qemu = ['user = "root"', 'group = "root"', 'security_driver = "none"', 'stdio_handler = "file"'];
  const files: Readonly<Record<string, readonly string[]>> = {
    "/etc/libvirt/qemu.conf": [...qemu, "namespaces = []", "cgroup_controllers = []"],
    "/etc/libvirt/libvirtd.conf": ['auth_unix_rw = "none"', 'auth_unix_ro = "none"'],
    "/etc/machine-id": [randomUUID().replaceAll("-", "")],
  };
  await mkdir(machine.path("/etc/libvirt"), { recursive: true });
  for (const [path, lines] of Object.entries(files)) await writeFile(machine.path(path), `${lines.join("\n")}\n`);
  // libvirt looks for the users of its package before it reads what it is told
  await machine.run("adduser --system --group --no-create-home libvirt-qemu");
  daemon(machine, "libvirtd");
}

// ------------------------------------------------------------------------------------------------- databases

async function startKeystone(machine: Machine): Promise<void> {
  const manage = (args: string): Promise<void> =>
    machine.run(`keystone-manage --config-file ${STATE}/keystone.conf ${args}`);
  await manage("db_sync");
  const owner = "--keystone-user root --keystone-group root";
  await Promise.all([manage(`fernet_setup ${owner}`), manage(`credential_setup ${owner}`)]);
  const internal = addressOf("identity", INTERNAL);
  const urls = `--bootstrap-public-url ${AUTH_URL} --bootstrap-internal-url ${internal} --bootstrap-admin-url ${internal}`;
  const region = `--bootstrap-region-id ${REGION} ${urls}`;
  // its password has spaces
  await machine.start(
    [..."keystone-manage --config-file".split(" "), `${STATE}/keystone.conf`, "bootstrap", ...region.split(" ")],
    { OS_BOOTSTRAP_PASSWORD: PASSWORD },
  ).success;
  uwsgi(machine, "/usr/bin/keystone-wsgi-public", PORTS.identity, {
    OS_KEYSTONE_CONFIG_DIR: STATE,
    OS_KEYSTONE_CONFIG_FILES: "keystone.conf",
  });
  await untilAnswers(AUTH_URL);
}

async function prepareNova(machine: Machine): Promise<void> {
  const commands = [
    "api_db sync",
    `cell_v2 map_cell0 --database_connection ${database("nova_cell0")}`,
    "db sync",
    "cell_v2 create_cell --name cell1",
  ];
  for (const command of commands) await machine.run(`nova-manage --config-file ${STATE}/nova.conf ${command}`);
}

async function prepareOthers(machine: Machine): Promise<void> {
  await machine.run(`neutron-db-manage --config-file ${STATE}/neutron.conf upgrade head`);
  await machine.run(`glance-manage --config-file ${STATE}/glance.conf db_sync`);
  await machine.run(`placement-manage --config-file ${STATE}/placement.conf db sync`);
}

// -------------------------------------------------------------------------------------------------- services

async function startServices(machine: Machine): Promise<void> {
  uwsgi(machine, "/usr/bin/placement-api", PORTS.placement, { OS_PLACEMENT_CONFIG_DIR: STATE });
  const configured = (name: string): string => `--config-file ${STATE}/${name}.conf`;
  daemon(machine, `glance-api ${configured("glance")}`);
  daemon(machine, `neutron-server ${configured("neutron")}`);
  for (const part of ["api", "conductor", "scheduler"]) daemon(machine, `nova-${part} ${configured("nova")}`);
  // its package would bring libvirt along
  run(machine, ["python3", "-c", "from nova.cmd.compute import main; main()", "--config-file", `${STATE}/nova.conf`]);
  daemon(machine, `neutron-linuxbridge-agent ${configured("neutron")}`);
  for (const service of ["image", "network", "placement"] as const) await untilAnswers(`${addressOf(service)}/`);
  await untilAnswers(new URL("/", addressOf("compute")).href);
  const admin = await Api.login(ADMIN);
  const found = async (service: "compute" | "network", path: string, key: string): Promise<void> => {
    await untilDone(key, async () => {
      if ((await admin.list(service, path, key)).length === 0) throw new Error(`no ${key}`);
    });
  };
  await found("compute", "/os-hypervisors", "hypervisors");
  await found("network", "/v2.0/agents", "agents");
}

/** Debian's WSGI services. Keystone's clients see resets when a kept connection meets the end of its worker. */
function uwsgi(machine: Machine, file: string, port: number, env: Readonly<Record<string, string>>): void {
  const options =
    "--plugin python3 --master --lazy-apps --enable-threads --processes 1 --threads 4 --buffer-size 65535";
  const where = ["--http-socket", `0.0.0.0:${port}`, "--wsgi-file", file, "--add-header", "Connection: close"];
  run(machine, ["uwsgi", ...options.split(" "), ...where], env);
}

function daemon(machine: Machine, command: string, env: Readonly<Record<string, string>> = {}): void {
  run(machine, command.split(" "), env);
}

/** Without one of them there is no cloud. */
function run(machine: Machine, command: readonly string[], env: Readonly<Record<string, string>> = {}): void {
  machine
    .start(command, env)
    .success.then(() => Promise.reject(new Error(`${command[0]} has ended.`)))
    .catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exit(1);
    });
}

function connects(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, PUBLIC);
    socket.once("error", reject).once("connect", () => {
      socket.destroy();
      resolve();
    });
  });
}

async function untilAnswers(url: string): Promise<void> {
  await untilDone(url, async () => {
    const { status } = await fetch(url);
    if (status >= 400) throw new Error(`${url} answers ${status}`);
  });
}

/** Tries until it succeeds. */
async function untilDone(what: string, attempt: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    try {
      await attempt();
      return;
    } catch (cause) {
      if (Date.now() > deadline) throw new Error(`Waited too long for ${what}.`, { cause });
      await delay(LOOK_AGAIN);
    }
  }
}
