import type { DefinitionAnswer, ListAnswer, Titles } from '../../../../shared/contracts/wire.ts';
import type { Value } from '../../../../shared/kernel/definition.ts';
import type { LinkField } from '../../../../shared/kernel/fields.ts';
import { api } from '../../api/http.ts';
import { keys, queryClient, recordPath } from '../../api/queries.ts';
import type { Session } from '../../api/session.tsx';
import { mergeTitles, type RowValues } from './draft.ts';
import { isWritable } from './input.ts';
import { fetchRecord, titleOf } from './recordDoor.ts';

/** What a new record and each new row of its parts begin with; the server fills in the same where nothing is sent. */
export interface Defaults {
  values: Record<string, Value>;
  rows: Record<string, RowValues>;
  titles: Titles;
}

export async function loadDefaults(session: Session, definition: DefinitionAnswer): Promise<Defaults> {
  const head = await defaultsOf(session, definition.fields);
  const rows: Record<string, RowValues> = {};
  let titles = head.titles;
  for (const [name, part] of Object.entries(definition.parts)) {
    const own = await defaultsOf(session, part.fields);
    rows[name] = own.values;
    titles = mergeTitles(titles, own.titles);
  }
  return { values: head.values, rows, titles };
}

async function defaultsOf(
  session: Session,
  fields: DefinitionAnswer['fields'],
): Promise<{ values: Record<string, Value>; titles: Titles }> {
  const values: Record<string, Value> = {};
  let titles: Titles = {};
  for (const [name, field] of Object.entries(fields)) {
    // What a dictionary begins with is the company's own entry: the server knows which.
    if (!isWritable(field) || !('default' in field) || field.default === undefined || field.kind === 'dictionary') continue;
    if (field.kind === 'day') values[name] = session.settings.today;
    else if (field.kind === 'link') {
      const found = await linkDefault(session, field);
      if (!found) continue;
      values[name] = found.id;
      titles = mergeTitles(titles, { [field.to]: { [found.id]: found.title } });
    } else values[name] = field.default;
  }
  return { values, titles };
}

type Named = { id: number; title: string } | null;

async function linkDefault(session: Session, field: LinkField): Promise<Named> {
  if (field.default === 'actor') return { id: session.user.id, title: session.user.name };
  if (field.default === 'actorDepartment') return nameOf(session, field.to, session.user.department);
  return firstOf(session, field.to, field.default === 'main').catch(() => null);
}

/** A record by id with its name; without the right to read it the id alone stands for it. */
export async function nameOf(session: Session, type: string, id: number): Promise<Named> {
  if (!id) return null;
  const title = await fetchRecord(type, id).then(
    (answer) => titleOf(session, answer),
    () => `#${id}`,
  );
  return { id, title };
}

async function firstOf(session: Session, type: string, main: boolean): Promise<Named> {
  const definition = session.definitionOf(type);
  if (!definition) return null;
  const query = { limit: 1, fields: [definition.title], ...(main ? { filter: { field: 'main', is: 'equal' as const, value: true } } : {}) };
  const answer = await queryClient.fetchQuery({
    queryKey: keys.list(type, query),
    queryFn: ({ signal }) => api.post<ListAnswer>(`${recordPath(type)}/list`, query, { signal }),
    staleTime: 300_000,
  });
  const [row] = answer.rows;
  return row ? { id: row.id, title: String(row.values[definition.title] ?? `#${row.id}`) } : null;
}
