import type { InventoryReport } from "../model/inventory";
import { inventoryRows } from "./inventory-text";
import type { Block } from "./page";

/** What randomness a machine has, fact by fact with where it comes from; what is not known with why and a remedy. */
export function inventoryPage(report: InventoryReport): readonly Block[] {
  const { source, takenAt } = report;
  return [
    { kind: "title", text: `The randomness of ${source.name}` },
    { kind: "paragraph", text: `${source.address}, asked at ${takenAt}.` },
    ...inventoryRows(report).flatMap(({ label, observation }): readonly Block[] => [
      { kind: "heading", text: label },
      ...(observation.status === "measured"
        ? [{ kind: "paragraph", text: observation.value } as const]
        : [{ kind: "paragraph", text: `Not known: ${observation.reason}. ${observation.remedy}` } as const]),
      { kind: "code", text: observation.provenance.asked },
    ]),
  ];
}
