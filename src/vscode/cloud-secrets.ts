import { CancellationError } from "vscode";
import type { AskSecret } from "../formats/clouds-yaml";
import type { RunSecrets } from "./secrets";

/**
 * Asks for what a cloud's entry leaves out. A passcode is good for one login, so that it is never kept. Who closes the
 * question cancels what it was asked for: the promise is rejected with a CancellationError.
 */
export function cloudSecrets(secrets: RunSecrets): AskSecret {
  return async ({ cloud, key, owner, again }) => {
    const name = `The ${key.replaceAll("_", " ")}${owner === null ? "" : ` of ${owner}`} on the cloud ${cloud}`;
    const next = again ? `${name}, the next one: each is good for one login, and the one before is used up` : name;
    const secret = await (key === "passcode" ? secrets.once(next) : secrets.get(name));
    if (secret === null) throw new CancellationError();
    return secret;
  };
}
