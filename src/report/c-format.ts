/** C's `%f`. */
export function fixed(value: number): string {
  return signOfZero(value) + value.toFixed(6);
}

/** C's `%.{digits}g`: so many significant digits, trailing zeros dropped, an exponent where it makes the text shorter. */
export function general(value: number, digits = 17): string {
  if (value === 0) return `${signOfZero(value)}0`;
  const [mantissa, exponentText] = value.toExponential(digits - 1).split("e");
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < digits) return withoutZeros(value.toFixed(Math.min(100, digits - 1 - exponent)));
  const sign = exponent < 0 ? "-" : "+";
  return `${withoutZeros(mantissa)}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

/** C writes the sign of a negative zero, JavaScript does not. */
const signOfZero = (value: number): string => (Object.is(value, -0) ? "-" : "");

function withoutZeros(decimal: string): string {
  return decimal.includes(".") ? decimal.replace(/\.?0+$/, "") : decimal;
}
