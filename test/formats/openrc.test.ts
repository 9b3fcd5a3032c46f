import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { UserError } from "../../src/errors";
import { parseOpenrc } from "../../src/formats/openrc";
import { userError } from "./clouds-folder";

const HOME = "/home/demo";

function read(text: string): Record<string, string> {
  return Object.fromEntries(parseOpenrc("/x/openrc.sh", text, HOME).variables);
}

/** What bash has in its environment after it has run a file; the variables of OpenStack alone. */
function bash(script: string): Record<string, string> {
  const printed = execFileSync(
    "/bin/bash",
    ["--norc", "-c", `eval "$1" >&2 || :; exec /usr/bin/env -0`, "bash", script],
    {
      env: { HOME, PATH: "/nowhere" },
      stdio: ["ignore", "pipe", "ignore"],
    },
  );
  const all = printed
    .toString("utf8")
    .split("\0")
    .map((line) => [line.split("=", 1)[0], line.slice(line.indexOf("=") + 1)] as const);
  return Object.fromEntries(all.filter(([name]) => name.startsWith("OS_")));
}

/** Whether bash finds a script whole. */
function isWhole(script: string): boolean {
  return spawnSync("/bin/bash", ["--norc", "-n", "-c", script]).status === 0;
}

const HORIZON = `#!/usr/bin/env bash
# To use an OpenStack cloud you need to authenticate against the Identity
# service named keystone, which returns a **Token** and **Service Catalog**.
export OS_AUTH_URL=https://keystone.example:5000/v3
# With the addition of Keystone we have standardized on the term **project**
export OS_PROJECT_ID=0123456789abcdef0123456789abcdef
export OS_PROJECT_NAME="My $ project"
export OS_USER_DOMAIN_NAME="Default"
if [ -z "$OS_USER_DOMAIN_NAME" ]; then unset OS_USER_DOMAIN_NAME; fi
export OS_PROJECT_DOMAIN_ID=""
if [ -z "$OS_PROJECT_DOMAIN_ID" ]; then unset OS_PROJECT_DOMAIN_ID; fi
# unset v2.0 items in case set
unset OS_TENANT_ID
unset OS_TENANT_NAME
export OS_USERNAME="demo"
# With Keystone you pass the keystone password.
echo "Please enter your OpenStack Password for project $OS_PROJECT_NAME as user $OS_USERNAME: "
read -sr OS_PASSWORD_INPUT
export OS_PASSWORD=$OS_PASSWORD_INPUT
export OS_REGION_NAME="RegionOne"
# Don't leave a blank variable, unset it if it was empty
if [ -z "$OS_REGION_NAME" ]; then unset OS_REGION_NAME; fi
export OS_INTERFACE=public
export OS_IDENTITY_API_VERSION=3
`;

