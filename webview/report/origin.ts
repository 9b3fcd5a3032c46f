import type { SamplesOrigin } from "../../src/model/origin";
import { h } from "../dom";
import { foreign } from "../finding";
import { fileName, LIMITS, printable } from "../format";
import { badge } from "../mark";

/** Where samples are from, in the words of the `.meta` file beside them; entries that say nothing are left out. */
export function originSection(origin: SamplesOrigin): HTMLElement {
  const { metaFile, entries, digestAgrees } = origin;
  const rows = entries.filter(([, value]) => value !== "");
  return h(
    "section",
    { class: "origin" },
    h("h2", {}, "Origin"),
    h("p", { class: "muted" }, "As ", foreign(fileName(metaFile), LIMITS.name), " beside the samples says."),
    h(
      "dl",
      { class: "facts" },
      ...rows.flatMap(([key, value]) => [
        h("dt", {}, h("code", {}, printable(key, LIMITS.name))),
        h("dd", {}, foreign(value, LIMITS.sentence), key === "sha256" ? digestMark(digestAgrees) : null),
      ]),
    ),
  );
}

function digestMark(agrees: boolean | null): HTMLElement | null {
  if (agrees === null) return null;
  const mark = agrees ? badge("pass", "as the samples have it") : badge("warning", "not that of the samples");
  return h("p", { class: "origin-digest" }, mark);
}
