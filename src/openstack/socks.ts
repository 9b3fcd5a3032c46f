import { lookup } from "node:dns/promises";
import { once } from "node:events";
import { connect, isIP, type Socket } from "node:net";
import { codeOf, type Asked } from "./connection-errors";
import type { SocksProxy } from "./proxies";
import { nameUnknownHere, proxyRefused, proxyTimedOut, proxyUnreachable, type ProxyRefusal } from "./proxy-errors";

/** Where a connection is to lead. */
export interface Target {
  /** A name, or an address without brackets. */
  readonly host: string;
  readonly port: number;
}

/**
 * A connection through a SOCKS proxy: version 5 (RFC 1928) with or without a login (RFC 1929), 4, or 4a, which takes names
 * (https://www.openssh.org/txt/socks4.protocol, socks4a.protocol). The library `socks` was weighed: it brings 69 kB, tells
 * refusals apart by English sentences only, keeps the password in its errors, and knows no signal.
 * @param idle milliseconds without any sign of life
 * @throws UserError when it is the proxy that fails; the signal's AbortError
 */
export async function openSocks(
  proxy: SocksProxy,
  target: Target,
  { asked, idle }: { readonly asked: Asked; readonly idle: number },
  signal: AbortSignal,
): Promise<Socket> {
  const told = `${target.host}:${target.port}`;
  const host = proxy.names === "there" ? target.host : await lookedUp(proxy, target.host, signal);
  const socket = connect({ host: proxy.host, port: proxy.port, signal });
  const silent = (): unknown => socket.destroy(proxyTimedOut(proxy, told, idle / 1000, asked));
  const gone = new AbortController();
  const ends = (): void => gone.abort();
  socket.on("error", ends).on("close", ends);
  socket.setTimeout(idle).on("timeout", silent);
  try {
    await once(socket, "connect");
    const talk = new Talk(proxy, socket, gone.signal, {
      refused: (kind, said) => proxyRefused(proxy, told, { kind, said }, asked),
      notSocks: () => proxyUnreachable(proxy, told, `no answer of SOCKS ${proxy.version}`),
    });
    await (proxy.version === 5 ? talk.version5(host, target.port) : talk.version4(host, target.port));
    socket.off("timeout", silent);
    return socket;
  } catch (error) {
    socket.destroy();
    if (signal.aborted || !(error instanceof Error && "syscall" in error)) throw error;
    throw proxyUnreachable(proxy, told, codeOf(error), error);
  }
}

/** Why a SOCKS 5 proxy does not connect (RFC 1928, 6). */
const REPLIES: Readonly<Record<number, string>> = {
  1: "it fails for a reason of its own",
  2: "its rules do not allow it",
  3: "the network is unreachable",
  4: "the host is unreachable",
  5: "the connection is refused",
  6: "the way is too long",
  7: "it makes no connections",
  8: "it does not know that kind of address",
};
const NOT_ALLOWED = 2;
/** How ssh -D says that there is no way, from version to version before or after its answer. */
export const HANGS_UP = "it closes the connection";
/** Bytes of a user, a password or a name, whose length is told in one byte. */
const LONGEST = 255;

interface Errors {
  readonly refused: (kind: ProxyRefusal["kind"], said: string) => Error;
  readonly notSocks: () => Error;
}

/** The exchange that comes before the connection is the asker's. */
class Talk {
  /** Whether it has shown that it speaks SOCKS: then to hang up is its way to say no, as ssh -D does. */
  #isSocks = false;

  constructor(
    private readonly proxy: SocksProxy,
    private readonly socket: Socket,
    private readonly gone: AbortSignal,
    private readonly errors: Errors,
  ) {}

