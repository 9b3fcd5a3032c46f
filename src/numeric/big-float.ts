/**
 * Floating-point numbers of 192 bits and any exponent: mantissa * 2^exponent. For the few places where a tool's output
 * is to be reproduced beyond the digits of a double; everything is truncated, some units of the last place are lost.
 */
export interface BigFloat {
  readonly mantissa: bigint;
  readonly exponent: number;
}

const PRECISION = 192;
/** More terms than any of the series needs to reach 2^-192. */
const TERMS = 128;

/** The number mantissa * 2^exponent, cut to the precision. */
export function bigFloat(mantissa: bigint | number, exponent = 0): BigFloat {
  const m = BigInt(mantissa);
  const excess = bitLength(m) - PRECISION;
  // BigInt division truncates towards zero for both signs, a shift would not
  return excess > 0
    ? { mantissa: m / (1n << BigInt(excess)), exponent: exponent + excess }
    : { mantissa: m, exponent: m === 0n ? 0 : exponent };
}

/** How many bits the magnitude has. */
export function bitLength(m: bigint): number {
  return m === 0n ? 0 : (m < 0n ? -m : m).toString(2).length;
}

export function add(a: BigFloat, b: BigFloat): BigFloat {
  if (a.mantissa === 0n) return b;
  if (b.mantissa === 0n) return a;
  const [high, low] = top(a) >= top(b) ? [a, b] : [b, a];
  if (top(high) - top(low) > PRECISION + 2) return high;
  const exponent = Math.min(a.exponent, b.exponent);
  return bigFloat(shifted(a, exponent) + shifted(b, exponent), exponent);
}

export function negate(a: BigFloat): BigFloat {
  return { mantissa: -a.mantissa, exponent: a.exponent };
}

export function subtract(a: BigFloat, b: BigFloat): BigFloat {
  return add(a, negate(b));
}

export function multiply(a: BigFloat, b: BigFloat): BigFloat {
  return bigFloat(a.mantissa * b.mantissa, a.exponent + b.exponent);
}

/** @param b not 0 */
export function divide(a: BigFloat, b: BigFloat): BigFloat {
  const shift = Math.max(0, PRECISION + bitLength(b.mantissa) - bitLength(a.mantissa));
  return bigFloat((a.mantissa << BigInt(shift)) / b.mantissa, a.exponent - b.exponent - shift);
}

/** @param a not negative */
export function squareRoot(a: BigFloat): BigFloat {
  if (a.mantissa === 0n) return a;
  const shift = Math.max(0, 2 * PRECISION - bitLength(a.mantissa));
  const even = shift + ((a.exponent - shift) & 1);
  const square = a.mantissa << BigInt(even);
  let root = 1n << BigInt((bitLength(square) + 1) >> 1);
  for (;;) {
    const next = (root + square / root) >> 1n;
    if (next >= root) return bigFloat(root, (a.exponent - even) / 2);
    root = next;
  }
}

export function compare(a: BigFloat, b: BigFloat): number {
  const { mantissa } = subtract(a, b);
  return mantissa === 0n ? 0 : mantissa > 0n ? 1 : -1;
}

/** @param value positive */
export function log2(value: BigFloat): BigFloat {
  const power = top(value);
  // value / 2^power is in [0.5, 1)
  const rest = subtract({ mantissa: value.mantissa, exponent: value.exponent - power }, ONE);
  return add(bigFloat(power), divide(logOnePlus(rest), LOG_2));
}

/** log2(1 + x), with full relative precision for small x. @param x above -1 */
export function log2OnePlus(x: BigFloat): BigFloat {
  return top(x) <= -2 ? divide(logOnePlus(x), LOG_2) : log2(add(ONE, x));
}

/** 2^x. */
export function powerOfTwo(x: BigFloat): BigFloat {
  const whole = floor(x);
  const t = multiply(subtract(x, bigFloat(whole)), LOG_2);
  let term = ONE;
  let sum = ONE;
  for (let k = 1; k < TERMS; k++) {
    term = divide(multiply(term, t), bigFloat(k));
    sum = add(sum, term);
  }
  return { mantissa: sum.mantissa, exponent: sum.exponent + Number(whole) };
}

export const ONE = bigFloat(1);
/** The natural logarithm of 2. */
export const LOG_2 = logOnePlus(ONE);

/** log(1 + x) = 2 artanh(x / (2 + x)), for x in [-1/2, 1]. */
function logOnePlus(x: BigFloat): BigFloat {
  const y = divide(x, add(bigFloat(2), x));
  const square = multiply(y, y);
  let power = y;
  let sum = y;
  for (let k = 3; k < 2 * TERMS; k += 2) {
    power = multiply(power, square);
    sum = add(sum, divide(power, bigFloat(k)));
  }
  return multiply(bigFloat(2), sum);
}

/** One more than the exponent of the highest bit: the magnitude is in [2^(top - 1), 2^top). */
function top({ mantissa, exponent }: BigFloat): number {
  return mantissa === 0n ? -Infinity : bitLength(mantissa) + exponent;
}

function shifted({ mantissa, exponent }: BigFloat, to: number): bigint {
  return mantissa << BigInt(exponent - to);
}

function floor({ mantissa, exponent }: BigFloat): bigint {
  return exponent >= 0 ? mantissa << BigInt(exponent) : mantissa >> BigInt(-exponent);
}
