import { parentPort } from "node:worker_threads";
import { DISK } from "./lint";
import { lintFile } from "./lint-definitions";
import type { ThreadMessage, ThreadReply } from "./lint-in-thread";

const running = new Map<number, AbortController>();

parentPort?.on("message", (message: ThreadMessage) => {
  if (message.type === "abort") running.get(message.id)?.abort();
  else void answer(message).then((reply) => parentPort?.postMessage(reply));
});

/** Never throws, so that nobody waits for ever. */
async function answer({ id, request }: Extract<ThreadMessage, { type: "lint" }>): Promise<ThreadReply> {
  const run = new AbortController();
  running.set(id, run);
  const { file, open, settings } = request;
  const texts = { ...DISK, read: async (path: string) => open.get(path) ?? (await DISK.read(path)) };
  try {
    const { findings } = await lintFile(file, texts, settings, run.signal);
    return { id, findings: findings.filter(({ verdict }) => verdict === "fail" || verdict === "inconclusive") };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  } finally {
    running.delete(id);
  }
}
