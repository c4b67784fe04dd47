export type Cell = string | number | boolean | null | undefined;

/** RFC 4180 with dot decimals; missing values are empty. */
export function csv(heads: string[], rows: Cell[][]): string {
  return [heads, ...rows].map((row) => `${row.map(field).join(",")}\r\n`).join("");
}

function field(cell: Cell): string {
  const text = cell === null || cell === undefined ? "" : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
