import type { CloudReport, Flavor, Image, Observation } from "../../model";
import { DocumentWriter, type DocumentText } from "./text";

/** A cloud's flavors, as its compute API listed them; each flavor's id leads to its line. */
export function flavorsDocument({ source, observations }: CloudReport): DocumentText {
  return listDocument(`Flavors of the cloud ${source.name}`, "flavors", observations.flavors, flavorEntry);
}

/** A cloud's images, as its image API listed them; each image's id leads to its line. */
export function imagesDocument({ source, observations }: CloudReport): DocumentText {
  return listDocument(`Images of the cloud ${source.name}`, "images", observations.images, imageEntry);
}

function listDocument<T extends { readonly id: string }>(
  title: string,
  key: string,
  observation: Observation<readonly T[]>,
  entry: (subject: T) => object,
): DocumentText {
  const { provenance } = observation;
  const writer = new DocumentWriter()
    .comment(`${title}. Read-only: written by Entropy Check from the cloud's answer.`)
    .comment(`Asked ${provenance.of} at ${provenance.at}: ${provenance.asked}`)
    .blank();
  if (observation.status === "unmeasured")
    return writer
      .comment(`Not read: ${observation.reason}`)
      .comment(observation.remedy)
      .yaml({ [key]: null })
      .end();
  if (observation.value.length === 0)
    return writer
      .comment("The cloud listed none.")
      .yaml({ [key]: [] })
      .end();
  writer.line(`${key}:`);
  for (const subject of observation.value) writer.yaml([entry(subject)], 2, subject.id);
  return writer.end();
}

/** `extra_specs: null` is what the cloud itself says to a role that may not read them. */
function flavorEntry({ name, id, vcpus, ram, disk, isPublic, extraSpecs }: Flavor): object {
  return { name, id, vcpus, ram, disk, is_public: isPublic, extra_specs: extraSpecs };
}

function imageEntry({ name, id, status, visibility, minDisk, minRam, properties }: Image): object {
  return { name, id, status, visibility, min_disk: minDisk, min_ram: minRam, properties };
}
