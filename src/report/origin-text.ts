import type { SamplesOrigin } from "../model/origin";

/** Where samples are from, in lines; an entry that says nothing is left out. */
export function originLines(origin: SamplesOrigin | undefined): readonly string[] {
  if (origin === undefined) return [];
  return [
    `From, by ${origin.metaFile}:`,
    ...originEntries(origin).map(([key, value]) => `  ${key.padEnd(WIDTH)}${value}`),
  ];
}

const WIDTH = 18;

/** The entries that say something; of a SHA-256, whether it is that of the samples. */
export function originEntries({ entries, digestAgrees }: SamplesOrigin): readonly (readonly [string, string])[] {
  return entries
    .filter(([, value]) => value !== "")
    .map(([key, value]) => {
      if (key !== "sha256" || digestAgrees === null) return [key, value];
      return [key, digestAgrees ? `${value}, as the samples have it` : `${value}, which is not that of the samples`];
    });
}
