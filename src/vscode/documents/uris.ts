import { Uri } from "vscode";
import type { RuleId } from "../../model";
import { idOf, titleOf, type Item } from "../items";
import { SCHEME } from "../manifest";
import { isRuleId } from "../rule-ids";
import { placeOfPair, type ComparedPair } from "./compared-pair";
import type { DocumentName } from "./names";

/**
 * `entropy:/NAME/flavors.yaml`: the path is what people see in the Problems view and on tabs, so it holds the cloud's or
 * machine's name; the query holds the item's id, because two clouds may have the same name.
 */
export function documentUri(item: Item, document: DocumentName): Uri {
  const folder = titleOf(item).replaceAll("/", "\u2215");
  return Uri.from({ scheme: SCHEME, path: `/${folder}/${document}`, query: idOf(item) });
}

/** `entropy:/rules/RULE.md` */
export function ruleUri(rule: RuleId): Uri {
  return Uri.from({ scheme: SCHEME, path: `/rules/${rule}.md` });
}

/** The rule that a `ruleUri` shows; null for every other URI. */
export function ruleOf({ path }: Uri): RuleId | null {
  const id = /^\/rules\/([^/]+)\.md$/.exec(path)?.[1];
  return isRuleId(id) ? id : null;
}

/**
 * `entropy:/NAME/lag of the bitstring.md`: a page on one estimate of an item of samples.
 * @param estimate `lag:bitstring`
 */
export function explanationUri(item: Item, estimate: string): Uri {
  const folder = titleOf(item).replaceAll("/", "\u2215");
  const name = estimate.replace(":", " of the ");
  return Uri.from({ scheme: SCHEME, path: `/${folder}/${name}.md`, query: idOf(item) });
}

/** The estimate that an `explanationUri` shows; null for every other URI. */
export function explainedEstimateOf({ path }: Uri): string | null {
  return /\/([a-z0-9-]+) of the (literal|bitstring)\.md$/.exec(path)?.slice(1).join(":") ?? null;
}

/** The page that puts two items of samples side by side. */
export function comparisonUri(pair: ComparedPair): Uri {
  return Uri.from({ scheme: SCHEME, ...placeOfPair(pair) });
}
