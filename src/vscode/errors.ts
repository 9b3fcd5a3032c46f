import { UserError } from "../errors";

export function untrusted(): UserError {
  return new UserError(
    "vscode-untrusted",
    "Clouds and machines are not checked, and no machine is booted, in a folder that you have not said to trust: its files name hosts, hold credentials and say which programs to run.",
    "Trust the folder if you know who wrote it. Sample files can be assessed without.",
  );
}

/** @param authUrl where the cloud was */
export function cloudOfRunUnknown(cloud: string, authUrl: string): UserError {
  return new UserError(
    "vscode-cloud-of-run-unknown",
    `No clouds.yaml of this window names the cloud ${cloud} (${authUrl}), in which a run has left something.`,
    `Open the folder whose clouds.yaml names it and clean up there, or run "entropy-check clean-up" in that folder.`,
  );
}

/** @param cloud that of the environment */
export function noSourceFile(cloud: string): UserError {
  return new UserError(
    "vscode-no-source-file",
    `The cloud ${cloud} stands in no file: the OS_ variables of the environment describe it.`,
    "They are those that the editor was started with; look at them in the shell that started it.",
  );
}

export function itemGone(): UserError {
  return new UserError(
    "vscode-item-gone",
    "This cloud, machine or file is no longer listed.",
    "Choose it anew with one of the Entropy commands.",
  );
}

export function notOnDisk(uri: string): UserError {
  return new UserError(
    "vscode-not-on-disk",
    `${uri} is not a file on a disk that can be read from here.`,
    "Save a copy to the disk and assess that.",
  );
}

export function nothingUnfinished(): UserError {
  return new UserError(
    "vscode-nothing-unfinished",
    "No collection that was not finished was found in the folders of this window.",
    "Open the folder that it was collected into; beside its file lies one that ends in .unfinished.",
  );
}

export function noBootTests(): UserError {
  return new UserError(
    "vscode-no-boot-tests",
    "No boot test was found in this window's folders: no file NAME.boot-test.yaml.",
    "Write one, or open the demo, which brings one along.",
  );
}

export function tooFewSamples(): UserError {
  return new UserError(
    "vscode-too-few-samples",
    "Two assessed files are needed: one of raw samples, one of processed ones.",
    "Assess both with Assess Samples, then compare them.",
  );
}

export function noFolder(): UserError {
  return new UserError(
    "vscode-no-folder",
    "Suppressions are kept in the file .entropy-check.yaml of a folder, and no folder is open.",
    "Open the folder that the checks are for.",
  );
}
