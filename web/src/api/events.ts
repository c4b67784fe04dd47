import { send } from "./client.ts";

/** An event of a stream: its name and its text. */
export interface ServerEvent {
  name: string;
  data: string;
}

/** Server-sent events of an address. EventSource sends no token; this does what all requests do. */
export async function* events(path: string, signal: AbortSignal): AsyncGenerator<ServerEvent> {
  const { body } = await send(path, { headers: { Accept: "text/event-stream" }, signal });
  if (!body) return;
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    const { whole, left } = split(rest + (value ?? ""), done);
    rest = left;
    yield* whole;
    if (done) return;
  }
}

/** The whole events of a text, and what is left of one that is not whole yet. */
export function split(text: string, isEnd: boolean): { whole: ServerEvent[]; left: string } {
  const blocks = text.replace(/\r\n?/g, "\n").split("\n\n");
  const left = isEnd ? "" : (blocks.pop() ?? "");
  return { whole: blocks.flatMap(eventOf), left };
}

function eventOf(block: string): ServerEvent[] {
  let name = "message";
  const data: string[] = [];
  for (const line of block.split("\n")) {
    const [, field, value] = /^([a-z]+): ?(.*)$/.exec(line) ?? [];
    if (field === "event") name = value!;
    if (field === "data") data.push(value!);
  }
  // Comments keep the connection open and say nothing.
  return data.length ? [{ name, data: data.join("\n") }] : [];
}
