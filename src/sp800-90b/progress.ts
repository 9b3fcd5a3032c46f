/** Hears how far a computation is, 0 to 1, a bounded number of times and never from an inner loop. */
export type Progress = (fraction: number) => void;
