import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { RequestOptions } from "node:https";
import { createSecureContext } from "node:tls";
import type { CloudConfig } from "../formats/cloud-config";
import { settingName } from "../formats/cloud-origin";
import { codeOf } from "./connection-errors";
import { tlsFileUnusable } from "./tls-errors";

/** What Node takes of a cloud's `verify`, `cacert`, `cert` and `key`. */
export type TlsOptions = Pick<RequestOptions, "ca" | "cert" | "key" | "rejectUnauthorized">;

/** Reads the files. @throws UserError when one cannot be used */
export async function tlsOptions({ tls, origin }: Pick<CloudConfig, "tls" | "origin">): Promise<TlsOptions> {
  if ((tls.cert === null) !== (tls.key === null)) {
    const [has, lacks] = tls.cert === null ? (["key", "cert"] as const) : (["cert", "key"] as const);
    throw tlsFileUnusable(lacks, null, `${settingName(has, origin)} is set`, origin);
  }
  const options: TlsOptions = { rejectUnauthorized: tls.verify };
  for (const [name, option] of [
    ["cacert", "ca"],
    ["cert", "cert"],
    ["key", "key"],
  ] as const) {
    const file = tls[name];
    if (file === null) continue;
    try {
      const content = await readFile(file);
      options[option] = content;
      // of an authority, Node passes over what is no certificate
      if (option === "key") createSecureContext({ key: content });
      else new X509Certificate(content);
    } catch (error) {
      throw tlsFileUnusable(name, file, codeOf(error), origin);
    }
  }
  try {
    createSecureContext(options);
  } catch {
    throw tlsFileUnusable("key", tls.key, "it is not the key of the certificate", origin);
  }
  return options;
}
