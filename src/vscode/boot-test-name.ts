/** Whether a file is a boot-test definition, by its name; package.json's menus and its schema go by the same. */
export function isBootTestFile(file: string): boolean {
  return /\.boot-test\.ya?ml$/.test(file);
}
