import type { ComponentChildren } from "preact";
import { t } from "../i18n/language.ts";
import { type Cell, csv } from "../save/csv.ts";
import { save } from "../save/file.ts";

/** A column of a table: its head, how a row is shown, and what a file holds. */
export interface Column<R> {
  head: string;
  /** Name in files, with the unit. */
  name: string;
  number?: boolean;
  show(row: R): ComponentChildren;
  cell(row: R): Cell;
}

interface Props<R> {
  caption: string;
  columns: Column<R>[];
  rows: R[];
  /** Name of the file, without ending. */
  file: string;
}

/** A table that can be saved. */
export function DataTable<R>({ caption, columns, rows, file }: Props<R>) {
  const write = () => {
    const heads = columns.map((column) => column.name);
    save(`${file}.csv`, csv(heads, rows.map((row) => columns.map((column) => column.cell(row)))), "text/csv");
  };
  return (
    <>
      <div class="scroll" tabIndex={0} role="group" aria-label={caption}>
        <table>
          <caption>{caption}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.name} scope="col" class={column.number ? "number" : undefined}>
                  {column.head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, i) => (
              <tr key={i}>
                {columns.map((column, c) =>
                  c === 0 ? (
                    <th key={column.name} scope="row">
                      {column.show(row)}
                    </th>
                  ) : (
                    <td key={column.name} class={column.number ? "number" : undefined}>
                      {column.show(row)}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <button type="button" class="link" onClick={write}>
        {t("save-csv")}
      </button>
    </>
  );
}

/** A chart with the same content as a table on request. */
export function Figure({ caption, chart, children }: { caption: string; chart: ComponentChildren; children: ComponentChildren }) {
  return (
    <figure>
      <figcaption>{caption}</figcaption>
      {chart}
      <details>
        <summary>{t("as-table")}</summary>
        {children}
      </details>
    </figure>
  );
}