describe("An openrc file", () => {
  it("of Horizon gives all but the password, which it asks for", () => {
    assert.deepEqual(read(HORIZON), {
      OS_AUTH_URL: "https://keystone.example:5000/v3",
      OS_PROJECT_ID: "0123456789abcdef0123456789abcdef",
      OS_PROJECT_NAME: "My $ project",
      OS_USER_DOMAIN_NAME: "Default",
      OS_USERNAME: "demo",
      OS_REGION_NAME: "RegionOne",
      OS_INTERFACE: "public",
      OS_IDENTITY_API_VERSION: "3",
    });
  });

  it("tells the line of each variable", () => {
    assert.equal(parseOpenrc("/x", HORIZON, HOME).lines.get("OS_AUTH_URL"), 3);
  });

  it("reads the same with the line ends of Windows", () => {
    assert.deepEqual(read(HORIZON.replaceAll("\n", "\r\n")), read(HORIZON));
  });

  it("of kolla-ansible or TripleO is passed over where it clears the environment and dresses the prompt", () => {
    const text = `# Clear any old environment that may conflict.
for key in $( set | awk '{FS="="}  /^OS_/ {print $1}' ); do unset $key ; done
export OS_USERNAME=admin
export OS_PASSWORD='it''s'
export no_proxy=,10.0.0.1,$no_proxy
export PYTHONWARNINGS='ignore:Certificate has no, ignore:A true SSLContext object is not available'
# Add OS_CLOUDNAME to PS1
if [ -z "\${CLOUDPROMPT_ENABLED:-}" ]; then
    export PS1=\${PS1:-""}
    export PS1=\\\${OS_CLOUDNAME:+"(\\$OS_CLOUDNAME)"}\\ $PS1
    export CLOUDPROMPT_ENABLED=1
fi
`;
    assert.deepEqual(read(text), { OS_USERNAME: "admin", OS_PASSWORD: "its" });
  });

  it("of DevStack (accrc) or of export -p gives what it sets", () => {
    const text = `export OS_USERNAME="demo"\nexport OS_CACERT=""\nexport NOVA_CERT="$HOME/cacert.pem"
declare -x OS_AUTH_URL="http://10.0.0.1/identity"\nexport OS_CERT=~/me.pem OS_KEY=\${HOME}/me.key\n`;
    assert.deepEqual(read(text), {
      OS_USERNAME: "demo",
      OS_CACERT: "",
      OS_AUTH_URL: "http://10.0.0.1/identity",
      OS_CERT: "/home/demo/me.pem",
      OS_KEY: "/home/demo/me.key",
    });
  });

  it("counts only what it exports", () => {
    assert.deepEqual(read("OS_A=1\nOS_B=2; export OS_B\nset -a\nOS_C=3\nset +a\nOS_D=4"), { OS_B: "2", OS_C: "3" });
  });

  it("follows a test for emptiness, with both of its branches, and leaves at return", () => {
    const text = `export OS_A=1
if [ -n "$OS_A" ]
then
  export OS_B=2
  if [[ -z $OS_NONE ]]; then export OS_C=3; else export OS_D=4; fi
else export OS_E=5
fi
if [ -z "$OS_PASSWORD" ]; then read -s -p "Password: " OS_PASSWORD; export OS_PASSWORD; fi
return 0
export OS_F=6`;
    assert.deepEqual(read(text), { OS_A: "1", OS_B: "2", OS_C: "3" });
  });

  it("takes defaults, and variables that it sets itself", () => {
    const text = "HOST=10.0.0.1\nexport OS_AUTH_URL=http://$HOST:${OS_PORT:-5000}/v3";
    assert.deepEqual(read(text), { OS_AUTH_URL: "http://10.0.0.1:5000/v3" });
  });

  for (const [what, text, line, ...words] of [
    ["takes a value from a command", "\nexport OS_PASSWORD=$(pass show cloud)", 2, "a command's output"],
    ["takes a value from a command in backticks", 'export OS_PASSWORD="a`id`"', 1, "a command's output"],
    ["takes a value of this process", "export OS_AUTH_URL=http://evil.example/$AWS_SECRET", 1, "$AWS_SECRET"],
    ["has an expansion of another kind", "export OS_A=${HOME%x}", 1, "expansion"],
    ["takes another file in", "source ./more.sh", 1, "would have to be run"],
    ["sets a variable under a condition that cannot be told", "if [ -f x ]; then\nexport OS_A=1\nfi", 2, "(if)"],
    ["sets a variable in a loop", "for i in 1 2; do export OS_A=$i; done", 1, "(for)"],
    ["sets a variable if a command succeeds", "grep -q x y && export OS_A=1", 1, "operators"],
    ["sets a variable elsewhere", "(export OS_A=1)", 1],
    ["defines a function", "f() {\nexport OS_A=1\n}", 1],
    ["asks for the user's name", "read OS_USERNAME\nexport OS_USERNAME", 1, "OS_USERNAME"],
    ["prints into a variable", "printf -v OS_A x", 1],
    ["has a condition without an end", "if [ -f x ]; then\necho", 1, "end is missing"],
  ] as const) {
    it(`that ${what} is refused, with the line and a way out, without the line's text`, () => {
      assert.throws(() => read(text), userError("formats-openrc-unreadable", `line ${line}`, "envvars", ...words));
    });
  }

  for (const text of ["export OS_A='x", 'export OS_A="x', "cat <<END\nexport OS_A=1\nEND", "export OS_A=x\\"]) {
    it(`whose end cannot be found is refused: ${JSON.stringify(text)}`, () => {
      assert.throws(() => read(text), userError("formats-openrc-unreadable", "end is missing"));
    });
  }

  it("says nothing of a secret when it is refused", () => {
    assert.throws(
      () => read("export OS_PASSWORD=hunter2$(id)"),
      (error: unknown) => error instanceof UserError && !`${error.message}${error.remedy}`.includes("hunter2"),
    );
  });
});

describe("Quotes in an openrc file mean what they mean to bash", () => {
  const single = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
  const double = (text: string): string => `"${text.replace(/[$`"\\]/g, "\\$&")}"`;
  const bare = (text: string): string => text.replaceAll("\n", "").replace(/[^\w]/gu, "\\$&");

  it("of any text, however it is quoted", () => {
    const text = fc.string({ unit: "binary", maxLength: 20 }).filter((t) => !/[\0\r\uFEFF]/.test(t));
    const value = fc.array(fc.tuple(text, fc.constantFrom(single, double, bare)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(value, (parts) => {
        const meant = parts.map(([part, quote]) => (quote === bare ? part.replaceAll("\n", "") : part)).join("");
        const script = `export OS_A=${parts.map(([part, quote]) => quote(part)).join("")}\n`;
        assert.deepEqual(read(script), { OS_A: meant });
        assert.deepEqual(bash(script), { OS_A: meant });
      }),
      { numRuns: 150 },
    );
  });

  it("of whatever is read at all: what bash would make something else of is refused", () => {
    const bits = [
      "a",
      "b",
      " ",
      "'",
      '"',
      "\\",
      "$",
      "${",
      "}",
      "OS_A",
      "OS_B",
      "=",
      ":-",
      "#",
      ";",
      "\n",
      "~",
      "/",
      "{",
      ",",
    ];
    const words = ["export ", "unset ", "if [ -z ", " ]; then ", "; else ", "; fi", "export OS_A=", "OS_B="];
    const text = fc.array(fc.constantFrom(...bits, ...words), { maxLength: 16 }).map((parts) => parts.join(""));
    let taken = 0;
    fc.assert(
      fc.property(text, (script) => {
        const whole = `export OS_B=1\nexport OS_A=${script}\n`;
        let ours: Record<string, string>;
        try {
          ours = read(whole);
        } catch (error) {
          assert.ok(error instanceof UserError);
          return;
        }
        taken++;
        const theirs = bash(whole);
        if (!isDeepStrictEqual(ours, theirs) && isWhole(whole)) assert.deepEqual(ours, theirs, whole);
      }),
      { numRuns: 1500 },
    );
    assert.ok(taken > 100, `${taken} were read`);
  }).timeout(60_000);
});
