import { randomUUID } from "node:crypto";
import { STATUS_CODES, type IncomingHttpHeaders } from "node:http";

/** A request as the simulated services see it. */
export interface DemoRequest {
  readonly method: string;
  /** Below the service's own address. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** undefined when there is none, or it is not JSON. */
  readonly body: unknown;
}

/** What is answered: JSON, or HTML when the body is a text. */
export interface DemoAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A request id as OpenStack's services make them. */
export function requestId(): string {
  return `req-${randomUUID()}`;
}

/** The shape in which Glance and the middleware of all services refuse: the text in HTML, the code in words. */
export function middlewareError(status: number, message: string, detail = ""): DemoAnswer {
  const title = STATUS_CODES[status] ?? "";
  return { status, body: { message: `${message}<br /><br />\n${detail}\n\n`, code: `${status} ${title}`, title } };
}

/** Where a list continues after `marker`, `limit` items or fewer at a time; null for an unknown marker. */
export function page<T extends { readonly id: string }>(
  items: readonly T[],
  marker: string | null,
  limit: number,
): readonly T[] | null {
  const start = marker === null ? 0 : items.findIndex((item) => item.id === marker) + 1;
  return marker !== null && start === 0 ? null : items.slice(start, start + limit);
}

/** The `limit` of a query, at most the service's own. */
export function limitOf(query: URLSearchParams, most: number, usual = most): number {
  const asked = query.get("limit");
  return asked === null ? Math.min(usual, most) : Math.min(Number.parseInt(asked, 10) || most, most);
}
