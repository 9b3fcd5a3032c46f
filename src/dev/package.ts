/**
 * Makes the VSIX that people install, looks into it, and says its size.
 * usage: npm run package
 */
import { basename } from "node:path";
import { main } from "./main";
import { makeVsix } from "./vsix";

main(async () => {
  const { path, size } = await makeVsix();
  console.log(`${basename(path)}: ${(size / 1000).toFixed(1)} kB, no source map, no native add-on, no private key`);
});
