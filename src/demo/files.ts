/** What the demo's files are made of; kept in the folder, so that the servers can be started again as the files say. */
export interface DemoState {
  readonly version: 1;
  readonly ports: DemoPorts;
  readonly password: string;
  /** The key that logs in to the machines. */
  readonly clientKey: KeyPair;
  /** The key that both machines prove themselves with. */
  readonly hostKey: KeyPair;
}

export interface DemoPorts {
  readonly identity: number;
  readonly healthy: number;
  readonly weak: number;
}

/** OpenSSH's formats. */
export interface KeyPair {
  readonly private: string;
  readonly public: string;
}

/** Marks a folder as the demo's, and holds what its servers need. */
export const DEMO_MARKER = ".entropy-check-demo.json";

export const DEMO_HOST = "127.0.0.1";
export const DEMO_USER = "demo";
export const DEMO_CLOUD = "demo";
export const DEMO_MACHINES = { healthy: "demo-healthy", weak: "demo-weak" } as const;

/** A file of the demo: its path below the folder, and whether only its owner may read it. */
export interface DemoFile {
  readonly path: string;
  readonly text: string;
  readonly secret: boolean;
}

/** Every text file of the demo that depends on the state. */
export function demoFiles(state: DemoState): readonly DemoFile[] {
  return [
    { path: "clouds.yaml", text: cloudsYaml(state), secret: false },
    { path: "secure.yaml", text: secureYaml(state), secret: true },
    { path: ".vscode/settings.json", text: settingsJson(state), secret: false },
    { path: "keys/id_ecdsa", text: state.clientKey.private, secret: true },
    { path: "keys/known_hosts", text: knownHosts(state), secret: false },
  ];
}

function cloudsYaml({ ports }: DemoState): string {
  return `# A simulated cloud: an OpenStack on this computer that Entropy Check starts when it is asked for.
clouds:
  ${DEMO_CLOUD}:
    auth_type: password
    auth:
      auth_url: http://${DEMO_HOST}:${ports.identity}/v3
      username: ${DEMO_USER}
      user_domain_name: Default
      project_name: ${DEMO_USER}
      project_domain_name: Default
    region_name: RegionOne
`;
}

function secureYaml({ password }: DemoState): string {
  return `# The passwords that clouds.yaml leaves out. This one was made up for the demo.
clouds:
  ${DEMO_CLOUD}:
    auth:
      password: ${JSON.stringify(password)}
`;
}

function settingsJson({ ports }: DemoState): string {
  const machine = (name: string, port: number) => ({
    name,
    address: `ssh://${DEMO_USER}@${DEMO_HOST}:${port}`,
    identityFile: "keys/id_ecdsa",
    knownHostsFile: "keys/known_hosts",
  });
  const settings = {
    "workbench.startupEditor": "readme",
    "entropyCheck.machines": [machine(DEMO_MACHINES.healthy, ports.healthy), machine(DEMO_MACHINES.weak, ports.weak)],
  };
  return `${JSON.stringify(settings, null, 2)}\n`;
}

function knownHosts({ ports, hostKey }: DemoState): string {
  const [type, key] = hostKey.public.split(" ");
  return [ports.healthy, ports.weak].map((port) => `[${DEMO_HOST}]:${port} ${type} ${key}\n`).join("");
}

/**
 * Reads back the state that a demo folder holds.
 * @throws Error when the text is not one
 */
export function parseDemoState(text: string): DemoState {
  const value: unknown = JSON.parse(text);
  if (!isState(value)) throw new Error("not the state of a demo");
  return value;
}

function isState(value: unknown): value is DemoState {
  if (!isObject(value) || value.version !== 1 || typeof value.password !== "string") return false;
  const { ports, clientKey, hostKey } = value;
  return (
    isObject(ports) &&
    [ports.identity, ports.healthy, ports.weak].every((port) => Number.isInteger(port)) &&
    [clientKey, hostKey].every((k) => isObject(k) && typeof k.private === "string" && typeof k.public === "string")
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
