/**
 * Runs a tool to its end: what it throws is told without a stack trace, and the exit code says so.
 * @param tool may resolve to an exit code
 */
export function main(tool: () => Promise<unknown>): void {
  tool().then(
    (code) => {
      process.exitCode = typeof code === "number" ? code : 0;
    },
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    },
  );
}
