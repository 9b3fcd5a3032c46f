/** What SCS-0101 w1 asks of every flavor and image, letter by letter. */
export const REQUIRED_PROPERTIES = {
  flavor: { key: "hw_rng:allowed", value: "True" },
  image: { key: "hw_rng_model", value: "virtio" },
} as const;
