/** Where the services of the test cloud answer: on the loopback of a network namespace that holds nothing else. */

/** All of 127.0.0.0/8 is loopback, so an interface of the catalog can be told from another by its address. */
export const PUBLIC = "127.0.0.1";
export const INTERNAL = "127.0.0.2";

export const PORTS = {
  identity: 5000,
  compute: 8774,
  image: 9292,
  network: 9696,
  placement: 8778,
  database: 3306,
  queue: 5672,
} as const;

export type CatalogService = "identity" | "compute" | "image" | "network" | "placement";

/** What stands in the catalog behind the host and the port. */
export const PATHS: Readonly<Record<CatalogService, string>> = {
  identity: "/v3",
  compute: "/v2.1",
  image: "",
  network: "",
  placement: "",
};

export const addressOf = (service: CatalogService, host = PUBLIC): string =>
  `http://${host}:${PORTS[service]}${PATHS[service]}`;

export const AUTH_URL = addressOf("identity");

/** Of every user of the test cloud, and of its services; the cloud lives for minutes, and answers nobody from outside. */
export const PASSWORD = "correct horse battery staple";

export const REGION = "RegionOne";
/** A region that has endpoints in the catalog and nothing behind them. */
export const EMPTY_REGION = "RegionTwo";
/** Where nothing listens. */
export const NOWHERE = `http://${PUBLIC}:9`;
