import type { AskSecret } from "../formats/clouds-yaml";
import type { RunSecrets } from "./secrets";

/** Asks for what a cloud's entry leaves out. A passcode is good for one login, so that it is never kept. */
export function cloudSecrets(secrets: RunSecrets): AskSecret {
  return ({ cloud, key, owner }) => {
    const name = `The ${key.replaceAll("_", " ")}${owner === null ? "" : ` of ${owner}`} on the cloud ${cloud}`;
    return key === "passcode" ? secrets.once(name) : secrets.get(name);
  };
}
