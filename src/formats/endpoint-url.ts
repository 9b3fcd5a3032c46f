/** An address without the slashes that it ends with. The pattern begins at the first of them: a run may be long. */
export const withoutFinalSlashes = (url: string): string => url.replace(/(?<!\/)\/+$/, "");
