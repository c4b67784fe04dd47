import type { ComponentChildren } from "preact";
import { send } from "../api/client.ts";
import { token } from "../api/token.ts";
import { save } from "./file.ts";

interface Props {
  href: string;
  /** Name of the file. */
  name: string;
  lang?: string;
  children: ComponentChildren;
}

/** A link to a file of the server. A plain link sends no token, so where one is set the page asks. */
export function FileLink({ href, name, lang, children }: Props) {
  const fetched = async (event: Event) => {
    if (!token()) return;
    event.preventDefault();
    save(name, await (await send(href)).blob());
  };
  return (
    <a href={href} download={name} lang={lang} onClick={(event) => void fetched(event)}>
      {children}
    </a>
  );
}
