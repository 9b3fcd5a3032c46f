/** esbuild takes the style sheets that a file imports into the bundle's own style sheet. */
declare module "*.css";
