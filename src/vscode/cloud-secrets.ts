import type { AskSecret } from "../formats/clouds-yaml";
import type { RunSecrets } from "./secrets";

/** Asks for what a cloud's entry leaves out. A passcode is good for one login, so that it is never kept. */
export function cloudSecrets(secrets: RunSecrets): AskSecret {
  return ({ cloud, key, owner, again }) => {
    const name = `The ${key.replaceAll("_", " ")}${owner === null ? "" : ` of ${owner}`} on the cloud ${cloud}`;
    if (key !== "passcode") return secrets.get(name);
    return secrets.once(
      again ? `${name}, the next one: each is good for one login, and the one before is used up` : name,
    );
  };
}
