import { get, isGivenUp, Problem, send } from "./client.ts";
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
export function follow(id: string, told: (progress: Progress) => void, signal: AbortSignal): Promise<Job> {
  return new Promise((resolve, reject) => {
    const events = new EventSource(`v1/jobs/${id}/events`);
    let asking: ReturnType<typeof setTimeout> | undefined;
    const settle = () => {
      clearTimeout(asking);
      events.close();
    };
    const ask = async () => {
      clearTimeout(asking);
      try {
        const now = await job(id);
        if (signal.aborted) return;
        if (isOver(now)) {
          settle();
          if (now.status === "failed") reject(new Problem("failed", now.message ?? "", undefined, 500));
          else resolve(now);
        } else asking = setTimeout(ask, ASK_AGAIN_MS);
      } catch (error) {
        settle();
        if (!isGivenUp(error)) reject(error);
      }
    };
    events.addEventListener("progress", (event) => told(JSON.parse(event.data)));
    events.addEventListener("status", ask);
    events.addEventListener("error", ask);
    signal.addEventListener("abort", settle);
    void ask();
  });
}

/** How often a job is asked after beside its events, ms. */
const ASK_AGAIN_MS = 2000;

export function isOver(job: Job): boolean {
  return job.status !== "accepted" && job.status !== "running";
}
