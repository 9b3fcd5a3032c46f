/** Does a part of the work, and prints how long it took. */
export async function phase<T>(title: string, part: () => Promise<T>): Promise<T> {
  const begin = performance.now();
  const result = await part();
  console.log(`${((performance.now() - begin) / 1000).toFixed(1).padStart(6)} s  ${title}`);
  return result;
}
