import { judgeCertificate } from "../compliance/cloud-certificate";
import { judgeCleanUp, judgeDevice } from "../compliance/instance";
import type { Profile } from "../compliance/profiles";
import { judgeMachine } from "../compliance/scs-0101";
import { cloudReference, type CloudConfig } from "../formats/cloud-config";
import type {
  CloudSource,
  Flavor,
  Image,
  InstanceReport,
  MachineObservations,
  OperationEvent,
  Subject,
} from "../model";
import type { Instance, LeftBehind } from "../model/instance";
import { listFlavors } from "../openstack/compute";
import { listImages } from "../openstack/image";
import { chooseImages } from "../openstack/probe/choose-image";
import { projectNeeded } from "../openstack/errors";
import { Journal, newRunId } from "../openstack/probe/journal";
import { Session } from "../openstack/session";
import { closeReport } from "../report/build";
import { cleanUpRun } from "./clean-up";
import type { InstanceChoices, InstanceServices } from "./instance-choices";
import { messagesOf } from "./messages";
import { ProbeRun } from "./probe-run";

type Events<T = void> = AsyncGenerator<OperationEvent<InstanceReport>, T, undefined>;

/**
 * The live checks of SCS-0101 on servers that are made for them, one an image, and deleted however it ends. What goes
 * wrong with one server is inconclusive in the report.
 * @throws UserError when the cloud cannot be reached, refuses the login, or has no such image; the signal's reason
 */
export async function* checkInstance(
  cloud: CloudConfig,
  choices: InstanceChoices,
  services: InstanceServices,
  signal: AbortSignal,
): Events {
  const startedAt = new Date().toISOString();
  yield { type: "progress", message: `Logging in to ${cloud.name}`, fraction: 0 };
  const session = await Session.open(cloud, signal, services);
  if (session.project === null) throw projectNeeded(cloud);
  yield { type: "progress", message: "Listing flavors and images", fraction: 0.02 };
  const flavors: Flavor[] = [];
  for await (const page of listFlavors(session.compute, cloud.computeMicroversion)) flavors.push(...page.flavors);
  const listed: Image[] = [];
  for await (const page of listImages(session.image)) listed.push(...page.images);
  const images = chooseImages(listed, choices.images);

  const { project, region } = session;
  const header = { run: newRunId(), cloud: cloudReference(cloud), authUrl: cloud.authUrl, region, project, startedAt };
  const journal = await Journal.begin(services.journals, header);
  // null: nobody has cleaned up yet
  const cleaned: { left: readonly LeftBehind[] | null } = { left: null };
  let reported = false;
  try {
    const run = new ProbeRun(cloud, choices, services, journal, flavors, signal);
    const instances: Instance<MachineObservations>[] = [];
    for (const [index, image] of images.entries()) {
      for await (const event of told(run.probe(image), (instance) => instances.push(instance))) {
        const done = (index + (event.fraction ?? 0)) / images.length;
        yield { ...event, message: `${image.name}: ${event.message}`, fraction: 0.05 + 0.9 * done };
      }
    }
    const leftBehind = yield* messagesOf(async (tell) => {
      cleaned.left = await cleanUpRun(journal, cloud, services, tell);
      return cleaned.left;
    });
    const source: CloudSource = {
      kind: "cloud",
      name: cloud.name,
      region,
      authUrl: cloud.authUrl,
      definedAt: cloud.definedAt,
    };
    const findings = [
      ...judgeCertificate({ kind: "cloud", id: cloud.authUrl, name: cloud.name }, cloud),
      ...instances.flatMap((instance) => judge(instance, choices.profile)),
      ...judgeCleanUp({ kind: "cloud", id: cloud.authUrl, name: cloud.name }, leftBehind),
    ];
    const { run: id } = header;
    const body = { kind: "instance" as const, source, startedAt, findings, run: id, askedBy: choices.askedBy };
    const report = closeReport<InstanceReport>({ ...body, instances, leftBehind }, new Date().toISOString());
    reported = true;
    yield { type: "report", report };
  } finally {
    // nobody may be listening any more, so nothing is yielded here
    const left = cleaned.left ?? (await cleanUpRun(journal, cloud, services, () => undefined));
    if (!reported) tellLeftBehind(left, services);
  }
}

function tellLeftBehind(left: readonly LeftBehind[], { remark }: InstanceServices): void {
  for (const { kind, name, command } of left) remark(`Left behind: the ${kind} ${name}. By hand: ${command}`);
}

function judge(instance: Instance<MachineObservations>, profile: Profile): ReturnType<typeof judgeMachine> {
  const subject: Subject = { kind: "image", id: instance.image.id, name: instance.image.name };
  return [...judgeMachine(subject, instance.observations, profile), judgeDevice(subject, instance)];
}

/** What a generator yields; what it returns goes to `then`. */
async function* told<E, T>(events: AsyncGenerator<E, T>, then: (result: T) => void): AsyncGenerator<E, void> {
  then(yield* events);
}
