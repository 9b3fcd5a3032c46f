/** Hands out a stream's bytes in pieces of the size that is asked for. */
export class BytePieces {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array(0);
  #received = 0;

  constructor(stream: AsyncIterable<Uint8Array>) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  /** Bytes handed out so far, and those that were left when the stream ended. */
  get received(): number {
    return this.#received;
  }

  /** The next `size` bytes; null when the stream ends before. */
  async read(size: number): Promise<Uint8Array | null> {
    const first = this.#take(size);
    if (first.length === size) return first;
    const piece = new Uint8Array(size);
    piece.set(first);
    for (let filled = first.length; filled < size;) {
      const next = await this.#chunks.next();
      if (next.done === true) return null;
      this.#chunk = next.value;
      const part = this.#take(size - filled);
      piece.set(part, filled);
      filled += part.length;
    }
    return piece;
  }

  /** Lets go of the stream. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  #take(most: number): Uint8Array {
    const part = this.#chunk.subarray(0, most);
    this.#chunk = this.#chunk.subarray(part.length);
    this.#received += part.length;
    return part;
  }
}
