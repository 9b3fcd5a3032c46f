import { join } from "node:path";
import { DEFAULT_PROFILE, type Profile } from "../compliance/profiles";
import type { AskedBy } from "../model/instance";
import type { ImageChoice } from "../openstack/probe/choose-image";
import type { Proxies } from "../openstack/proxies";
import type { CleanUpServices } from "./clean-up";

/** What is to be checked, and how. */
export interface InstanceChoices {
  readonly images: ImageChoice;
  /** A name or an id; null: the most frugal that fits. */
  readonly flavor: string | null;
  /** A name or an id; null: a network of the run's own. */
  readonly network: string | null;
  readonly askedBy: AskedBy;
  /** Over SSH: reach the server by a floating address also where a network was named. */
  readonly floatingAddress: boolean;
  /** Over SSH: who logs in; null: whom the image's distribution has. */
  readonly user: string | null;
  /** Over the console: an apt mirror to take rngtest from; null: none is needed. */
  readonly mirror: string | null;
  /** Seconds that each server is given, from its making to its last answer. */
  readonly timeout: number;
  readonly profile: Profile;
}

export const INSTANCE_DEFAULTS: InstanceChoices = {
  images: { by: "order" },
  flavor: null,
  network: null,
  askedBy: "console",
  floatingAddress: false,
  user: null,
  mirror: null,
  timeout: 900,
  profile: DEFAULT_PROFILE,
};

export interface InstanceServices extends CleanUpServices {
  /** Where servers let SSH in. */
  readonly sshPort: number;
}

/**
 * The services of a person's own account; the journals lie where the XDG Base Directory Specification has state.
 * @param env for XDG_STATE_HOME
 * @param home the home folder
 * @param proxies through which clouds are reached
 */
export function instanceServices(
  env: Readonly<Record<string, string | undefined>>,
  home: string,
  proxies: Proxies,
  remark: (text: string) => void,
): InstanceServices {
  const state = env["XDG_STATE_HOME"] || join(home, ".local", "state");
  return { journals: join(state, "entropy-check", "runs"), sshPort: 22, proxies, remark };
}
