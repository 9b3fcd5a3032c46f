/**
 * The FIPS 140-2 block tests (see `fips140/block-tests.ts`) in POSIX shell and awk, for a machine whose bytes cannot come
 * to us and that has no rngtest. What is inside of a byte is counted by the byte's value once a block; only the runs that
 * cross from one byte into the next are followed byte by byte, or awk would take minutes.
 */
import { LONGEST_RUN, ONES, POKER_SUM, RUNS } from "../fips140/block-tests";
import { bytesForBlocks } from "../fips140/stream";
import { FIPS_BLOCKS } from "./commands";

const ranges = RUNS.map(([least, most], i) => `least[${i + 1}] = ${least}; most[${i + 1}] = ${most}`).join("; ");

const AWK = `
BEGIN {
  ${ranges}
  for (b = 0; b < 256; b++) {
    value = b
    for (i = 8; i >= 1; i--) { bit[i] = value % 2; value = int(value / 2); ones[b] += bit[i] }
    first[b] = bit[1]; last[b] = bit[8]
    for (i = 1; i < 8 && bit[i + 1] == bit[1]; i++) ;
    head[b] = i
    for (i = 1; i < 8 && bit[8 - i] == bit[8]; i++) ;
    tail[b] = i
    n = 0
    for (i = head[b] + 1; i <= 8 - tail[b]; i += length_) {
      for (length_ = 1; bit[i + length_] == bit[i]; length_++) ;
      n++; inner[b, n] = bit[i] " " length_
    }
    inners[b] = n
  }
  for (key in inner) { split(inner[key], part, " "); innerRun[key] = part[1] SUBSEP (part[2] > 6 ? 6 : part[2]) }
  awaited = 4
}
{
  for (i = 1; i <= NF; i++) {
    b = $i + 0
    word = word * 256 + b
    if (--awaited == 0) {
      if (begun && word == before) again = 1
      before = word; word = 0; awaited = 4
      if (!begun) { begun = 1; continue }
    }
    if (!begun) continue
    seen[b]++
    if (b == 0 || b == 255) {
      if (run > 0 && first[b] != side) close_run()
      side = first[b]; run += 8
    } else {
      if (run > 0 && first[b] != side) close_run()
      side = first[b]; run += head[b]; close_run()
      side = last[b]; run = tail[b]
    }
    if (++bytes == 2500) close_block()
  }
}
function close_run() {
  if (run > ${LONGEST_RUN}) long_ = 1
  runs[side, run > 6 ? 6 : run]++
  run = 0
}
function close_block(   v, n, total, square, bad, k) {
  close_run()
  for (v = 0; v < 256; v++) if (v in seen) {
    total += seen[v] * ones[v]
    nibble[int(v / 16)] += seen[v]; nibble[v % 16] += seen[v]
    for (n = 1; n <= inners[v]; n++) runs[innerRun[v, n]] += seen[v]
  }
  for (v = 0; v < 16; v++) square += nibble[v] * nibble[v]
  if (total < ${ONES[0]} || total > ${ONES[1]}) { bad = 1; monobit++ }
  if (square < ${POKER_SUM[0]} || square > ${POKER_SUM[1]}) { bad = 1; poker++ }
  for (v = 0; v < 2; v++) for (n = 1; n <= 6; n++) if (runs[v, n] + 0 < least[n] || runs[v, n] + 0 > most[n]) k = 1
  if (k) { bad = 1; runsFailed++ }
  if (long_) { bad = 1; longFailed++ }
  if (again) { bad = 1; continuous++ }
  blocks++; failures += bad
  split("", seen); split("", nibble); split("", runs)
  bytes = 0; long_ = 0; again = 0
}
END {
  print "blocks " blocks + 0
  print "failures " failures + 0
  print "monobit " monobit + 0
  print "poker " poker + 0
  print "runs " runsFailed + 0
  print "long-run " longFailed + 0
  print "continuous-run " continuous + 0
}
`;

/** Octets as decimal numbers, by whichever of the two tools there is; without one there is no output, so no blocks. */
const DECIMALS = `if command -v od >/dev/null; then od -An -v -tu1; else hexdump -v -e '16/1 "%u " "\\n"'; fi`;

/** Tests blocks that come on standard input; `formats/block-count.ts` reads what it writes. */
export const COUNT_BLOCKS_OF_INPUT = `{ ${DECIMALS}; } | awk '${AWK}'`;

/** The same of /dev/random, as many blocks as the standard asks for. */
export const COUNT_BLOCKS = `head -c ${bytesForBlocks(FIPS_BLOCKS)} /dev/random | ${COUNT_BLOCKS_OF_INPUT}`;
