import type { OperationEvent } from "../model";

type Progress = Extract<OperationEvent, { type: "progress" }>;

/**
 * Runs work that tells by a callback what it is doing, and hands on what it tells. The work comes to its end also when
 * nobody listens any more.
 */
export async function* messagesOf<T>(
  work: (tell: (message: string) => void) => Promise<T>,
): AsyncGenerator<Progress, T> {
  return yield* eventsOf<Progress, T>((tell) => work((message) => tell({ type: "progress", message, fraction: null })));
}

/** The same, of work that tells anything. */
export async function* eventsOf<E, T>(work: (tell: (event: E) => void) => Promise<T>): AsyncGenerator<E, T> {
  const told: E[] = [];
  const state = { done: false, wake: (): void => undefined };
  const result = work((event) => {
    told.push(event);
    state.wake();
  }).finally(() => {
    state.done = true;
    state.wake();
  });
  // the loop below ends before anybody looks at the result
  result.catch(() => undefined);
  try {
    for (;;) {
      for (const event of told.splice(0)) yield event;
      if (state.done && told.length === 0) return await result;
      if (told.length === 0) await new Promise<void>((resolve) => (state.wake = resolve));
    }
  } finally {
    await result.catch(() => undefined);
  }
}
