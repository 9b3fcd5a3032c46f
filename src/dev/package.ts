/**
 * Makes the VSIX that people install, and says what is in it.
 * usage: npm run package
 */
import { basename } from "node:path";
import { main } from "./main";
import { makeVsix } from "./vsix";

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`.padStart(10);

main(async () => {
  const { path, size, files } = await makeVsix();
  for (const file of files) console.log(`${kilobytes(file.size)}  ${file.name}`);
  console.log(`${kilobytes(size)}  ${basename(path)}`);
});
