import type { Evidence, Finding, Subject, Track } from "../model";
import type { IidTests, PermutationRank } from "../model/iid";
import { finding } from "./finding";

/** 5.1: permutations that there are at most, and how many on its rarer side fail a statistic. */
const PERMUTATIONS = 10_000;
const FAILING = 5;
/** Up to this many on its rarer side, of all permutations, a statistic that passed was close to failing. */
const CLOSE = 2 * (FAILING + 1);

/**
 * What the rule for the IID track says of samples, if that track was asked for.
 * @param iid null when there was one symbol only
 * @param requestedTrack on `both`, a failure is for information: the non-IID track answers
 * @param what what the messages call the samples
 */
export function judgeIid(
  iid: IidTests | null,
  requestedTrack: Track | "both",
  subject: Subject,
  what: string = subject.name,
): readonly Finding[] {
  if (requestedTrack === "non-iid") return [];
  if (iid === null)
    return [
      finding("sp800-90b-iid", subject, {
        verdict: "inconclusive",
        message: `Whether ${what} is independent and identically distributed cannot be tested: there is one symbol only, and nothing to permute.`,
      }),
    ];
  const evidence = evidenceOf(iid);
  if (iid.verdict === "pass")
    return [
      finding("sp800-90b-iid", subject, {
        verdict: "pass",
        message: `${what} passes the tests for independent and identically distributed samples${closeness(iid)}. That alone does not make the source IID: the track also needs the submitter's claim (3.1.2).`,
        evidence,
      }),
    ];
  const message = `${what} fails the tests for independent and identically distributed samples: ${failures(iid).join(", ")}${closeness(iid)}.`;
  return [
    requestedTrack === "both"
      ? finding("sp800-90b-iid", subject, {
          verdict: "fail",
          severity: "info",
          message: `${message} The entropy is therefore that of the non-IID track.`,
          evidence,
        })
      : finding("sp800-90b-iid", subject, {
          verdict: "fail",
          message: `${message} The IID track gives no entropy of them.`,
          evidence,
          remedy: "Assess the samples on the non-IID track, which assumes nothing of them.",
        }),
  ];
}

/** The tests that failed, a statistic with its counts. */
function failures(iid: IidTests): string[] {
  const others = [
    { name: "chi-square independence", ...iid.chiSquareIndependence },
    { name: "chi-square goodness of fit", ...iid.chiSquareGoodnessOfFit },
    { name: "longest repeated substring", ...iid.longestRepeatedSubstring },
  ].filter(({ passed }) => !passed);
  return [
    ...ranked(iid)
      .filter(({ passed }) => !passed)
      .map(({ name, rarer, total }) => `${name} (${rarer} of ${total} permutations on its rarer side)`),
    ...others.map(({ name }) => name),
  ];
}

/** How far the verdict was from the other one, if it hangs on few permutations. */
function closeness(iid: IidTests): string {
  if (iid.verdict === "pass") {
    const [closest] = ranked(iid);
    if ((closest.rarer / closest.total) * PERMUTATIONS > CLOSE) return "";
    return `, narrowly: ${side(closest)}, and ${FAILING} of ${PERMUTATIONS} would have failed it`;
  }
  const failed = ranked(iid).filter(({ passed }) => !passed);
  const direct = [iid.chiSquareIndependence, iid.chiSquareGoodnessOfFit, iid.longestRepeatedSubstring];
  const farthest = Math.max(...failed.map(({ margin }) => margin));
  // with none at all on its rarer side, a statistic is as far off as can be seen
  if (direct.some(({ passed }) => !passed) || farthest > FAILING) return "";
  const more = `${farthest} more ${farthest === 1 ? "permutation" : "permutations"}`;
  return failed.length === 1
    ? `, narrowly: ${more} on that side would have passed it`
    : `, narrowly: ${more} on those sides would have passed them`;
}

interface Ranked extends PermutationRank {
  readonly name: string;
  /** Permutations at least, or at most, as great as the samples: the fewer of the two, and all. */
  readonly rarer: number;
  readonly total: number;
}

/** The statistics, the rarest first. */
function ranked({ permutation }: IidTests): Ranked[] {
  return Object.entries(permutation)
    .map(([name, rank]) => {
      const { greater, equal, less } = rank;
      return { name, ...rank, rarer: equal + Math.min(greater, less), total: greater + equal + less };
    })
    .toSorted((a, b) => a.rarer / a.total - b.rarer / b.total);
}

function side({ name, rarer, total, greater, less }: Ranked): string {
  const how = greater <= less ? "at least" : "at most";
  return `${rarer} of ${total} permutations were ${how} as great in ${name}`;
}

function evidenceOf(iid: IidTests): Evidence[] {
  const p = (label: string, pValue: number | null): Evidence => ({
    label: `p-value, ${label}`,
    value: pValue === null ? "not computed" : pValue.toPrecision(6),
  });
  return [
    { label: "seed", value: String(iid.seed) },
    { label: "permutations", value: String(iid.permutations) },
    { label: "rarest statistic", value: side(ranked(iid)[0]) },
    p("chi-square independence", iid.chiSquareIndependence.pValue),
    p("chi-square goodness of fit", iid.chiSquareGoodnessOfFit.pValue),
    p("longest repeated substring", iid.longestRepeatedSubstring.pValue),
  ];
}
