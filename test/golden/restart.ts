/**
 * Restart matrices and what NIST's ea_restart 1.1.7 said of them. The tool simulates its cutoff, so that it may differ
 * by one; H_r and H_c are its estimates of the two datasets.
 */
export const RESTART_RUNS = [
  { matrix: "biased-1", bits: 1, hI: 0.5, cutoff: 770, xMax: 750, hR: 0.323867, hC: 0.32394, minEntropy: 0.323867 },
  { matrix: "biased-1", bits: 1, hI: 0.5, cutoff: 769, xMax: 750, hR: 0.514098, hC: 0.514098, minEntropy: 0.5 },
  { matrix: "cold-4", bits: 4, hI: 3.5, cutoff: 135, xMax: 953, hR: null, hC: null, minEntropy: null },
  { matrix: "normal-8", bits: 8, hI: 5, cutoff: 63, xMax: 41, hR: 5.461393, hC: 5.306231, minEntropy: 5 },
  { matrix: "uniform-8", bits: 8, hI: 7.8, cutoff: 20, xMax: 16, hR: 7.877522, hC: 7.877522, minEntropy: 7.8 },
  { matrix: "uniform-8", bits: 8, hI: 7, cutoff: 27, xMax: 16, hR: 7.353758, hC: 6.638405, minEntropy: 6.638405 },
] as const;