  async version5(host: string, port: number): Promise<void> {
    const { login } = this.proxy;
    this.socket.write(Buffer.from(login === null ? [5, 1, 0] : [5, 2, 0, 2]));
    const [version, method] = await this.#take(2);
    if (version !== 5) throw this.errors.notSocks();
    this.#isSocks = true;
    if (method === 2 && login !== null) await this.#logIn(login);
    else if (method !== 0) throw this.errors.refused("login", "no login that it takes");
    if (Buffer.byteLength(host) > LONGEST) throw this.errors.refused("no-way", "the name is too long");
    this.socket.write(Buffer.concat([Buffer.from([5, 1, 0]), address(host), bigEndian(port)]));
    const [, reply, , kind] = await this.#take(4);
    if (reply !== 0)
      throw this.errors.refused(reply === NOT_ALLOWED ? "refused" : "no-way", REPLIES[reply] ?? `code ${reply}`);
    // the address that it connects from concerns nobody
    const length = kind === 1 ? 4 : kind === 4 ? 16 : (await this.#take(1))[0];
    await this.#take(length + 2);
  }

  async #logIn({ user, password }: NonNullable<SocksProxy["login"]>): Promise<void> {
    const [name, secret] = [Buffer.from(user), Buffer.from(password.reveal())];
    if (name.length > LONGEST || secret.length > LONGEST)
      throw this.errors.refused("login", "too long a user or password");
    this.socket.write(Buffer.concat([Buffer.from([1, name.length]), name, Buffer.from([secret.length]), secret]));
    const [, status] = await this.#take(2);
    if (status !== 0) throw this.errors.refused("login", "refused");
  }

  /** A name is sent behind an address that there is not (4a). */
  async version4(host: string, port: number): Promise<void> {
    if (isIP(host) === 6) throw this.errors.refused("no-way", "SOCKS 4 knows no IPv6");
    // its first answer is its last
    this.#isSocks = true;
    const isAddress = isIP(host) === 4;
    const user = Buffer.from(`${this.proxy.login?.user ?? ""}\0`);
    const bytes = isAddress ? address(host).subarray(1) : Buffer.from([0, 0, 0, 1]);
    const name = Buffer.from(isAddress ? "" : `${host}\0`);
    this.socket.write(Buffer.concat([Buffer.from([4, 1]), bigEndian(port), bytes, user, name]));
    const [version, code] = await this.#take(8);
    if (version !== 0 || code < 0x5a || code > 0x5d) throw this.errors.notSocks();
    if (code === 0x5b) throw this.errors.refused("no-way", "it does not say why");
    if (code !== 0x5a) throw this.errors.refused("login", "refused");
  }

  /** The next bytes, no more than these: what follows is the asker's. */
  async #take(count: number): Promise<Buffer> {
    for (;;) {
      const bytes: unknown = this.socket.read(count);
      if (Buffer.isBuffer(bytes) && bytes.length === count) return bytes;
      if (bytes !== null || this.gone.aborted) throw this.socket.errored ?? this.#hungUp();
      await once(this.socket, "readable", { signal: this.gone }).catch((error: unknown) => {
        throw this.socket.errored ?? (this.gone.aborted ? this.#hungUp() : error);
      });
    }
  }

  #hungUp(): Error {
    return this.#isSocks ? this.errors.refused("no-way", HANGS_UP) : this.errors.notSocks();
  }
}

/** As SOCKS 5 has it: the kind, then the address, or the length and the name. */
function address(host: string): Buffer {
  if (isIP(host) === 4) return Buffer.from([1, ...host.split(".").map(Number)]);
  if (isIP(host) === 6) return Buffer.concat([Buffer.from([4]), ipv6(host)]);
  const name = Buffer.from(host);
  return Buffer.concat([Buffer.from([3, name.length]), name]);
}

/** @param text as URLs have it, so that an embedded IPv4 address is in hexadecimal already */
function ipv6(text: string): Buffer {
  const canonical = new URL(`http://[${text.replace(/%.*$/, "")}]`).hostname.slice(1, -1);
  const [head = "", tail = ""] = canonical.split("::");
  const groups = (part: string): string[] => (part === "" ? [] : part.split(":"));
  const [before, after] = [groups(head), groups(tail)];
  const zeros = new Array<string>(8 - before.length - after.length).fill("0");
  return Buffer.concat([...before, ...zeros, ...after].map((group) => bigEndian(parseInt(group, 16))));
}

function bigEndian(word: number): Buffer {
  return Buffer.from([word >> 8, word & 0xff]);
}

async function lookedUp(proxy: SocksProxy, host: string, signal: AbortSignal): Promise<string> {
  if (isIP(host) !== 0) return host;
  signal.throwIfAborted();
  const found = lookup(host, { family: proxy.version === 4 ? 4 : 0, verbatim: false }).catch((error: unknown) => {
    throw nameUnknownHere(proxy, host, codeOf(error), error);
  });
  // there is no stopping a look-up, but nobody has to wait for it
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener(
      "abort",
      () => reject(signal.reason instanceof Error ? signal.reason : new Error("stopped")),
      { once: true },
    );
  });
  return (await Promise.race([found, stopped])).address;
}
