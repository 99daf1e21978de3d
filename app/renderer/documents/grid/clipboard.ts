/** The most that one paste takes; more is refused whole rather than cut. */
export const pasteMax = { rows: 2000, columns: 60 } as const;

/**
 * The cells of text copied from a spreadsheet: tabs between cells, line ends between rows, a cell with tab, line end or quotation
 * mark inside quotation marks. The empty row that spreadsheets add at the end is left out.
 */
export function parseCells(text: string): string[][] {
  const rows: string[][] = [[]];
  let at = 0;
  while (at <= text.length) {
    const cell = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at);
    rows.at(-1)?.push(cell.value);
    const end = text[cell.end];
    if (end === undefined) break;
    if (end !== '\t') rows.push([]);
    at = cell.end + (end === '\r' && text[cell.end + 1] === '\n' ? 2 : 1);
  }
  const last = rows.at(-1);
  if (rows.length > 1 && last?.every((cell) => cell === '')) rows.pop();
  return rows;
}

/** The same way back, for pasting into a spreadsheet. */
export function formatCells(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map((cell) => (/["\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join('\t')).join('\r\n');
}

function plainCell(text: string, from: number): { value: string; end: number } {
  let end = from;
  while (end < text.length && !/[\t\r\n]/.test(text[end] ?? '')) end += 1;
  return { value: text.slice(from, end).trim(), end };
}

function quotedCell(text: string, from: number): { value: string; end: number } {
  let at = from + 1;
  let value = '';
  while (at < text.length && !(text[at] === '"' && text[at + 1] !== '"')) {
    value += text[at];
    at += text[at] === '"' ? 2 : 1;
  }
  const end = at + 1;
  const isWhole = at < text.length && (end >= text.length || /[\t\r\n]/.test(text[end] ?? ''));
  // An inch mark at the front (`"3" pipe`) is no quotation: the cell is read as it stands.
  return isWhole ? { value, end } : plainCell(text, from);
}
