import { signal } from "@preact/signals";

/** Whether the server asked for a token that it did not get, or did not take the one that it got. */
export const tokenWanted = signal(false);

/** Where the token is kept: until the tab is closed. */
const KEY = "foreland-token";

export function token(): string {
  try {
    return sessionStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

export function setToken(given: string): void {
  try {
    sessionStorage.setItem(KEY, given);
  } catch {
    // Without storage the server will ask again.
  }
}
