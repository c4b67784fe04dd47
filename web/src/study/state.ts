import { effect, signal } from "@preact/signals";
import { isGivenUp, Problem } from "../api/client.ts";
import type { Findings } from "../api/findings.ts";
import * as api from "../api/studies.ts";
import { mapShows } from "../map/current.ts";
import { change, view } from "../state/view.ts";

export const summaries = signal<api.StudySummary[]>([]);
export const study = signal<api.Study | undefined>(undefined);
/** What the study's own assumptions give. */
export const own = signal<Findings | undefined>(undefined);
/** What changed assumptions give; undefined while none are changed. */
export const changed = signal<Findings | undefined>(undefined);
export const problem = signal<Problem | undefined>(undefined);

/** A run that is under way. */
export interface Running {
  job: string;
  progress: api.Progress | undefined;
  /** Whether it was asked for with changed assumptions. */
  changed: boolean;
}
export const running = signal<Running | undefined>(undefined);

/** What is shown: the changed run if there is one. */
export function shown(): Findings | undefined {
  return view.value.job ? changed.value : own.value;
}

/** The job whose results are shown. */
export const ownJob = signal("");
export function shownJob(): string {
  return view.value.job || ownJob.value;
}

/** The job whose results `changed` holds. */
let changedJob = "";

/** Loads the list, and the study that the address names with its own run. */
export function keepStudies(): void {
  let opened = "";
  effect(() => {
    const { page, study: id, job: wanted } = view.value;
    if (page !== "studies") return;
    if (summaries.peek().length === 0) void listStudies();
    if (id !== opened) {
      opened = id;
      open(id);
    }
    if (wanted !== changedJob) {
      changedJob = wanted;
      changed.value = undefined;
      if (wanted) void take(wanted, changed);
    }
  });
}

async function listStudies(): Promise<void> {
  try {
    summaries.value = await api.studies();
  } catch (error) {
    problem.value = asProblem(error);
  }
}

let current = new AbortController();

function open(id: string): void {
  current.abort();
  current = new AbortController();
  study.value = own.value = problem.value = running.value = undefined;
  ownJob.value = "";
  mapShows.value = { kind: "routes", swipe: false };
  if (!id) return;
  void load(id, current.signal);
}

async function load(id: string, signal: AbortSignal): Promise<void> {
  try {
    const found = await api.study(id);
    if (signal.aborted) return;
    study.value = found;
    const job = await api.ownRun(id);
    if (signal.aborted) return;
    ownJob.value = job.jobID;
    own.value = await finish(job, signal, false);
  } catch (error) {
    if (!signal.aborted && !isGivenUp(error)) problem.value = asProblem(error);
  }
}

/** Tries once more to open the study. */
export function tryAgain(): void {
  open(view.value.study);
}

/** Runs the study otherwise than it says and shows what comes of it. */
export async function rerun(otherwise: api.Otherwise): Promise<void> {
  const { signal } = current;
  problem.value = undefined;
  try {
    const job = await api.startRun(view.value.study, otherwise);
    if (signal.aborted) return;
    const found = await finish(job, signal, true);
    if (!found) return;
    changedJob = job.jobID;
    changed.value = found;
    change({ job: job.jobID });
  } catch (error) {
    if (!signal.aborted) problem.value = asProblem(error);
  } finally {
    if (!signal.aborted) running.value = undefined;
  }
}

/** Waits for a job and gives what it found; nothing if it failed, was cancelled or is no longer wanted. */
async function finish(job: api.Job, signal: AbortSignal, isChanged: boolean): Promise<Findings | undefined> {
  const told = (progress: api.Progress | undefined) => {
    if (!signal.aborted) running.value = { job: job.jobID, progress, changed: isChanged };
  };
  if (!api.isOver(job)) {
    told(undefined);
    job = await api.follow(job.jobID, told, signal);
  }
  if (signal.aborted) return undefined;
  if (job.status !== "successful") {
    running.value = undefined;
    throw new Problem(job.status === "dismissed" ? "cancelled" : "failed", job.message ?? "", undefined, 0);
  }
  const found = await api.findings(job.jobID);
  if (signal.aborted) return undefined;
  running.value = undefined;
  return found;
}

async function take(job: string, into: typeof own): Promise<void> {
  const { signal } = current;
  try {
    const found = await api.findings(job);
    if (!signal.aborted) into.value = found;
  } catch (error) {
    if (!signal.aborted) problem.value = asProblem(error);
  }
}

/** Gives up the run that is under way. */
export async function cancel(): Promise<void> {
  const now = running.value;
  if (now) await api.dismiss(now.job);
}

/** Back to the study's own assumptions. */
export function forget(): void {
  change({ job: "" });
  changed.value = undefined;
}

function asProblem(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem("internal", String(error), undefined, 0);
}
