/** Writes the JSON Schemas of what the product writes. usage: npm run schema */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { format } from "prettier";
import { main } from "./main";
import { root } from "./paths";
import { SCHEMAS, schemaOf } from "./schemas";

main(async () => {
  for (const entry of SCHEMAS)
    await writeFile(
      join(root, entry.schema),
      await format(JSON.stringify(schemaOf(entry), inOrder, 2), { parser: "json", printWidth: 120 }),
    );
});

/** Members by name: a change in the types then changes no more of the file than it must. */
function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
