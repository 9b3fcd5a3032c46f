/** A host key as a line of known_hosts has it, without the host. */
export interface PrintedHostKey {
  /** `ssh-ed25519`, ... */
  readonly type: string;
  readonly base64: string;
}

const BEGIN = "-----BEGIN SSH HOST KEY KEYS-----";
const END = "-----END SSH HOST KEY KEYS-----";
const KEY =
  /\b(ssh-ed25519|ecdsa-sha2-nistp(?:256|384|521)|ssh-rsa) (AAAA[0-9A-Za-z+/]{40,2000}={0,2})(?![0-9A-Za-z+/=])/g;

/**
 * The host keys that cloud-init prints on the console (cc_keys_to_console), where everybody who may read the console of
 * the server can trust them. A key that a line of the kernel has got into may come out wrong: whoever uses it must look
 * whether it is one.
 */
export function printedHostKeys(text: string): readonly PrintedHostKey[] {
  const begin = text.lastIndexOf(BEGIN);
  if (begin < 0) return [];
  const end = text.indexOf(END, begin);
  const block = text.slice(begin, end < 0 ? undefined : end);
  return Array.from(block.matchAll(KEY), ([, type, base64]) => ({ type, base64 }));
}
