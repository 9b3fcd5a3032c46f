import { badUsage } from "./ea-tool";

const MOST = 2 ** 32 - 1;

/**
 * Reads a count, at least 1, as ea_conditioning does: decimal, hexadecimal after `0x`, octal after `0`.
 * @throws EaFailure in the tool's words
 */
export function parseEaInteger(text: string, name: string): number {
  const [word = "", digits = ""] = /^\s*\+?(0x[\da-f]+|0[0-7]*|[1-9]\d*)/i.exec(text) ?? [];
  if (word === "" || word.length < text.length)
    throw badUsage(`Non-integer characters in ${name}: '${text.charAt(word.length)}'\n`);
  return within(/^0\d/.test(digits) ? Number.parseInt(digits, 8) : Number(digits), 1, MOST, name);
}

/**
 * Reads a number from 0 on as ea_conditioning does.
 * @throws EaFailure in the tool's words
 */
export function parseEaReal(text: string, most: number, name: string): number {
  const [word = ""] = /^\s*[-+]?(0x[\da-f]+|(\d+\.?\d*|\.\d+)(e[-+]?\d+)?)/i.exec(text) ?? [];
  if (word === "" || word.length < text.length)
    throw badUsage(`Non-numeric characters in ${name}: '${text.charAt(word.length)}'\n`);
  return within(Number(word), 0, most, name);
}

function within(value: number, least: number, most: number, name: string): number {
  if (value < least) throw badUsage(`${name} must be greater than or equal to ${least}.\n`);
  if (value > most) throw badUsage(`${name} must be less than or equal to ${most}.\n`);
  return value;
}
