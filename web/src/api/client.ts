import { token, tokenWanted } from "./token.ts";

/** An answer that says what is wrong (RFC 9457), or that the server could not be reached. */
export class Problem extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly remedy: string | undefined,
    readonly status: number,
    readonly body: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

export type Query = Record<string, string | number | undefined>;

/** Path below the page with the parameters that are given. */
export function address(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

/** Sends a request; anything but success is thrown as a Problem. */
export async function send(path: string, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  const headers = new Headers(init.headers);
  const bearer = token();
  if (bearer) headers.set("Authorization", `Bearer ${bearer}`);
  try {
    response = await fetch(path, { ...init, headers });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new Problem("unreachable", String(error), undefined, 0);
  }
  if (response.ok) return response;
  if (response.status === 401) tokenWanted.value = true;
  throw await problemOf(response);
}

export async function get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  const init: RequestInit = { headers: { Accept: "application/json" } };
  if (signal) init.signal = signal;
  return (await send(address(path, query), init)).json() as Promise<T>;
}

async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text();
  try {
    const body = JSON.parse(text);
    const message = body.detail ?? body.title ?? response.statusText;
    return new Problem(body.code ?? "internal", message, body.remedy, response.status, body);
  } catch {
    return new Problem("internal", text.slice(0, 300) || response.statusText, undefined, response.status);
  }
}

/** Whether an error only says that a request was given up for a newer one. */
export function isGivenUp(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
