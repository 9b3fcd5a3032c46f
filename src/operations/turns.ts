/** Does one thing after the other, whoever asks for it. */
export class Turns {
  /** Settles when nothing is being done any more. */
  #last: Promise<unknown> = Promise.resolve();

  /** @returns what `act` comes to, which begins when all that was asked for before has ended, however it did */
  take<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(act);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
