import { UserError } from "../errors";
import type { CloudConfig } from "../formats/cloud-config";
import type { LeftBehind } from "../model/instance";
import { systemClock } from "../openstack/clock";
import { otherProject } from "../openstack/errors";
import type { HttpServices } from "../openstack/http";
import { cleanUp, leftBehindBecause } from "../openstack/probe/clean-up";
import { Journal } from "../openstack/probe/journal";
import { Session } from "../openstack/session";

export interface CleanUpServices extends HttpServices {
  /** The folder of the journals. */
  readonly journals: string;
  /** Hears what a run that has failed could not delete. */
  readonly remark: (text: string) => void;
}

/** Milliseconds after which cleaning up is given up; what is left is told. */
const LONGEST = 1_800_000;

/**
 * Deletes what a run has made, by a login and a patience of its own: whoever has cancelled the run has not cancelled this.
 * @returns what is left; nothing is thrown for it
 */
export async function cleanUpRun(
  journal: Journal,
  cloud: CloudConfig,
  services: CleanUpServices,
  tell: (message: string) => void,
): Promise<readonly LeftBehind[]> {
  if (journal.entries.length === 0) {
    await journal.end();
    return [];
  }
  const signal = AbortSignal.timeout(LONGEST);
  try {
    const session = await patientLogin(cloud, services, signal);
    if (session.project !== journal.header.project) throw otherProject(cloud, journal.header.run);
    return await cleanUp(journal, session, tell);
  } catch (error) {
    if (error instanceof UserError) return leftBehindBecause(journal, error.message);
    if (signal.aborted) return leftBehindBecause(journal, "cleaning up took too long.");
    throw error;
  }
}

/** Milliseconds before each further try to log in: what could not be reached a moment ago may be reached again. */
const LOGIN_AGAIN = [2000, 10_000, 30_000, 60_000];
const FOR_THE_MOMENT = new Set([
  ...["openstack-unreachable", "openstack-timeout", "openstack-unavailable"],
  ...["openstack-proxy-unreachable", "openstack-proxy-timeout", "openstack-proxy-no-way"],
]);

async function patientLogin(cloud: CloudConfig, services: CleanUpServices, signal: AbortSignal): Promise<Session> {
  const { clock = systemClock } = services;
  for (const wait of LOGIN_AGAIN) {
    try {
      return await Session.open(cloud, signal, services);
    } catch (error) {
      if (!(error instanceof UserError && FOR_THE_MOMENT.has(error.code))) throw error;
      await clock.sleep(wait, signal);
    }
  }
  return Session.open(cloud, signal, services);
}

/** A run that did not come to its end, and what is left of it. */
export interface UnfinishedRun {
  readonly journal: Journal;
  /** Whether its process may still be at work; then it is none of our business. */
  readonly running: boolean;
}

/** The runs that have left a journal, the oldest first. @param cloud of this cloud alone; null: of any */
export async function unfinishedRuns(folder: string, cloud: string | null): Promise<readonly UnfinishedRun[]> {
  const journals = (await Journal.all(folder)).filter(({ header }) => cloud === null || header.cloud === cloud);
  return journals
    .toSorted((a, b) => a.header.startedAt.localeCompare(b.header.startedAt))
    .map((journal) => ({ journal, running: journal.isRunning }));
}
