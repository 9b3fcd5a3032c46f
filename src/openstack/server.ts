import { isObject, listIn, numberIn, objectIn, textIn, type JsonObject } from "../formats/json";
import { answerError } from "./answer-errors";
import { notOpenStack, type Asked } from "./connection-errors";
import { consoleUnsupported } from "./errors";
import type { ServiceClient } from "./service";

/** What a server boots from. */
export type BootSource =
  | { readonly from: "image"; readonly image: string }
  /** Deleted with the server. */
  | { readonly from: "volume"; readonly volume: string };

/** A server that is to be made. */
export interface NewServer {
  readonly name: string;
  readonly flavor: string;
  readonly boot: BootSource;
  readonly network: string;
  /** Names; empty: the project's default. */
  readonly securityGroups: readonly string[];
  readonly keypair: string | null;
  readonly userData: string | null;
  readonly metadata: Readonly<Record<string, string>>;
}

/** A server as it stands. */
export interface Server {
  readonly id: string;
  readonly name: string;
  /** `BUILD`, `ACTIVE`, `ERROR`, ... */
  readonly status: string;
  /** What Nova says went wrong; null when it says nothing. */
  readonly fault: string | null;
  readonly addresses: readonly ServerAddress[];
}

export interface ServerAddress {
  readonly address: string;
  readonly version: number;
  readonly kind: "fixed" | "floating";
}

/**
 * Asks for a server, in terms that every Nova 2.1 knows.
 * https://docs.openstack.org/api-ref/compute/#create-server
 * @returns its id
 */
export async function createServer(compute: ServiceClient, server: NewServer): Promise<string> {
  const { boot, userData } = server;
  const answer = await compute.post("/servers", {
    server: {
      name: server.name,
      flavorRef: server.flavor,
      networks: [{ uuid: server.network }],
      metadata: server.metadata,
      // the user data reach a server whose network has no metadata service
      config_drive: true,
      ...(boot.from === "image" ? { imageRef: boot.image } : { block_device_mapping_v2: [bootVolume(boot.volume)] }),
      ...(server.securityGroups.length === 0
        ? {}
        : { security_groups: server.securityGroups.map((name) => ({ name })) }),
      ...(server.keypair === null ? {} : { key_name: server.keypair }),
      ...(userData === null ? {} : { user_data: Buffer.from(userData).toString("base64") }),
    },
  });
  return idOf(objectIn(answer, "server"), compute.asked);
}

function bootVolume(volume: string): JsonObject {
  return {
    uuid: volume,
    source_type: "volume",
    destination_type: "volume",
    boot_index: 0,
    delete_on_termination: true,
  };
}

/** https://docs.openstack.org/api-ref/compute/#show-server-details @returns null when there is no such server */
export async function showServer(compute: ServiceClient, id: string): Promise<Server | null> {
  const answer = await compute.find(`/servers/${encodeURIComponent(id)}`);
  return answer === null ? null : parseServer(objectIn(answer, "server"), compute.asked);
}

/** The servers of exactly this name. https://docs.openstack.org/api-ref/compute/#list-servers-detailed */
export async function serversNamed(compute: ServiceClient, name: string): Promise<readonly Server[]> {
  // Nova takes the name for a regular expression
  const answer = await compute.get(`/servers/detail?name=${encodeURIComponent(`^${name}$`)}`);
  return listIn(answer, "servers")
    .filter(isObject)
    .map((server) => parseServer(server, compute.asked))
    .filter((server) => server.name === name);
}

function parseServer(server: JsonObject, asked: Asked): Server {
  const byNetwork = objectIn(server, "addresses");
  const addresses = Object.keys(byNetwork).flatMap((network) => listIn(byNetwork, network));
  return {
    id: idOf(server, asked),
    name: textIn(server, "name") ?? "",
    status: textIn(server, "status") ?? "UNKNOWN",
    fault: textIn(objectIn(server, "fault"), "message"),
    addresses: addresses.filter(isObject).map((address) => ({
      address: textIn(address, "addr") ?? "",
      version: numberIn(address, "version") ?? 4,
      kind: textIn(address, "OS-EXT-IPS:type") === "floating" ? "floating" : "fixed",
    })),
  };
}

/** What an answer calls the thing that it made or shows. @throws UserError if it does not say */
export function idOf(object: JsonObject, asked: Asked): string {
  const id = textIn(object, "id");
  if (id === null) throw notOpenStack(asked, "what it shows has no id");
  return id;
}

/**
 * What the server's serial console shows; null as long as there is none yet.
 * https://docs.openstack.org/api-ref/compute/#show-console-output-os-getconsoleoutput-action
 * @throws UserError, `openstack-no-console` if the cloud keeps no consoles
 */
export async function consoleOutput(compute: ServiceClient, id: string): Promise<string | null> {
  const answer = await compute.act(`/servers/${encodeURIComponent(id)}/action`, { "os-getConsoleOutput": {} });
  if (answer.status === 501) throw consoleUnsupported();
  // a server that has no console yet conflicts with the question, or is not there at its host
  if (answer.status === 409 || answer.status === 404) return null;
  if (answer.status !== 200) throw answerError(answer);
  return isObject(answer.json) ? (textIn(answer.json, "output") ?? "") : "";
}

/** Deletes a server; one that the cloud would keep for later is deleted for good. */
export async function deleteServer(compute: ServiceClient, id: string): Promise<void> {
  const path = `/servers/${encodeURIComponent(id)}`;
  const server = await showServer(compute, id);
  if (server?.status !== "SOFT_DELETED") {
    await compute.delete(path);
    return;
  }
  const answer = await compute.act(`${path}/action`, { forceDelete: null });
  if (answer.status > 299 && answer.status !== 404) throw answerError(answer);
}
