import type { ServiceClient } from "./service";

const pathOf = (name: string): string => `/os-keypairs/${encodeURIComponent(name)}`;

/**
 * Makes a public key known by a name.
 * https://docs.openstack.org/api-ref/compute/#import-or-create-keypair
 * @param publicKey a line of authorized_keys
 */
export async function importKeypair(compute: ServiceClient, name: string, publicKey: string): Promise<void> {
  await compute.post("/os-keypairs", { keypair: { name, public_key: publicKey } });
}

export async function hasKeypair(compute: ServiceClient, name: string): Promise<boolean> {
  return (await compute.find(pathOf(name))) !== null;
}

export async function deleteKeypair(compute: ServiceClient, name: string): Promise<void> {
  await compute.delete(pathOf(name));
}
