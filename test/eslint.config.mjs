import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist/", "out/", ".openstack-test/", ".vscode-test/", "node_modules/"] },
  {
    files: ["src/**/*.ts", "webview/**/*.ts", "test/**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ["tsconfig.json", "webview/tsconfig.json"],
        tsconfigRootDir: `${import.meta.dirname}/..`,
      },
    },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    // mocha's describe and it hand their promises to mocha
    files: ["test/**/*.ts"],
    rules: { "@typescript-eslint/no-floating-promises": "off" },
  },
  {
    // what nobody compiles
    files: ["src/**/*.mjs", "test/**/*.{mjs,cjs}"],
    languageOptions: { globals: { console: false, process: false, setTimeout: false, URL: false } },
    rules: { "no-undef": "error", "no-unused-vars": "error" },
  },
  {
    files: ["test/**/*.cjs"],
    languageOptions: { sourceType: "commonjs" },
  },
);
