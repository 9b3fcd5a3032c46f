import type { UserError } from "../errors";
import type { CloudOrigin } from "./cloud-origin";
import { authTypeUnsupported } from "./errors";

/** The ways to log in that keystoneauth knows by name and this product does not, by what they rest on. */
const KINDS: readonly (readonly [names: RegExp, kind: string])[] = [
  [/^v3oidc/, "OpenID Connect, a login with another provider"],
  [/^v3(saml|adfs)/, "SAML, a login with another provider"],
  [/^v3(kerberos|fedkerb)$/, "Kerberos"],
  [/^v3oauth/, "OAuth"],
  [/^v3tokenlessauth$/, "a client certificate in place of a token"],
  [/^v2/, "Identity API v2, which OpenStack has removed"],
  [
    /^(none|noauth|http_basic|admin_token|token_endpoint)$/,
    "a service that stands without the Identity service's logins",
  ],
];

/** The error for a way to log in that is not supported. */
export function unsupportedAuth(cloud: string, authType: string, origin: CloudOrigin): UserError {
  const kind = KINDS.find(([names]) => names.test(authType))?.[1] ?? null;
  return authTypeUnsupported(cloud, authType, kind, origin);
}
