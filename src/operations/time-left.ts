/** Milliseconds since some moment. */
export type Clock = () => number;

/** Marks that say enough about the rate: the first ones tell how long threads take to start. */
const FEWEST = 8;
/** Marks that are looked back on, so that a rate that changes is soon the new one. */
const MOST = 64;

/** Estimates how long some work will still take, by its rate of late. */
export class TimeLeft {
  private readonly marks: { readonly at: number; readonly done: number }[] = [];

  /** @param clock what time it is */
  constructor(private readonly clock: Clock) {}

  /**
   * Notes how far the work is.
   * @param done how much of it is done, in any unit
   * @param all how much it will be, as far as is known by now
   * @returns seconds; null until enough is known
   */
  after(done: number, all: number): number | null {
    this.marks.push({ at: this.clock(), done });
    if (this.marks.length > MOST) this.marks.shift();
    const first = this.marks[0];
    const last = this.marks[this.marks.length - 1];
    const gained = last.done - first.done;
    if (this.marks.length < FEWEST || gained <= 0) return null;
    return ((Math.max(0, all - done) / gained) * (last.at - first.at)) / 1000;
  }
}

/** `about 40 s left`, in the unit that people would say. */
export function timeLeftInWords(seconds: number): string {
  if (seconds < 90) return `about ${Math.ceil(seconds)} s left`;
  if (seconds < 5400) return `about ${Math.ceil(seconds / 60)} min left`;
  return `about ${Math.ceil(seconds / 3600).toLocaleString("en")} h left`;
}
