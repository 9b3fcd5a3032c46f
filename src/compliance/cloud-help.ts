/** The help text of what is found of the way to a cloud. */
export const CERTIFICATE_HELP = `# A cloud's certificate is verified

## What is asked

Whoever answers at the cloud's addresses proves by a certificate that it is the cloud.

## Why

With \`verify: false\`, \`insecure: true\` or \`OS_INSECURE\` anybody on the way, a proxy, a stolen name, another machine of the network, may answer in the cloud's place. It then has the password or the token, with everything that they allow, and may answer what it likes: that every flavor and every image is in order.

## How it is measured

By the entry of clouds.yaml, the variables or the openrc file that the check was run with.

## How to mend it

Save the certificate of the cloud's own authority as PEM, and name it in place of turning the verification off:

\`\`\`yaml
clouds:
  mycloud:
    cacert: /etc/ssl/certs/mycloud-ca.pem
\`\`\`

or \`export OS_CACERT=/etc/ssl/certs/mycloud-ca.pem\`. Then change the password: it may have been read.

## Source

[openstacksdk: SSL settings](https://docs.openstack.org/openstacksdk/latest/user/config/configuration.html#ssl-settings)
`;
