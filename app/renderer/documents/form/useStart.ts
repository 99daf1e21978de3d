import { useQuery } from '@tanstack/react-query';
import type { DefinitionAnswer, Titles } from '../../../../shared/contracts/wire.ts';
import type { AnyRow, Value } from '../../../../shared/kernel/definition.ts';
import { type Session, useSession } from '../../api/session.tsx';
import type { DraftContent } from './calculations.ts';
import { loadDefaults, nameOf } from './defaults.ts';
import { mergeTitles } from './draft.ts';
import { isWritable } from './input.ts';
import { contentOf, fetchRecord, type Proposal, recordDoor, type Source } from './recordDoor.ts';
import { followingLink, suggestingLinks } from './suggestions.ts';
import { keptBy } from './useFollowing.ts';
import type { FormStart } from './useRecordForm.ts';

/** What a form is opened with: an existing record, a copy, a proposal from other documents, or a blank sheet with a few values. */
export interface Opening {
  type: string;
  id: number | null;
  copy?: number;
  sources?: Source[];
  values?: Record<string, Value>;
}

/** Fetches everything a form begins with before it is drawn. */
export function useStart(opening: Opening) {
  const session = useSession();
  const definition = session.definitionOf(opening.type);
  return useQuery({
    queryKey: ['form', opening, session.user.id],
    queryFn: () => (definition ? startOf(session, definition, opening) : Promise.reject(new Error(opening.type))),
    enabled: definition !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
}

async function startOf(session: Session, definition: DefinitionAnswer, opening: Opening): Promise<FormStart> {
  if (opening.id !== null) {
    // What may be done with a record depends on more than the record (a month that was closed): a form asks anew.
    const fresh = fetchRecord(opening.type, opening.id, { staleTime: 0 });
    const [answer, defaults] = await Promise.all([fresh, loadDefaults(session, definition)]);
    return { definition, answer, content: contentOf(answer), titles: answer.titles, defaults };
  }
  const defaults = await loadDefaults(session, definition);
  const given = await givenFor(session, definition, opening);
  const begun = { ...defaults.values, ...withoutNothing(given.values) };
  const values = { ...begun, ...(await suggestedFor(definition, opening.values ?? {}, begun)) };
  const parts = Object.fromEntries(
    Object.keys(definition.parts).map((name) => [
      name,
      (given.parts[name] ?? []).map((row): AnyRow => ({ ...defaults.rows[name], ...withoutNothing(row), id: 0 }) as AnyRow),
    ]),
  );
  return {
    definition,
    answer: null,
    content: { values, parts },
    titles: mergeTitles(defaults.titles, given.titles),
    defaults,
    isCopy: opening.copy !== undefined,
  };
}

async function givenFor(session: Session, definition: DefinitionAnswer, opening: Opening): Promise<Proposal> {
  if (opening.sources && opening.sources.length > 0) return recordDoor.become(opening.type, opening.sources);
  if (opening.copy !== undefined) return copied(session, definition, await fetchRecord(opening.type, opening.copy));
  return { values: opening.values ?? {}, parts: {}, titles: await namesOf(session, definition, opening.values ?? {}) };
}

/** A copy takes what a person wrote, and none of what belongs to the one record: its number, days, origin, and sums. */
function copied(
  session: Session,
  definition: DefinitionAnswer,
  answer: { values: DraftContent['values']; parts: DraftContent['parts']; titles: Titles },
): Proposal {
  const isOwn = (name: string, field: DefinitionAnswer['fields'][string]) =>
    !isWritable(field) || field.unique || name === definition.numbering?.field || name.startsWith('source');
  const taken = (fields: DefinitionAnswer['fields'], values: Readonly<Record<string, Value>>) =>
    Object.fromEntries(
      Object.entries(fields).flatMap(([name, field]) => (isOwn(name, field) ? [] : [[name, values[name] ?? null] as const])),
    );
  const values = taken(definition.fields, answer.values);
  for (const [name, field] of Object.entries(definition.fields)) {
    if (field.kind === 'day' && field.default === 'today') values[name] = session.settings.today;
  }
  const parts = Object.fromEntries(
    Object.entries(definition.parts).map(([name, part]) => [
      name,
      part.ofOne ? [] : (answer.parts[name] ?? []).map((row) => taken(part.fields, row)),
    ]),
  );
  return { values, parts, titles: answer.titles };
}

/** A form opened for a customer holds from the start what that customer keeps for it. */
async function suggestedFor(definition: DefinitionAnswer, chosen: Record<string, Value>, now: Record<string, Value>) {
  const values: Record<string, Value> = {};
  for (const link of suggestingLinks(definition).filter((name) => name in chosen)) {
    const kept = await keptBy(definition, link, chosen[link] ?? null);
    Object.assign(values, followingLink({ definition, link, chosen: kept, before: null, now, isOpen: () => true }));
  }
  return values;
}

async function namesOf(session: Session, definition: DefinitionAnswer, values: Record<string, Value>): Promise<Titles> {
  let titles: Titles = {};
  for (const [name, value] of Object.entries(values)) {
    const field = definition.fields[name];
    if (field?.kind !== 'link' || typeof value !== 'number') continue;
    const named = await nameOf(session, field.to, value);
    if (named) titles = mergeTitles(titles, { [field.to]: { [named.id]: named.title } });
  }
  return titles;
}

/** What another document leaves open takes the default of the new one. */
export const withoutNothing = (values: Record<string, Value>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
