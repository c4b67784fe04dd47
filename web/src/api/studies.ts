import { get, Problem, send } from "./client.ts";
import { events } from "./events.ts";
import type { Findings } from "./findings.ts";

export interface StudySummary {
  id: string;
  title: string;
  question: string;
  as_of: string;
}

/** An assumption with its plausible range. */
export interface Parameter {
  id: string;
  label?: string | null;
  low: number | null;
  central: number;
  high: number | null;
  unit: string;
  source: string;
  assumed: boolean;
}

export interface Study extends StudySummary {
  parameters: Parameter[];
}

/** State of a job as OGC API – Processes words it. */
export interface Job {
  jobID: string;
  processID: string;
  status: "accepted" | "running" | "successful" | "failed" | "dismissed";
  message?: string | null;
  progress?: number | null;
}

export interface Progress {
  stage: string;
  done: number;
  total: number;
  /** 0 to 100. */
  progress?: number;
}

/** Changed assumptions: id to value. */
export type Changes = Record<string, number>;

export const studies = () => get<StudySummary[]>("v1/studies");
export const study = (id: string) => get<Study>(`v1/studies/${id}`);
export const findings = (job: string) => get<Findings>(`v1/jobs/${job}/results`);
export const job = (id: string) => get<Job>(`v1/jobs/${id}`);
export const dismiss = (id: string) => send(`v1/jobs/${id}`, { method: "DELETE" });

/** The study's own run: the same job for everybody, unless that failed or was given up. */
export async function ownRun(id: string): Promise<Job> {
  const known = await startRun(id, {}, `page-${id}`);
  const isLost = isOver(known) && known.status !== "successful";
  return isLost ? startRun(id, {}, `page-${id}-after-${known.jobID}`) : known;
}

/** What a run is asked to do otherwise than the study says. */
export interface Otherwise {
  set?: Changes;
  /** What is switched off, as `port/PECLL`. */
  off?: string[];
  scenario?: string;
  replications?: number;
}

/** Asks for a run; the same key is the same job. */
export async function startRun(id: string, otherwise: Otherwise, key?: string): Promise<Job> {
  const headers: Record<string, string> = { "Content-Type": "application/json" };
  if (key) headers["Idempotency-Key"] = key;
  const body = JSON.stringify(otherwise);
  const response = await send(`v1/studies/${id}/runs`, { method: "POST", headers, body });
  const location = response.headers.get("Location") ?? "";
  const answer = (await response.json().catch(() => undefined)) as Job | undefined;
  return answer?.jobID ? answer : job(location.replace(/^.*\//, ""));
}

/** Follows a job to its end; progress comes by server-sent events, and by asking if those fail. */
export async function follow(id: string, told: (progress: Progress) => void, signal: AbortSignal): Promise<Job> {
  const listening = new AbortController();
  signal.addEventListener("abort", () => listening.abort());
  void listen(id, told, listening.signal);
  try {
    for (;;) {
      const now = await job(id);
      if (isOver(now)) {
        if (now.status === "failed") throw new Problem("failed", now.message ?? "", undefined, 500);
        return now;
      }
      await news(id, signal);
    }
  } finally {
    listening.abort();
  }
}

/** Tells progress as it comes; a stream that breaks off is no loss, the job is asked after anyway. */
async function listen(id: string, told: (progress: Progress) => void, signal: AbortSignal): Promise<void> {
  try {
    for await (const { name, data } of events(`v1/jobs/${id}/events`, signal)) {
      if (name === "progress") told(JSON.parse(data));
      if (name === "status") hasNews.dispatchEvent(new Event(id));
    }
  } catch {
    // Nothing to do: see above.
  }
}

/** Rung when a job's status is told. */
const hasNews = new EventTarget();
/** How often a job is asked after beside its events, ms. */
const ASK_AGAIN_MS = 2000;

/** Waits until a job's status is told, or a moment; throws if nobody waits any more. */
function news(id: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const go = () => {
      clearTimeout(late);
      hasNews.removeEventListener(id, go);
      if (signal.aborted) reject(signal.reason);
      else resolve();
    };
    const late = setTimeout(go, ASK_AGAIN_MS);
    hasNews.addEventListener(id, go);
    signal.addEventListener("abort", go, { once: true });
  });
}

export function isOver(job: Job): boolean {
  return job.status !== "accepted" && job.status !== "running";
}
