import { UserError } from "../errors";

/** @param ids the formats there are */
export function sampleFormatUnknown(id: string, ids: readonly string[]): UserError {
  return new UserError(
    "formats-sample-format-unknown",
    `There is no sample format "${id}".`,
    `Choose one of: ${ids.filter((known) => !known.includes("-timestamps") && !known.includes("-seconds")).join(", ")}; ` +
      "numbers may be followed by -timestamps (u32le-timestamps, decimal-timestamps64) or -seconds-nanoseconds.",
  );
}

/** @param reason the system's code, `ENOENT` */
export function sampleFileUnreadable(file: string, reason: string): UserError {
  return new UserError(
    "formats-samples-unreadable",
    `${file} cannot be read (${reason}).`,
    "Check that it exists, that it is a file, and that you may read it.",
  );
}

export function sampleFileIsDirectory(file: string): UserError {
  return new UserError("formats-samples-directory", `${file} is a directory.`, "Choose a file of samples in it.");
}

export function sampleFileEmpty(file: string): UserError {
  return new UserError(
    "formats-samples-empty",
    `${file} holds no samples.`,
    "Record samples first; see its recorder's log.",
  );
}

/** @param format in words */
export function sampleFileTooShort(file: string, format: string): UserError {
  return new UserError(
    "formats-samples-too-short",
    `${file} holds not one whole sample if read as ${format}.`,
    "Choose the format that the file is in.",
  );
}

export function sampleFileChanged(file: string): UserError {
  return new UserError(
    "formats-samples-changed",
    `${file} changed while it was read.`,
    "Wait until its recorder has finished, then try again.",
  );
}

/** @param line 1-based @param text the line @param expected what should be there */
export function sampleLineInvalid(file: string, line: number, text: string, expected: string): UserError {
  return new UserError(
    "formats-samples-line-invalid",
    `${file}, line ${line}: "${text}" is not ${expected}.`,
    "Mend or remove that line, or choose the format that the file is in.",
  );
}

/** @param line 1-based @param text the line @param bits of the widest number allowed */
export function sampleValueTooWide(file: string, line: number, text: string, bits: number): UserError {
  return new UserError(
    "formats-samples-value-too-wide",
    `${file}, line ${line}: "${text}" needs more than ${bits} bits.`,
    "Numbers go up to 18446744073709551615 (64 bits); timestamps of 32 bits to 4294967295. Mend the line or choose another format.",
  );
}

/** @param offset 1-based, of the byte in the file @param text the character */
export function sampleDigitInvalid(file: string, offset: number, text: string, radix: number): UserError {
  return new UserError(
    "formats-samples-digit-invalid",
    `${file}, byte ${offset}: "${text}" is no ${radix === 2 ? "binary" : "hexadecimal"} digit.`,
    "Choose the format that the file is in.",
  );
}

export function subsetInvalid(text: string): UserError {
  return new UserError(
    "formats-subset-invalid",
    `"${text}" names no subset.`,
    "Write INDEX,COUNT: the subset of COUNT samples that INDEX others of the same size come before, as in 0,1000000.",
  );
}

export function subsetBeyondEnd(file: string, first: number, count: number, samples: number): UserError {
  return new UserError(
    "formats-subset-beyond-end",
    `${file} has ${samples} samples; the subset wants ${count} from sample ${first} on.`,
    "Choose a smaller index or count.",
  );
}

/** @param limit how many can be assessed at once */
export function samplesTooMany(file: string, samples: number, limit: number): UserError {
  return new UserError(
    "formats-samples-too-many",
    `${file} has ${samples.toLocaleString("en")} samples; at most ${limit.toLocaleString("en")} are assessed at once.`,
    "Assess a subset of them.",
  );
}

/** @param samples how many there are */
export function samplesDoNotFit(file: string, samples: number): UserError {
  return new UserError(
    "formats-samples-do-not-fit",
    `The ${samples} samples of ${file} do not fit into memory.`,
    "Assess a subset of them.",
  );
}

export function symbolWidthInvalid(bits: number): UserError {
  return new UserError(
    "formats-symbol-width-invalid",
    `${bits} is not a number of bits per sample.`,
    "Give a whole number from 1 to 8, or none: then the highest bit in use tells.",
  );
}

/** @param offset of the first sample that does not fit @param needed bits of the greatest value in the file */
export function symbolWidthTooNarrow(
  file: string,
  bits: number,
  value: number,
  offset: number,
  needed: number,
): UserError {
  return new UserError(
    "formats-symbol-width-too-narrow",
    `${file} does not fit into ${bits} bits per sample: sample ${offset.toLocaleString("en")} is ${value}.`,
    `All of it fits into ${needed} bits (--bits ${needed}). If it should be narrower, it is not a file of one sample per byte.`,
  );
}

/** @param offset of the sample, from 0 */
export function sampleTooWide(file: string, bits: number, value: number, offset: number): UserError {
  return new UserError(
    "formats-sample-too-wide",
    `${file} does not fit into ${bits} bits per sample: sample ${offset.toLocaleString("en")} is ${value}.`,
    "State the width that the source's samples have, and the format that the file is in.",
  );
}

/** @param found how many there are @param wanted how many there should be @param missing names of gaps among them */
export function restartsMissing(folder: string, found: number, wanted: number, missing: readonly string[]): UserError {
  const shown = missing.slice(0, 5).join(", ");
  const more = missing.length > 5 ? ` and ${missing.length - 5} more` : "";
  return new UserError(
    "formats-restarts-missing",
    `${folder} holds the recordings of ${found} restarts, not ${wanted}${missing.length === 0 ? "" : `; missing: ${shown}${more}`}.`,
    `Record the first samples after each of ${wanted} restarts, a file per restart, numbered: restart-0001.data, restart-0002.data, ...`,
  );
}

/** @param names two files of the same number */
export function restartsAmbiguous(folder: string, names: readonly [string, string]): UserError {
  return new UserError(
    "formats-restarts-ambiguous",
    `${folder} holds two recordings of one number: ${names.join(" and ")}.`,
    "Keep one of them.",
  );
}

/** @param samples how many it holds @param wanted how many it should */
export function restartTooShort(file: string, samples: number, wanted: number): UserError {
  return new UserError(
    "formats-restart-too-short",
    `${file} holds ${samples} of the ${wanted} samples that a restart is to give.`,
    "Record that restart again; timestamps give one sample fewer than there are.",
  );
}

/** @param line 1-based */
export function metaLineInvalid(file: string, line: number, text: string): UserError {
  return new UserError(
    "formats-meta-line-invalid",
    `Line ${line} of ${file}, "${text}", is not a key and a value.`,
    "A line is a word of letters, digits, _ and -, then blanks, then the value. Correct it, or choose the format of the " +
      "samples yourself if that file is not theirs.",
  );
}

export function metaEntryInvalid(key: string): UserError {
  return new UserError(
    "formats-meta-entry-invalid",
    `"${key}" cannot be written to a .meta file with that value.`,
    "Keys are words of letters, digits, _ and -; values are single lines.",
  );
}
