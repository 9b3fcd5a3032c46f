/** A timer that stands still while a person is asked. */
export class Patience {
  private timer: NodeJS.Timeout | undefined;
  private ended = false;

  /** @param onEnd called once, when the time has passed */
  constructor(
    private readonly seconds: number,
    private readonly onEnd: () => void,
  ) {
    this.start();
  }

  /** Stops the clock until the answer is there, then starts it anew. */
  async during<T>(answer: Promise<T>): Promise<T> {
    clearTimeout(this.timer);
    try {
      return await answer;
    } finally {
      this.start();
    }
  }

  end(): void {
    this.ended = true;
    clearTimeout(this.timer);
  }

  private start(): void {
    if (!this.ended) this.timer = setTimeout(this.onEnd, this.seconds * 1000);
  }
}
