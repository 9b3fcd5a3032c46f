import { BlockList, isIP } from "node:net";

/** What is reached without a proxy: NO_PROXY, or the editor's setting of the same kind. */
export interface NoProxy {
  /** @param url http or https */
  readonly covers: (url: URL) => boolean;
}

type Rule = (host: string, port: number) => boolean;

/** Asks that this computer, too, is reached by the proxy; Chromium's word for it. */
const WITH_LOOPBACK = "<-loopback>";

/**
 * Reads a list of hosts, parted by commas or spaces: `*` for all, `example.org` and `.example.org` for the domain and all
 * below it (as curl has it), an address, a network (`10.0.0.0/8`, `fd00::/8`), any of the first three with `:PORT`. What
 * is none of these covers nothing. This computer itself is always covered, unless `<-loopback>` is in the list.
 */
export function parseNoProxy(list: string): NoProxy {
  const words = list.split(/[\s,]+/).filter((word) => word !== "");
  const rules: readonly Rule[] = [
    ...(words.includes(WITH_LOOPBACK) ? [] : [isLoopback]),
    ...words.flatMap((word) => ruleOf(word) ?? []),
  ];
  return {
    covers: (url) => {
      const host = bare(url.hostname);
      const port = Number(url.port || (url.protocol === "https:" ? 443 : 80));
      return rules.some((rule) => rule(host, port));
    },
  };
}

function ruleOf(word: string): Rule | null {
  if (word === "*") return () => true;
  const [, network = "", bits = ""] = /^(.+)\/(\d{1,3})$/.exec(word) ?? [];
  if (network !== "") return networkRule(network, Number(bits));
  const [, name = word, port = ""] = isIP(word) === 6 ? [] : (/^(.*?):(\d+)$/.exec(word) ?? []);
  const host = canonical(name.replace(/^\*?\.?/, "").replace(/\.$/, ""));
  if (host === null) return null;
  const covers = isIP(host) === 0 ? (h: string) => `.${h}`.endsWith(`.${host}`) : (h: string) => h === host;
  return (asked, askedPort) => covers(asked) && (port === "" || Number(port) === askedPort);
}

function networkRule(network: string, bits: number): Rule | null {
  const address = bare(network);
  const family = isIP(address);
  if (family === 0 || bits > (family === 4 ? 32 : 128)) return null;
  const list = new BlockList();
  list.addSubnet(address, bits, family === 4 ? "ipv4" : "ipv6");
  return (host) => isIn(list, host);
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8);
LOOPBACK.addAddress("::1", "ipv6");

function isLoopback(host: string): boolean {
  return host === "localhost" || host.endsWith(".localhost") || isIn(LOOPBACK, host);
}

function isIn(list: BlockList, host: string): boolean {
  const family = isIP(host);
  return family !== 0 && list.check(host, family === 4 ? "ipv4" : "ipv6");
}

/** A host as URLs have it: lower case, other scripts in ASCII, IPv6 at its shortest, without brackets or a final dot. */
function canonical(host: string): string | null {
  const url = `http://${isIP(host) === 6 ? `[${host}]` : host}`;
  return URL.canParse(url) && new URL(url).pathname === "/" ? bare(new URL(url).hostname) : null;
}

const bare = (hostname: string): string => hostname.replace(/^\[|\]$|\.$/g, "");
