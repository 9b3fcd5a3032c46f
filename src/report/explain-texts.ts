import type { EstimatorId } from "../model";

interface EstimatorText {
  readonly name: string;
  /** What the estimator looks for, in plain words. */
  readonly looksFor: string;
  /** What to do about a value that is well below the ceiling. */
  readonly next: string;
}

/** What can be said of an estimator whatever the data. */
export const ESTIMATOR_TEXTS: Readonly<Record<EstimatorId, EstimatorText>> = {
  "most-common-value": {
    name: "Most common value",
    looksFor:
      "Whoever knows nothing but how often each value occurs guesses the most frequent one. The estimate is the chance of that guess, taken at the upper end of its 99 % confidence interval. It sees a bias and nothing else: the order of the samples does not matter to it.",
    next: "Plot a histogram of the samples. One value that stands out points to a stuck reading or a saturated converter; many values with gaps between them point to a clock or converter that is coarser than the symbol is wide, whose low bits are better dropped.",
  },
  collision: {
    name: "Collision",
    looksFor:
      "It reads the bits until a value comes up for the second time, notes how many bits that took, and begins again. Ideal bits take two or three, each as likely as the other; biased ones take fewer. The estimate is the strongest bias that such a mean allows, taken at its lower confidence bound.",
    next: "Compare with the most common value of the same bits. If that shows no bias, look at the stretch named above: the source may have been biased for a part of the recording only, or neighbouring bits depend on each other.",
  },
  markov: {
    name: "Markov",
    looksFor:
      "It counts how often each bit is followed by a zero and by a one, and bounds the probability of the likeliest sequence of 128 bits under such a first-order model. It sees a bias and a dependence between neighbouring bits.",
    next: "If zeros follow zeros and ones follow ones, the source is sampled faster than it changes: sample more slowly. If the bits tend to alternate, look for an oscillation or a correction that overshoots. In the bits of wider symbols it is often one bit of the symbol that is nearly constant.",
  },
  compression: {
    name: "Compression",
    looksFor:
      "It cuts the bits into blocks of six and measures how far back each block occurred before, after Maurer's universal test. The smaller the mean logarithm of that distance, the better the data could be compressed. It is the most cautious of the estimators: even ideal data score well below one bit per bit.",
    next: "A frequent block is a pattern of six bits: see how it lies in the symbol. If no block stands out, look at the stretch with the least mean; there the source repeated itself more than elsewhere.",
  },
  "t-tuple": {
    name: "t-tuple",
    looksFor:
      "It looks for tuples of neighbouring symbols, of whatever length, that occur at least 35 times, and takes the one that is most frequent for its length. It sees repeated patterns that are too long for the simpler estimators.",
    next: "Look at the places where the tuple occurs. Equal distances between them mean a period; a cluster means a stretch in which the source was stuck.",
  },
  lrs: {
    name: "LRS",
    looksFor:
      "LRS is the longest repeated substring. For tuples that are too long to occur 35 times it takes the chance that two of them are equal. It sees long repeats: buffers that were read twice, a generator that starts over, a pattern in the recording.",
    next: "Compare the data at the two places of the longest repeat. A repeat of thousands of symbols is never chance; it is usually the recording that copied a block, not the source.",
  },
  "multi-mcw": {
    name: "MultiMCW prediction",
    looksFor:
      "It predicts each symbol to be the most common one of the last 63, 255, 1023 or 4095, by whichever of the four windows did best so far. It sees a bias that drifts, which over all the data may even out.",
    next: "If a short window did best, the source drifts: look for temperature, supply voltage or load that changes during the recording, and plot a moving mean of the samples.",
  },
  lag: {
    name: "Lag prediction",
    looksFor:
      "It predicts each symbol to be the one that came up a fixed number of symbols before, from 1 to 128, by whichever lag did best so far. It sees periods.",
    next: "Turn the lag into time by the sampling rate and look for something of that period: mains, a refresh, a timer, a polling loop. A lag of a multiple of eight bits points to whole bytes or words that repeat.",
  },
  "multi-mmc": {
    name: "MultiMMC prediction",
    looksFor:
      "It learns what followed each context of 1 to 16 symbols and predicts the most frequent successor, by whichever length of context did best so far. It sees dependence on what just happened.",
    next: "A low order that does best means that neighbouring symbols depend on each other: sample more slowly or take differences. A high order means longer structure: a counter, a state machine, a deterministic generator.",
  },
  lz78y: {
    name: "LZ78Y prediction",
    looksFor:
      "It keeps a dictionary of contexts of up to 16 symbols, filled as a Lempel-Ziv compressor would, and predicts by the context whose most frequent successor was seen most often. It sees what such a compressor would save.",
    next: "Read it beside MultiMMC: where both are low, neighbouring symbols depend on each other; where this one alone is low, some strings come up again and again.",
  },
};
