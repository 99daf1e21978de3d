import type { ListAnswer, ListRow } from '../../../../shared/contracts/wire.ts';
import { api } from '../../api/http.ts';
import { recordPath } from '../../api/queries.ts';
import type { Session } from '../../api/session.tsx';

const askedAtOnce = 100;
const pageMax = 200;

/** Looks up records by what people write for them in a sheet: a code, a barcode, or the exact name. Texts nobody knows are left out. */
export async function findByCodes(
  session: Session,
  type: string,
  texts: readonly string[],
): Promise<Map<string, { id: number; title: string }>> {
  const definition = session.definitionOf(type);
  const found = new Map<string, { id: number; title: string }>();
  if (!definition) return found;
  const codes = Object.keys(definition.fields).filter((name) => definition.fields[name]?.search === 'code' || name === definition.title);
  for (let from = 0; from < texts.length; from += askedAtOnce) {
    const wanted = texts.slice(from, from + askedAtOnce);
    const rows = await listAll(type, wanted, codes, [...new Set([...codes, definition.title])]);
    for (const text of wanted) {
      const row = bestOf(rows, text, codes);
      if (row) found.set(text, { id: row.id, title: String(row.values[definition.title] ?? text) });
    }
  }
  return found;
}

async function listAll(type: string, wanted: string[], codes: string[], fields: string[]): Promise<ListRow[]> {
  const filter = { any: codes.map((field) => ({ field, is: 'in' as const, value: wanted })) };
  const rows: ListRow[] = [];
  let after: string | null = null;
  do {
    const answer: ListAnswer = await api.post<ListAnswer>(`${recordPath(type)}/list`, {
      filter,
      fields,
      limit: pageMax,
      ...(after ? { after } : {}),
    });
    rows.push(...answer.rows);
    after = answer.next;
  } while (after !== null && rows.length < 10 * askedAtOnce);
  return rows;
}

/** The first field that names exactly one record decides: a code before a name; a name that two records bear decides nothing. */
function bestOf(rows: readonly ListRow[], text: string, codes: readonly string[]): ListRow | null {
  for (const code of codes) {
    const same = rows.filter((row) => String(row.values[code] ?? '').toLowerCase() === text.toLowerCase());
    if (same.length === 1) return same[0] ?? null;
  }
  return null;
}
