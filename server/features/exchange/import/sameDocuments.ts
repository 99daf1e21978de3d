import type { Definition } from '../../../../shared/kernel/definition.ts';
import { visibleIds } from '../../../access/visibility.ts';
import { chunksOf } from '../../../database/codec.ts';
import { columnOf, partTableOf, tableOf } from '../../../database/tables.ts';
import type { Work } from '../../../work.ts';
import type { CheckedRow, CompanyMatch } from './rowReading.ts';

/** Documents of the company, thrown away and void ones left out, that say the same as some rows; by row number. */
export async function sameDocuments(work: Work, rows: readonly CheckedRow[]): Promise<Map<number, CompanyMatch>> {
  const matches = new Map<number, CompanyMatch>();
  for (const [, alike] of Map.groupBy(rows.filter(hasKey), ({ same }) => JSON.stringify(readKey(same).slice(0, 2)))) {
    const [type, targets] = readKey(alike[0]?.same ?? '');
    const definition = work.company.catalogue.get(type);
    const found = await documentsBy(work, definition, { targets, wanted: alike.map(({ same }) => readKey(same)[2]) });
    const visible = await visibleIds(work, definition, [...new Set([...found.values()].map(({ id }) => id))], 'read');
    for (const row of alike) {
      const match = found.get(JSON.stringify(readKey(row.same)[2]));
      if (!match) continue;
      matches.set(row.row, { ...match, isSame: false, isTwin: false, isVisible: visible.has(match.id), isChangeable: false });
    }
  }
  return matches;
}

type Key = [type: string, targets: string[], values: (string | number)[]];

const hasKey = (row: CheckedRow): row is CheckedRow & { same: string } => typeof row.same === 'string';
const readKey = (same: string): Key => JSON.parse(same) as Key;

interface Wanted {
  readonly targets: readonly string[];
  readonly wanted: readonly Key[2][];
}

/** The first document with these very values, by the values as text. */
async function documentsBy(work: Work, definition: Definition, { targets, wanted }: Wanted) {
  const found = new Map<string, { id: number; title: string }>();
  const columns = targets.map((target) => {
    const [head = '', tail] = target.split('.');
    return tail === undefined ? `head.${columnOf(head)}` : `row.${columnOf(tail)}`;
  });
  // Rows of one part at most are compared.
  const [part] = targets.flatMap((target) => (target.includes('.') ? [target.slice(0, target.indexOf('.'))] : []));
  const names = columns.map((_column, at) => `value_${at}`);
  const firsts = [...new Set(wanted.map(([first]) => first ?? 0))];
  for (const chunk of chunksOf(firsts, 1)) {
    const query = work
      .tx(`${tableOf(definition)} as head`)
      .whereNull('head.deleted_at')
      .whereIn(columns[0] ?? '', chunk)
      .orderBy('head.id')
      .select('head.id', { title: `head.${columnOf(definition.title)}` }, ...columns.map((column, at) => `${column} as ${names[at]}`));
    const gone = Object.entries(definition.states ?? {}).flatMap(([state, { look }]) => (look === 'void' ? [state] : []));
    if (gone.length > 0) query.whereNotIn('head.state', gone);
    if (part !== undefined) query.join(`${partTableOf(definition, part)} as row`, 'row.parent', 'head.id');
    for (const row of (await query) as Record<string, string | number>[]) {
      const key = JSON.stringify(names.map((name) => row[name]));
      if (!found.has(key)) found.set(key, { id: Number(row.id), title: String(row.title) });
    }
  }
  return found;
}
