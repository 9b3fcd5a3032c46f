import { UserError } from "../../errors";
import { ConsoleTranscript } from "../../formats/console-transcript";
import { serverSilent } from "../errors";
import { consoleOutput } from "../server";
import type { Session } from "../session";

/** Milliseconds between two looks at a console. */
const LOOK_AGAIN = 5000;
/** Characters of a console that are read at a time; Nova gives 100 kB. */
const MOST = 1_000_000;
/** What trying again does not change. */
const FINAL = new Set(["openstack-no-console", "openstack-forbidden"]);

/**
 * Watches a server's console until our script has said everything.
 * @param deadline on the session's clock; what has come by then is what there is
 * @throws UserError if nothing came of the script
 */
export async function* watchConsole(
  session: Session,
  server: { readonly id: string; readonly name: string },
  run: string,
  deadline: number,
): AsyncGenerator<string, ConsoleTranscript> {
  const transcript = new ConsoleTranscript(run);
  const begin = session.clock.now();
  let lastLine = "";
  let failure: UserError | null = null;
  for (;;) {
    try {
      const text = (await consoleOutput(session.compute, server.id))?.slice(-MOST) ?? "";
      transcript.read(text);
      lastLine =
        text
          .trimEnd()
          .split(/[\r\n]+/)
          .at(-1) ?? "";
      failure = null;
    } catch (error) {
      if (!(error instanceof UserError) || FINAL.has(error.code)) throw error;
      failure = error;
    }
    if (transcript.finished) return transcript;
    if (session.clock.now() >= deadline) break;
    yield transcript.doing ?? (transcript.begun ? "the script has begun" : "the server is starting");
    await session.sleep(LOOK_AGAIN);
  }
  if (transcript.begun) return transcript;
  throw failure ?? serverSilent(server.name, (session.clock.now() - begin) / 1000, lastLine);
}
