import type { InstanceReport, MachineObservations } from "../../src/model";
import type { Instance } from "../../src/model/instance";
import { h } from "../dom";
import { foreign, remedy } from "../finding";
import { LIMITS, printable } from "../format";
import { badge, markOf } from "../mark";
import { checksBody, type Context } from "./machine";

/** What servers of several images answered: for each the parts of a machine's report, and what is left behind. */
export function instanceBody(report: InstanceReport, context: Context): readonly HTMLElement[] {
  const ofRun = report.findings.filter(({ rule }) => rule === "probe-clean-up" || rule === "cloud-certificate");
  return [
    ...report.instances.flatMap((instance) => serverBody(instance, report, context)),
    ...ofRun.map((finding) =>
      h(
        "section",
        { class: "check" },
        h("p", {}, badge(markOf(finding)), " ", printable(finding.message, LIMITS.sentence)),
        finding.remedy === null ? null : remedy(finding.remedy),
      ),
    ),
  ];
}

function serverBody(
  { image, flavor, volume, notes, observations }: Instance<MachineObservations>,
  report: InstanceReport,
  context: Context,
): readonly HTMLElement[] {
  const findings = report.findings.filter(({ subject }) => subject.kind === "image" && subject.id === image.id);
  const disk = volume === null ? "" : `, from a volume of ${volume} GiB`;
  return [
    h("h2", { class: "server" }, foreign(image.name)),
    h("p", { class: "muted" }, "Flavor ", foreign(flavor?.name ?? "none"), disk),
    ...notes.map((note) => h("p", { class: "muted" }, printable(note, LIMITS.sentence))),
    ...checksBody({ findings, observations }, context),
  ];
}
