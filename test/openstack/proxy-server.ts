import * as http from "node:http";
import * as https from "node:https";
import { connect, type AddressInfo, type Socket } from "node:net";

export interface ProxyOptions {
  /** What Proxy-Authorization must be; else 407. */
  readonly authorization?: string;
  /** Answers everything with this. */
  readonly refuse?: () => number | null;
  /** Never answers. */
  readonly silent?: boolean;
  /** Where every connection goes, whatever host was asked for: a port on loopback. */
  readonly port?: number;
  /** The proxy itself speaks TLS. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

export interface LoopbackProxy {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** `CONNECT 192.0.2.1:443`, `GET http://192.0.2.1/v3` */
  readonly asked: readonly string[];
  /** The headers of every request that the proxy could read. */
  readonly headers: readonly http.IncomingHttpHeaders[];
  /** Settles when the first request has come. */
  readonly firstAsked: Promise<void>;
  /** Settles when nobody is connected any more. */
  readonly letGo: () => Promise<void>;
  close(): Promise<void>;
}

/** A forward proxy on loopback: tunnels for CONNECT (RFC 9110, 9.3.6), and requests with a whole address. */
export async function startProxy({
  authorization,
  refuse = () => null,
  silent = false,
  port,
  tls,
}: ProxyOptions = {}): Promise<LoopbackProxy> {
  const asked: string[] = [];
  const headers: http.IncomingHttpHeaders[] = [];
  const sockets = new Set<Socket>();
  let wasAsked = (): void => undefined;
  const firstAsked = new Promise<void>((resolve) => (wasAsked = resolve));

  const refusal = (request: http.IncomingMessage): number | null => {
    asked.push(`${request.method} ${request.url}`);
    headers.push(request.headers);
    wasAsked();
    if (authorization !== undefined && request.headers["proxy-authorization"] !== authorization) return 407;
    return refuse();
  };
  const forward = (request: http.IncomingMessage, response: http.ServerResponse): void => {
    const refused = refusal(request);
    if (silent) return;
    if (refused !== null) {
      response.writeHead(refused, { "content-type": "text/html" }).end("<h1>Not by this proxy</h1>");
      return;
    }
    const url = new URL(request.url ?? "");
    const onward = { ...request.headers };
    delete onward["proxy-authorization"];
    const options = { host: "127.0.0.1", port: port ?? url.port, path: url.pathname + url.search };
    const passed = http.request({ ...options, method: request.method, headers: onward, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    passed.on("error", () => response.writeHead(502).end("<h1>Bad gateway</h1>"));
    request.pipe(passed);
  };
  const server = tls === undefined ? http.createServer(forward) : https.createServer(tls, forward);
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket)).on("error", () => undefined);
  });
  server.on("connect", (request, client) => {
    client.on("error", () => undefined);
    const refused = refusal(request);
    if (silent) {
      // only who reads notices that the other side has gone
      client.resume().once("end", () => client.destroy());
      return;
    }
    if (refused !== null) {
      client.end(`HTTP/1.1 ${refused} No\r\nContent-Type: text/html\r\nContent-Length: 7\r\n\r\n<h1>No!`);
      return;
    }
    const onward = connect(port ?? Number((request.url ?? "").split(":").at(-1)), "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      client.pipe(onward).pipe(client);
    });
    onward.on("error", () => client.end("HTTP/1.1 502 Bad gateway\r\n\r\n"));
    client.once("close", () => onward.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const at = (server.address() as AddressInfo).port;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  const url = `${tls === undefined ? "http" : "https"}://127.0.0.1:${at}`;
  const letGo = async (): Promise<void> => {
    await Promise.all(Array.from(sockets, (socket) => new Promise((resolve) => socket.once("close", resolve))));
  };
  return { url, asked, headers, firstAsked, letGo, close };
}
