import { checkInstance } from "../operations/check-instance";
import { environmentProxies } from "../openstack/proxies";
import { INSTANCE_DEFAULTS, instanceServices, type InstanceChoices } from "../operations/instance-choices";
import { CLOUD_USAGE, cloudEntry, namedCloud } from "./cloud-entry";
import { parseCommandLine, requiredNumber, usageError, type Command } from "./command";
import { OUTPUT_OPTIONS, outputUsage, prepareOutputs } from "./outputs";
import { chosenProfile, PROFILE_OPTION, PROFILE_USAGE } from "./profile";
import { runToReport } from "./report-output";

const NAME = "instance";

const OPTIONS = {
  ...OUTPUT_OPTIONS,
  ...PROFILE_OPTION,
  image: { type: "string", multiple: true },
  "all-public": { type: "boolean" },
  flavor: { type: "string" },
  network: { type: "string" },
  "floating-ip": { type: "boolean" },
  by: { type: "string" },
  user: { type: "string" },
  mirror: { type: "string" },
  timeout: { type: "string" },
} as const;

export const instanceCommand: Command = {
  usage: `entropy-check instance [NAME] [--image NAME|PATTERN]... [--all-public] [--by console|ssh] [OPTION]...

Makes a server, asks it whether rngd runs, whether entropy_avail is 256, and how many of 1000 FIPS 140-2 blocks of
/dev/random fail, and deletes everything that it has made, also when it fails or is interrupted. Over the console it
needs no key, no floating address, no package mirror and no rngtest in the image.
${CLOUD_USAGE}
  --image NAME          the image; a pattern may have * and ?; may be repeated. Else the newest public Debian, else
                        Ubuntu, else any, as the standard's own script chooses
  --all-public          every public image, one after the other
  --flavor NAME         the flavor, else the most frugal that fits and allows a random number generator
  --network NAME        a network that is there, else one is made for the run
  --by console|ssh      ask over the server's console (default), or log in with a key that is made for the run
  --floating-ip         over SSH in a network that is there: take a floating address
  --user NAME           over SSH: who logs in, else whom the image's properties or its distribution name
  --mirror URL          over the console: an apt mirror to take rngtest from where the image has none
  --timeout SECONDS     what each server is given from its making to its last answer; ${INSTANCE_DEFAULTS.timeout} unless given
${PROFILE_USAGE}${outputUsage(true)}`,
  run: async (args, terminal) => {
    const { values, positionals } = parseCommandLine(NAME, {
      args: [...args],
      allowPositionals: true,
      options: OPTIONS,
    });
    const images = values.image ?? [];
    if (images.length > 0 && values["all-public"] === true) {
      throw usageError("--image and --all-public exclude each other.", NAME);
    }
    const timeout =
      values.timeout === undefined ? INSTANCE_DEFAULTS.timeout : requiredNumber(values.timeout, "timeout", NAME);
    if (timeout <= 0) throw usageError("--timeout is not more than 0.", NAME);
    const choices: InstanceChoices = {
      images:
        images.length > 0
          ? { by: "name", names: images }
          : { by: values["all-public"] === true ? "all-public" : "order" },
      flavor: values.flavor ?? null,
      network: values.network ?? null,
      askedBy: askedBy(values.by),
      floatingAddress: values["floating-ip"] ?? false,
      user: values.user ?? null,
      mirror: values.mirror ?? null,
      timeout,
      profile: chosenProfile(values.profile, NAME),
    };
    const outputs = await prepareOutputs(values, { command: NAME, kind: "instance" }, terminal);
    const cloud = await cloudEntry(namedCloud(positionals, NAME), terminal);
    const services = instanceServices(terminal.env, terminal.home, environmentProxies(terminal.env), (text) =>
      terminal.warn(`${text}\n`),
    );
    return runToReport(checkInstance(cloud, choices, services, terminal.signal), outputs, terminal);
  },
};

function askedBy(by: string | undefined): InstanceChoices["askedBy"] {
  if (by === undefined || by === "console") return "console";
  if (by === "ssh") return "ssh";
  throw usageError(`--by ${by}: it is console or ssh.`, NAME);
}
