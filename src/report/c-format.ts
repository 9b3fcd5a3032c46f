/** C's `%f`. */
export function fixed(value: number): string {
  return value.toFixed(6);
}

/** C's `%.{digits}g`: so many significant digits, trailing zeros dropped, an exponent where it makes the text shorter. */
export function general(value: number, digits = 17): string {
  if (value === 0) return "0";
  const [mantissa, exponentText] = value.toExponential(digits - 1).split("e");
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < digits) return withoutZeros(value.toFixed(Math.min(100, digits - 1 - exponent)));
  const sign = exponent < 0 ? "-" : "+";
  return `${withoutZeros(mantissa)}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

function withoutZeros(decimal: string): string {
  return decimal.includes(".") ? decimal.replace(/\.?0+$/, "") : decimal;
}
