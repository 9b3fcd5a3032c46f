import type { FoundEstimate } from "../model";
import { estimate, type EstimationTask } from "../sp800-90b/assessment";
import { directTests, type DirectTests } from "../sp800-90b/iid/assessment";
import { comparePermutations, originalStatistics, type PermutationBatch } from "../sp800-90b/iid/permutation";
import type { StatisticValues } from "../sp800-90b/iid/statistics";
import type { Progress } from "../sp800-90b/progress";

/** One symbol a byte, in shared memory: threads read it where it is. */
export type SharedSamples = Uint8Array<SharedArrayBuffer>;

/** What a thread can be asked for. Everything that crosses the border between threads follows from this one interface. */
export interface Computations {
  readonly estimate: {
    readonly params: { readonly samples: SharedSamples; readonly bits: number; readonly task: EstimationTask };
    readonly result: readonly FoundEstimate[];
  };
  /** Of samples of two distinct values or more, as all that follow. */
  readonly directTests: { readonly params: { readonly samples: SharedSamples }; readonly result: DirectTests };
  readonly originalStatistics: {
    readonly params: { readonly samples: SharedSamples };
    readonly result: StatisticValues;
  };
  readonly comparePermutations: {
    readonly params: {
      readonly samples: SharedSamples;
      readonly original: StatisticValues;
      readonly batch: PermutationBatch;
    };
    readonly result: readonly StatisticValues[];
  };
}

export type Method = keyof Computations;
export type Params<M extends Method> = Computations[M]["params"];
export type Result<M extends Method> = Computations[M]["result"];

/** To a thread, one at a time. */
export interface Request<M extends Method = Method> {
  readonly method: M;
  readonly params: Params<M>;
}

/** From a thread: any number of `progress`, then one `ok` or one `err`. */
export type Reply<M extends Method = Method> =
  | { readonly type: "progress"; readonly fraction: number }
  | { readonly type: "ok"; readonly value: Result<M> }
  | { readonly type: "err"; readonly message: string };

const computations: { readonly [M in Method]: (params: Params<M>, progress: Progress) => Result<M> } = {
  estimate: ({ samples, bits, task }, progress) => estimate(samples, bits, task, progress),
  directTests: ({ samples }, progress) => directTests(samples, progress),
  originalStatistics: ({ samples }) => originalStatistics(samples),
  comparePermutations: ({ samples, original, batch }) => comparePermutations(samples, original, batch),
};

/** Answers a request. Never throws, so that nobody waits for ever. */
export function answer<M extends Method>({ method, params }: Request<M>, reply: (reply: Reply<M>) => void): void {
  try {
    reply({ type: "ok", value: computations[method](params, (fraction) => reply({ type: "progress", fraction })) });
  } catch (error) {
    reply({ type: "err", message: error instanceof Error ? error.message : String(error) });
  }
}
