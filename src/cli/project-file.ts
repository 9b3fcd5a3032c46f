import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../errors";
import type { ProjectFile } from "../formats/project-file";
import { PROJECT_FILE } from "../formats/project-file-name";
import { codeOf } from "../formats/sample-file";
import type { Terminal } from "./command";

/**
 * What the current folder's project file says; what is wrong in it is told on standard error.
 * @throws UserError if it is there and cannot be read
 */
export async function readProjectFile({ cwd, warn }: Pick<Terminal, "cwd" | "warn">): Promise<ProjectFile> {
  const file = join(cwd, PROJECT_FILE);
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    if (codeOf(cause) === "ENOENT") return { suppressions: [], definitions: [], problems: [] };
    throw new UserError("project-file-unreadable", `${file} cannot be read.`, "Check that you may read it.", { cause });
  }
  const { parseProjectFile } = await import("../formats/project-file");
  const project = parseProjectFile(text);
  for (const { message, line } of project.problems) warn(`${PROJECT_FILE}:${line + 1}: ${message}\n`);
  return project;
}
