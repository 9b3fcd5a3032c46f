import { UserError } from "../../errors";
import type { LeftBehind } from "../../model/instance";
import { waitedTooLong } from "../errors";
import type { Session } from "../session";
import { RESOURCE_KINDS, type Journal, type JournalEntry } from "./journal";
import { RESOURCES } from "./resources";

/** Milliseconds between two looks at something that is being deleted, and how long to look, at one and at everything. */
const LOOK_AGAIN = 2000;
const PATIENCE = 300_000;
const ALL_PATIENCE = 900_000;
/** After how many looks a deletion is asked for once more: a service that restarts forgets what it was doing. */
const ASK_AGAIN = 30;

/** Milliseconds before each further look for something whose making the cloud never confirmed: it may come late. */
const LATE = [3000, 10_000, 30_000];

/**
 * Deletes everything that a run has made, by what its journal says, in the order in which one thing frees the other, and
 * waits until it is gone. One thing that cannot be deleted does not keep the others.
 * @param session of the project that the run was in
 * @param only what to delete; everything unless given
 * @returns what is left, for people to delete
 * @throws the signal's reason when it aborts
 */
export async function cleanUp(
  journal: Journal,
  session: Session,
  tell: (message: string) => void,
  only: (entry: JournalEntry) => boolean = () => true,
): Promise<readonly LeftBehind[]> {
  const left: LeftBehind[] = [];
  const deadline = session.clock.now() + ALL_PATIENCE;
  for (const kind of RESOURCE_KINDS) {
    for (const entry of journal.entries.filter((e) => e.kind === kind && only(e))) {
      tell(`Deleting the ${spoken(kind)} ${entry.name}`);
      left.push(...(await deleteEntry(entry, session, deadline)));
      if (!left.some(({ name, kind: k }) => name === entry.name && k === kind)) await journal.gone(kind, entry.name);
    }
  }
  if (journal.entries.length === 0) await journal.end();
  return left;
}

async function deleteEntry(entry: JournalEntry, session: Session, deadline: number): Promise<LeftBehind[]> {
  const { find, command } = RESOURCES[entry.kind];
  const leftBehind = (id: string | null, reason: string): LeftBehind => ({
    ...{ kind: entry.kind, name: entry.name, id, reason },
    command: command(id ?? entry.name),
  });
  let ids: readonly string[];
  try {
    ids = await idsOf(entry, () => find(session, entry.name), session);
  } catch (error) {
    return [leftBehind(entry.id, reasonOf(error))];
  }
  const left: LeftBehind[] = [];
  for (const id of ids) {
    try {
      await deleteOne(entry, id, session, deadline);
    } catch (error) {
      left.push(leftBehind(id, reasonOf(error)));
    }
  }
  return left;
}

/** Under which ids the thing is there: the one that the cloud gave, and whatever else bears the run's name. */
async function idsOf(
  entry: JournalEntry,
  find: () => Promise<readonly string[]>,
  session: Session,
): Promise<readonly string[]> {
  if (entry.id !== null) return [...new Set([entry.id, ...(await find())])];
  for (const wait of [0, ...LATE]) {
    if (wait > 0) await session.sleep(wait);
    const ids = await find();
    if (ids.length > 0) return ids;
  }
  return [];
}

/** @param deadline on the session's clock; at least one try is made */
async function deleteOne({ kind, name }: JournalEntry, id: string, session: Session, deadline: number): Promise<void> {
  const { exists, remove } = RESOURCES[kind];
  const end = Math.min(deadline, session.clock.now() + PATIENCE);
  let failure: UserError | null = null;
  for (let look = 0; look === 0 || session.clock.now() < end; look++) {
    try {
      if (look % ASK_AGAIN === 0 || failure !== null) await remove(session, id);
      failure = null;
      if (!(await exists(session, id))) return;
    } catch (error) {
      if (!(error instanceof UserError) || error.code === "openstack-forbidden") throw error;
      failure = error;
    }
    await session.sleep(LOOK_AGAIN);
  }
  throw failure ?? waitedTooLong(`Deleting the ${spoken(kind)} ${name}`, PATIENCE / 1000);
}

/** Everything that a run may have left, when nobody could look. */
export function leftBehindBecause(journal: Journal, reason: string): readonly LeftBehind[] {
  return journal.entries.map(({ kind, name, id }) => ({
    ...{ kind, name, id, reason },
    command: RESOURCES[kind].command(id ?? name),
  }));
}

const spoken = (kind: string): string => kind.replaceAll("-", " ");

/** @throws whatever is not an error that a user can act on */
function reasonOf(error: unknown): string {
  if (error instanceof UserError) return error.message;
  throw error;
}
