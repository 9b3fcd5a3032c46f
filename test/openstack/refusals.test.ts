import assert from "node:assert/strict";
import { answerError, loginRefused, type FailedAnswer } from "../../src/openstack/answer-errors";
import refusals from "../golden/openstack/refusals.json";
import { cloudAt, ORIGINS, userError } from "./support";

/** As the HTTP client hands it on: a body that is no JSON is none. */
function answered(name: keyof typeof refusals, service: FailedAnswer["service"]): FailedAnswer {
  const { request, response } = refusals[name];
  const json = typeof response.body === "string" ? null : response.body;
  return { service, url: request.url, origin: ORIGINS["clouds.yaml"], status: response.status, json };
}

const told = (error: Error, ...[code, ...words]: Parameters<typeof userError>): void => {
  assert.ok(userError(code, ...words)(error));
};

describe("What a real cloud refuses", () => {
  for (const [name, service, code, ...words] of [
    ["identity-no-path", "identity", "openstack-not-found", "auth_url"],
    ["flavor-forbidden", "compute", "openstack-forbidden", "os_compute_api:os-flavor-extra-specs:create"],
    ["image-forbidden", "image", "openstack-forbidden", "You do not own this image"],
    ["image-unknown", "image", "openstack-not-found", "No image found with ID"],
    ["network-unknown", "network", "openstack-not-found", "could not be found"],
    ["server-no-image", "compute", "openstack-refused", "Can not find requested image"],
    ["network-quota", "network", "openstack-quota", "Quota exceeded for resources: ['network']"],
  ] as const) {
    it(`is told in its own words: ${name}`, () => told(answerError(answered(name, service)), code, ...words));
  }

  for (const name of ["login-token-unknown", "login-token-revoked"] as const) {
    it(`is told of the token, and not of the address: ${name}`, () => {
      told(
        loginRefused(cloudAt(""), "token", answered(name, "identity")),
        "openstack-unauthorized",
        "token",
        "expired",
      );
    });
  }
});
