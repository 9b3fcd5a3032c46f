import type { InstanceChoices } from "../operations/instance-choices";
import type { InstanceItem } from "./items";

/** What a person is asked before servers are made: the button, the question, and what will be done. */
export interface Consent {
  readonly make: string;
  readonly question: string;
  readonly detail: string;
}

/** The cloud, the images and the way before the person's eyes: servers cost money. */
export function consentOf({ name, images }: InstanceItem, choices: Omit<InstanceChoices, "images">): Consent {
  const { askedBy, flavor, network, mirror } = choices;
  const several = images.by === "all-public" || (images.by === "name" && images.names.length > 1);
  const of =
    images.by === "order" ? "a public image" : images.by === "name" ? images.names.join(", ") : "every public image";
  const asked =
    askedBy === "console"
      ? "over its console, without a login"
      : "over SSH, with a key that is made for it and deleted with it";
  const [flavorUsed, networkUsed] = [
    flavor === null ? "the most frugal flavor that fits" : `the flavor ${flavor}`,
    network === null ? "a network of its own" : `the network ${network}`,
  ];
  return {
    make: several ? "Make Servers" : "Make a Server",
    question: `Make ${several ? "a server each" : "a server"} of ${of} in the cloud ${name}?`,
    detail: [
      `It has ${flavorUsed} and ${networkUsed}, and is asked ${asked}.`,
      ...(mirror === null || askedBy === "ssh" ? [] : [`Where the image has no rngtest, it comes from ${mirror}.`]),
      "Everything that is made is deleted at the end, however it ends.",
      "The settings below entropyCheck.sampleInstance change this.",
    ].join(" "),
  };
}
