/**
 * The samples' bits end to end, most significant first, one a byte: what a conditioned output is tested as (3.1.5.2).
 * @param width bits per sample
 * @param most how many bits from the start; null: all
 * @returns shared, as the samples are
 */
export function unpackedBits(samples: Uint8Array, width: number, most: number | null): Uint8Array<SharedArrayBuffer> {
  const length = Math.min(samples.length * width, most ?? Infinity);
  const bits = new Uint8Array(new SharedArrayBuffer(length));
  let at = 0;
  for (let i = 0; at < length; i++)
    for (let shift = width - 1; shift >= 0 && at < length; shift--) bits[at++] = (samples[i] >>> shift) & 1;
  return bits;
}
