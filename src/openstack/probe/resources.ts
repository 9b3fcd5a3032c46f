/** How each kind of thing that a run makes is found again by its name, deleted, and deleted by hand. */
import { deleteVolume, showVolume, volumesNamed } from "../block-storage";
import { deleteKeypair, hasKeypair } from "../keypair";
import {
  deleteInNetwork,
  existsInNetwork,
  findInNetwork,
  portsOf,
  removeRouterInterface,
  type NetworkResource,
} from "../network";
import { deleteServer, serversNamed, showServer } from "../server";
import type { Session } from "../session";
import type { ResourceKind } from "./journal";

interface ResourceType {
  /** The ids of those of exactly this name. */
  readonly find: (session: Session, name: string) => Promise<readonly string[]>;
  readonly exists: (session: Session, id: string) => Promise<boolean>;
  /** Asks for the deletion; what is gone already is no error. */
  readonly remove: (session: Session, id: string) => Promise<void>;
  /** What a person would type. */
  readonly command: (id: string) => string;
}

const inNetwork = (resource: NetworkResource, command: string): ResourceType => ({
  find: ({ network }, name) => findInNetwork(network, resource, name),
  exists: ({ network }, id) => existsInNetwork(network, resource, id),
  remove: ({ network }, id) => deleteInNetwork(network, resource, id),
  command: (id) => `openstack ${command} delete ${id}`,
});

export const RESOURCES: Readonly<Record<ResourceKind, ResourceType>> = {
  "floating-ip": {
    ...inNetwork("floatingip", "floating ip"),
    find: ({ network }, name) => findInNetwork(network, "floatingip", name, "description"),
  },
  server: {
    find: async ({ compute }, name) => (await serversNamed(compute, name)).map(({ id }) => id),
    exists: async ({ compute }, id) => {
      const server = await showServer(compute, id);
      return server !== null && server.status !== "DELETED";
    },
    remove: ({ compute }, id) => deleteServer(compute, id),
    command: (id) => `openstack server delete --wait ${id}`,
  },
  volume: {
    find: async ({ blockStorage }, name) => (await volumesNamed(blockStorage, name)).map(({ id }) => id),
    exists: async ({ blockStorage }, id) => (await showVolume(blockStorage, id)) !== null,
    remove: ({ blockStorage }, id) => deleteVolume(blockStorage, id),
    command: (id) => `openstack volume delete ${id}`,
  },
  keypair: {
    find: async ({ compute }, name) => ((await hasKeypair(compute, name)) ? [name] : []),
    exists: ({ compute }, id) => hasKeypair(compute, id),
    remove: ({ compute }, id) => deleteKeypair(compute, id),
    command: (id) => `openstack keypair delete ${id}`,
  },
  router: {
    ...inNetwork("router", "router"),
    remove: async ({ network }, id) => {
      for (const { id: port, owner } of await portsOf(network, id)) {
        if (owner.startsWith("network:router_interface")) await removeRouterInterface(network, id, port);
      }
      await deleteInNetwork(network, "router", id);
    },
    command: (id) => `openstack router remove subnet ${id} SUBNET; openstack router delete ${id}`,
  },
  subnet: inNetwork("subnet", "subnet"),
  network: inNetwork("network", "network"),
  "security-group": inNetwork("security_group", "security group"),
};
