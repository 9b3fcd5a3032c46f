/**
 * Cutoffs of the adaptive proportion test: the rule as SP 800-90B 4.4.2 prints it, and the corrected one.
 * SciPy 1.17: 1 + binom.isf(alpha, W, 2**-H) and 2 + binom.isf(alpha, W - 1, 2**-H).
 */
export const ADAPTIVE_PROPORTION_CUTOFFS = [
  {
    window: 1024,
    log2Alpha: -20,
    h: [0.2, 0.4, 0.6, 0.8, 1],
    "sp800-90b": [941, 840, 748, 664, 589],
    corrected: [941, 841, 748, 664, 590],
  },
  {
    window: 1024,
    log2Alpha: -30,
    h: [0.2, 0.4, 0.6, 0.8, 1],
    "sp800-90b": [952, 856, 766, 683, 609],
    corrected: [952, 856, 766, 683, 609],
  },
  {
    window: 1024,
    log2Alpha: -40,
    h: [0.2, 0.4, 0.6, 0.8, 1],
    "sp800-90b": [961, 869, 780, 699, 625],
    corrected: [962, 869, 781, 699, 626],
  },
  {
    window: 512,
    log2Alpha: -20,
    h: [0.5, 1, 2, 4, 8],
    "sp800-90b": [410, 311, 177, 62, 13],
    corrected: [411, 311, 178, 63, 14],
  },
  {
    window: 512,
    log2Alpha: -30,
    h: [0.5, 1, 2, 4, 8],
    "sp800-90b": [422, 325, 190, 71, 16],
    corrected: [422, 325, 191, 71, 17],
  },
  {
    window: 512,
    log2Alpha: -40,
    h: [0.5, 1, 2, 4, 8],
    "sp800-90b": [432, 336, 201, 78, 19],
    corrected: [432, 337, 202, 79, 20],
  },
] as const;

/** Cutoffs of the repetition count test: [H, log2 alpha, C]. */
export const REPETITION_COUNT_CUTOFFS = [
  [1, -20, 21],
  [8, -20, 4],
  [0.5, -20, 41],
  [1 / 3, -30, 91],
  [0.333, -30, 92],
  [1, -30, 31],
  [8, -30, 5],
  [0.2, -20, 101],
] as const;
