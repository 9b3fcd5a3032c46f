import { openSampleFile } from "../formats/sample-file";
import { readNumbers } from "../formats/read-numbers";

/**
 * The width of the symbols of a file of one byte a symbol: that of the highest bit in use. Reads until that is certain.
 * @returns 1 to 8
 * @throws UserError when the file cannot be read or is empty
 */
export async function inferBits(path: string, signal: AbortSignal): Promise<number> {
  const file = await openSampleFile(path);
  let used = 0;
  const look = (samples: Uint32Array, _high: Uint32Array, length: number) => {
    for (let i = 0; i < length; i++) used |= samples[i];
  };
  try {
    const reading = readNumbers(file, { kind: "bytes" }, look, signal);
    while (used < 0x80 && !(await reading.next()).done);
  } finally {
    await file.handle.close();
  }
  return Math.max(1, 32 - Math.clz32(used));
}
