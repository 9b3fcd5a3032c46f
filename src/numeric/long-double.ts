import { bitLength, type BigFloat } from "./big-float";

/** The mantissa of x87's extended format, `long double` of C on x86. */
const MANTISSA = 64;

/** The nearest long double (ties away from zero), or the next one towards zero. */
export function toLongDouble({ mantissa, exponent }: BigFloat, rounding: "nearest" | "towards-zero"): BigFloat {
  const excess = bitLength(mantissa) - MANTISSA;
  if (excess <= 0) return { mantissa, exponent };
  const half = rounding === "nearest" ? 1n << BigInt(excess - 1) : 0n;
  const magnitude = ((mantissa < 0n ? -mantissa : mantissa) + half) >> BigInt(excess);
  return { mantissa: mantissa < 0n ? -magnitude : magnitude, exponent: exponent + excess };
}

/**
 * The long double just below the decimal number that a double stands for: what C's strtold makes of "0.7" rounding down.
 * @param value positive
 */
export function longDoubleOf(value: number): BigFloat {
  const [decimal, power] = value.toExponential().split("e");
  const [whole, fraction = ""] = decimal.split(".");
  const digits = BigInt(whole + fraction);
  const scale = Number(power) - fraction.length;
  if (scale >= 0) return toLongDouble({ mantissa: digits * 10n ** BigInt(scale), exponent: 0 }, "towards-zero");
  // enough for a quotient of more than 64 bits
  const shift = 2 * MANTISSA - 4 * scale;
  const mantissa = (digits << BigInt(shift)) / 10n ** BigInt(-scale);
  return toLongDouble({ mantissa, exponent: -shift }, "towards-zero");
}

/** C's `%.{digits}Lg` of a number that is not negative, digits beyond the last one cut off. */
export function generalTruncated({ mantissa, exponent }: BigFloat, digits: number): string {
  if (mantissa === 0n) return "0";
  // an estimate of the decimal exponent that is right or one too small
  let power = Math.floor((bitLength(mantissa) - 1 + exponent) * Math.LOG10E * Math.LN2);
  let decimal = scaled(mantissa, exponent, digits - 1 - power);
  if (decimal.length > digits) decimal = scaled(mantissa, exponent, digits - 1 - ++power);
  const significant = decimal.replace(/0+$/, "");
  if (power < -4 || power >= digits) {
    const rest = significant.length > 1 ? `.${significant.slice(1)}` : "";
    return `${significant[0]}${rest}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
  }
  if (power < 0) return `0.${"0".repeat(-power - 1)}${significant}`;
  const whole = significant.padEnd(power + 1, "0");
  return whole.length > power + 1 ? `${whole.slice(0, power + 1)}.${whole.slice(power + 1)}` : whole;
}

/** The whole part of mantissa * 2^exponent * 10^power, in decimal. */
function scaled(mantissa: bigint, exponent: number, power: number): string {
  let numerator = mantissa;
  let denominator = 1n;
  if (exponent >= 0) numerator <<= BigInt(exponent);
  else denominator <<= BigInt(-exponent);
  if (power >= 0) numerator *= 10n ** BigInt(power);
  else denominator *= 10n ** BigInt(-power);
  return (numerator / denominator).toString();
}
