import { createGenerator, type Schema } from "ts-json-schema-generator";
import { join } from "node:path";
import { root } from "./paths";

/** What the product writes as JSON and takes as YAML: the type, the file that holds it, the schema that others validate with. */
export const SCHEMAS = [
  { type: "Report", path: "src/model.ts", schema: "src/report/report.schema.json" },
  { type: "ConditioningReport", path: "src/model/conditioning.ts", schema: "src/report/conditioning.schema.json" },
  { type: "InventoryReport", path: "src/model/inventory.ts", schema: "src/report/inventory.schema.json" },
  { type: "FleetReport", path: "src/model/fleet.ts", schema: "src/report/fleet.schema.json" },
  { type: "LintReport", path: "src/model/definitions.ts", schema: "src/report/definitions.schema.json" },
  { type: "BootTestDocument", path: "src/boot/document.ts", schema: "media/boot-test.schema.json" },
] as const;

/** The JSON Schema of a type, as the types say it now. */
export function schemaOf({ type, path, schema }: (typeof SCHEMAS)[number]): Schema {
  const generator = createGenerator({
    path: join(root, path),
    tsconfig: join(root, "tsconfig.json"),
    type,
    schemaId: schema.replace(/^.*\/|\.schema\.json$/g, ""),
    skipTypeCheck: true,
  });
  return generator.createSchema(type);
}
