/** C's `%f`. */
export function fixed(value: number): string {
  return signOfZero(value) + decimal(value, 6);
}

/** C's `%.{digits}g`: so many significant digits, trailing zeros dropped, an exponent where it makes the text shorter. */
export function general(value: number, digits = 17): string {
  if (value === 0) return `${signOfZero(value)}0`;
  const [mantissa, exponentText] = scientific(value, digits - 1).split("e");
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < digits) return withoutZeros(decimal(value, digits - 1 - exponent));
  const sign = exponent < 0 ? "-" : "+";
  return `${withoutZeros(mantissa)}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

/** C writes the sign of a negative zero, JavaScript does not. */
const signOfZero = (value: number): string => (Object.is(value, -0) ? "-" : "");

/** Of what lies exactly between two texts C writes the even one, JavaScript the greater. */
function decimal(value: number, decimals: number): string {
  return evenOfTie(value.toFixed(decimals + TIE_DIGITS)) ?? value.toFixed(decimals);
}

function scientific(value: number, decimals: number): string {
  const [mantissa, exponent] = value.toExponential(decimals + TIE_DIGITS).split("e");
  const even = evenOfTie(mantissa);
  return even === null ? value.toExponential(decimals) : `${even}e${exponent}`;
}

/** More than doubles that are written here have beyond the digits asked for, unless they are no tie. */
const TIE_DIGITS = 60;

/** @returns null if the digits beyond those asked for are no tie, or its greater text is the even one */
function evenOfTie(exact: string): string | null {
  const text = exact.slice(0, -TIE_DIGITS);
  return /^50*$/.test(exact.slice(-TIE_DIGITS)) && /[02468]\.?$/.test(text) ? text.replace(/\.$/, "") : null;
}

function withoutZeros(decimal: string): string {
  return decimal.includes(".") ? decimal.replace(/\.?0+$/, "") : decimal;
}
