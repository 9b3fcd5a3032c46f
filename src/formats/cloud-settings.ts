import { homedir } from "node:os";
import { dirname, resolve } from "node:path";
import type { FileLocation } from "../model";
import { howToWrite, settingName, type CloudOrigin } from "./cloud-origin";
import { chosenRegion } from "./cloud-regions";
import { cloudSettingInvalid, cloudSettingMissing } from "./errors";
import { withoutFinalSlashes } from "./endpoint-url";
import { isList, isSettings, mergeSettings, type Settings } from "./settings";

const TRUE = /^(true|yes|on|y|1)$/i;
const FALSE = /^(false|no|off|n|0)$/i;

/** Typed reading of one cloud's settings in one region. Every method throws UserError for a value of the wrong kind. */
export class CloudSettings {
  readonly #settings: Settings;
  readonly #auth: Settings | null;
  /** null: none is named. */
  readonly region: string | null;

  constructor(
    readonly cloud: string,
    private readonly definedAt: FileLocation | null,
    readonly origin: CloudOrigin,
    entry: Settings,
    region: string | null,
  ) {
    const own = withUnderscores(entry);
    const { name, values } = chosenRegion(origin, cloud, own, region);
    this.region = name;
    this.#settings = values === null ? own : mergeSettings(own, withUnderscores(values));
    const auth = this.#settings.get("auth");
    this.#auth = isSettings(auth) ? withUnderscores(auth) : null;
  }

  /** The first of some texts of the cloud that is there and not empty, or null. */
  text(...keys: readonly string[]): string | null {
    for (const key of keys) {
      const value = this.#textIn(this.#settings, key);
      if (value !== null && value !== "") return value;
    }
    return null;
  }

  /** A text of the cloud's `auth:`; the cloud's own level wins, as in openstacksdk. Empty is kept apart from absent. */
  authText(...keys: readonly string[]): string | null {
    for (const level of [this.#settings, this.#auth]) {
      for (const key of keys) {
        const value = level === null ? null : this.#textIn(level, key);
        if (value !== null) return value;
      }
    }
    return null;
  }

  /** Several texts: a list, or one text with commas between them. */
  authList(key: string): readonly string[] {
    for (const level of [this.#settings, this.#auth]) {
      const value = level?.get(key) ?? null;
      if (isList(value)) return value.filter((item) => typeof item === "string");
      if (value !== null && level !== null) return (this.#textIn(level, key) ?? "").split(/[\s,]+/).filter(Boolean);
    }
    return [];
  }

  /** Without a trailing slash. */
  authUrl(): string {
    const url = this.#asUrl("auth_url", this.authText("auth_url") || null);
    if (url !== null) return url;
    const { cloud, origin } = this;
    const profile = origin.kind === "clouds.yaml" ? this.text("profile") : null;
    const unknown =
      profile === null
        ? ""
        : `Its profile "${profile}" is not in clouds-public.yaml, and the profiles that openstacksdk brings are not known here. `;
    throw cloudSettingMissing(
      cloud,
      settingName("auth_url", origin),
      `${unknown}${howToWrite(["auth_url"], origin)} It is the Identity service's address, for example ` +
        "https://cloud.example:5000/v3",
    );
  }

  url(...keys: readonly string[]): string | null {
    const key = keys.find((one) => this.text(one) !== null);
    return key === undefined ? null : this.#asUrl(key, this.text(key));
  }

  flag(key: string): boolean | null {
    const value = this.text(key);
    if (value === null) return null;
    if (TRUE.test(value)) return true;
    if (FALSE.test(value)) return false;
    throw this.invalid(key, "true or false");
  }

  seconds(key: string): number | null {
    const value = this.text(key);
    if (value === null) return null;
    const seconds = Number(value);
    if (!(seconds > 0 && seconds < 86_400)) throw this.invalid(key, "a number of seconds");
    return seconds;
  }

  /** An absolute path; a relative one counts from the folder of the file that defines the cloud. */
  path(key: string): string | null {
    const value = this.text(key);
    if (value === null) return null;
    const folder = this.definedAt === null ? process.cwd() : dirname(this.definedAt.file);
    return resolve(folder, value.replace(/^~(?=\/|\\|$)/, homedir()));
  }

  /** @param expected what the value should be */
  invalid(key: string, expected: string): Error {
    return cloudSettingInvalid(this.cloud, key, expected, this.origin);
  }

  #textIn(settings: Settings, key: string): string | null {
    const value = settings.get(key) ?? null;
    if (value === null || typeof value === "string") return value;
    throw this.invalid(key, "a text");
  }

  #asUrl(key: string, value: string | null): string | null {
    if (value === null) return null;
    const text = value.replaceAll("{region_name}", this.region ?? "");
    const url = URL.canParse(text) ? new URL(text) : null;
    if (url === null || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "") {
      throw this.invalid(key, "an http or https address without a user in it");
    }
    return withoutFinalSlashes(url.origin + url.pathname);
  }
}

/** openstacksdk reads `user-domain-name` as `user_domain_name`. */
export function withUnderscores(settings: Settings): Settings {
  return new Map(Array.from(settings, ([key, value]) => [key.replaceAll("-", "_"), value]));
}
