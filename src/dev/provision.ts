/**
 * Installs the VS Code server that tests run in, unless it is there.
 * usage: npm run vscode; ENTROPY_CHECK_VSCODE=oldest takes the oldest VS Code that the extension supports.
 */
import { main } from "./main";
import { chosenRelease, provisionVscode } from "./provision-vscode";

main(async () => {
  const { vscode } = await provisionVscode(chosenRelease());
  console.log(`VS Code ${vscode} is installed.`);
});
