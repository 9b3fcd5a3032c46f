import type { Finding, RuleId, Subject } from "../model";
import type {
  DefinedProperty,
  DefinedValue,
  Definition,
  DefinitionFinding,
  DefinitionSystem,
} from "../model/definitions";
import { finding } from "./finding";
import { flavorShortcoming } from "./flavor";
import { imageShortcoming } from "./image";
import { REQUIRED_PROPERTIES } from "./required-properties";
import { quoted } from "./text";

const { flavor: ALLOWED, image: MODEL } = REQUIRED_PROPERTIES;
const PERIOD = "hw_rng:rate_period";

/**
 * Milliseconds; libvirt's default is 1000. A smaller period than this is taken for seconds: 1, 5, 10 and 60 are what
 * public definitions have.
 */
const LEAST_PERIOD = 100;

const SYSTEMS: Readonly<Record<DefinitionSystem, string>> = {
  terraform: "Terraform",
  packer: "Packer",
  "flavor-manager": "openstack-flavor-manager",
  "image-manager": "openstack-image-manager",
  ansible: "Ansible",
  heat: "Heat",
  "k-orc": "OpenStack Resource Controller",
  "mapped-yaml": "the tool that reads this file",
};

type Change = DefinitionFinding["change"];

/**
 * What the rules for definitions say of a flavor or image as a file defines it.
 * @returns at least one finding, each at the place that it is about
 */
export function judgeDefinition(definition: Definition): readonly DefinitionFinding[] {
  return definition.resource === "flavor"
    ? [judgeAllowed(definition), ...judgePeriod(definition)]
    : [judgeModel(definition)];
}

function judgeAllowed(definition: Definition): DefinitionFinding {
  const rule = "scs-0101-flavor-definition";
  const present = propertyOf(definition, ALLOWED.key);
  if (present?.value.kind === "boolean" && definition.system !== "terraform" && present.value.value)
    return judgeBoolean(definition, present, present.value);
  return judge(definition, rule, ALLOWED, flavorShortcoming);
}

function judgeModel(definition: Definition): DefinitionFinding {
  return judge(definition, "scs-0101-image-definition", MODEL, imageShortcoming);
}

/** What is asked of an entry, worded as it is for a cloud's own flavors and images. */
function judge(
  definition: Definition,
  rule: RuleId,
  asked: { readonly key: string; readonly value: string },
  shortcoming: (name: string, value: string | undefined) => string,
): DefinitionFinding {
  const name = quoted(definition.name);
  const { key, value } = asked;
  const present = propertyOf(definition, key);
  const text = present === undefined ? undefined : textOf(present.value);
  const evidence = [{ label: key, value: text ?? "not set" }];
  if (text === value)
    return found(definition, rule, present, null, {
      verdict: "pass",
      message: `${capitalised(definition.resource)} ${name} has ${key}=${value}.`,
      evidence,
    });
  if (present?.value.kind === "unknown" || (present === undefined && !definition.complete))
    return found(definition, rule, present, null, {
      verdict: "inconclusive",
      message:
        `${capitalised(definition.resource)} ${name}: whether it has ${key}=${value} is known only when ` +
        `${SYSTEMS[definition.system]} runs.`,
      evidence: [],
      remedy: "Check the cloud after the run (entropy-check cloud NAME), or write the entry into the definition.",
    });
  return found(definition, rule, present, asked, {
    verdict: "fail",
    message: shortcoming(name, text),
    evidence,
    remedy: `Write ${definition.spelling?.[key] ?? key} with the text ${value} into its ${definition.resource === "flavor" ? "extra specs" : "properties"}.`,
  });
}

function judgeBoolean(
  definition: Definition,
  present: DefinedProperty,
  { text }: Extract<DefinedValue, { kind: "boolean" }>,
): DefinitionFinding {
  const name = quoted(definition.name);
  return found(definition, "nova-extra-spec-text", present, ALLOWED, {
    verdict: "fail",
    message:
      `Flavor ${name}: ${ALLOWED.key} is the boolean ${text}, not a text; ${SYSTEMS[definition.system]} sends a JSON ` +
      "boolean, which Nova refuses.",
    evidence: [{ label: ALLOWED.key, value: `${text} without quotation marks` }],
    remedy: 'Put it in quotation marks: "True".',
  });
}

function judgePeriod(definition: Definition): readonly DefinitionFinding[] {
  const present = propertyOf(definition, PERIOD);
  const text = present === undefined ? null : textOf(present.value);
  if (text == null || !/^\d{1,6}$/.test(text)) return [];
  const period = Number(text);
  if (period === 0 || period >= LEAST_PERIOD) return [];
  const change = { key: PERIOD, value: String(1000 * period) };
  return [
    found(definition, "nova-rng-rate-period", present, change, {
      verdict: "fail",
      message:
        `Flavor ${quoted(definition.name)}: ${PERIOD}=${text} is ${text} ms, for libvirt counts milliseconds; ` +
        `${text} s would be ${change.value}.`,
      evidence: [{ label: PERIOD, value: text }],
      remedy: `If seconds were meant, write ${change.value}.`,
    }),
  ];
}

function found(
  definition: Definition,
  rule: RuleId,
  present: DefinedProperty | undefined,
  change: Change,
  judgement: Pick<Finding, "verdict" | "message" | "evidence"> & { readonly remedy?: string },
): DefinitionFinding {
  const { resource, name } = definition;
  const at = present === undefined ? definition.at : placeOf(present);
  const subject: Subject = { kind: resource, id: `${definition.at.file}#${name}`, name };
  return { ...finding(rule, subject, judgement), at, change };
}

/** The value; the key where nothing stands behind it. */
function placeOf({ keyAt, value }: DefinedProperty): DefinedProperty["keyAt"] {
  return value.at.end > value.at.start ? value.at : keyAt;
}

function propertyOf({ properties }: Definition, key: string): DefinedProperty | undefined {
  return properties.find((property) => property.key === key);
}

/** What is sent: Terraform turns its booleans into texts, and a null is as good as nothing. */
function textOf(value: DefinedValue): string | undefined {
  return value.kind === "null" || value.kind === "unknown" ? undefined : value.text;
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
