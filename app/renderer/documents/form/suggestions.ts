import { catalogue } from '../../../../shared/catalogue.ts';
import type { DefinitionAnswer, RecordAnswer } from '../../../../shared/contracts/wire.ts';
import type { Value } from '../../../../shared/kernel/definition.ts';
import type { Suggestion } from '../../../../shared/kernel/fields.ts';
import type { DraftContent } from './calculations.ts';
import type { RowValues } from './draft.ts';
import { isGiven, isWritable } from './input.ts';

/** One entry of a list of suggestions: what it writes into the fields of the form. */
export interface Suggested {
  key: string;
  values: RowValues;
  /** It may fill itself in, not only be chosen. */
  isDefault: boolean;
}

type Kept = Pick<RecordAnswer, 'values' | 'parts'>;

/**
 * What a linked record keeps for a field: the rows meant for it first, the main one before the others, the record itself last. What
 * the person may not see of them is absent from the record and stays absent here.
 */
export function suggestedFrom(suggest: Suggestion, definition: DefinitionAnswer, own: string, kept: Kept): Suggested[] {
  const { prefers } = suggest;
  const rows = kept.parts[suggest.part] ?? [];
  const isMeant = (row: (typeof rows)[number]) => !prefers || row[prefers.field] === prefers.is;
  const rankOf = (row: (typeof rows)[number]) => (isMeant(row) ? 0 : 2) + (row.main === true ? 0 : 1);
  const listed = rows
    .toSorted((a, b) => rankOf(a) - rankOf(b))
    .map((row) => ({ key: `row.${row.id}`, values: taken(suggest.takes, definition, row), isDefault: isMeant(row) }));
  const hasDefault = listed.some(({ isDefault }) => isDefault);
  const itself = suggest.record
    ? [{ key: 'record', values: taken({ ...emptied(suggest.takes), ...suggest.record }, definition, kept.values), isDefault: !hasDefault }]
    : [];
  return unlike(
    [...listed, ...itself].filter(({ values }) => isGiven(values[own])),
    own,
  );
}

/** Fields of the form that another record behind this link fills: the likeliest suggestion of each, or nothing in its place. */
export function followingLink(of: {
  definition: DefinitionAnswer;
  link: string;
  /** The record chosen now and the one before; null where there is none or it may not be read. */
  chosen: Kept | null;
  before: Kept | null;
  now: DraftContent['values'];
  isOpen: (name: string) => boolean;
}): RowValues {
  const { definition, link, chosen, before, now } = of;
  const filled = Object.entries(definition.fields).map(([own, field]): RowValues => {
    const suggest = field.kind === 'text' ? field.suggest : undefined;
    if (suggest?.link !== link || !of.isOpen(own)) return {};
    // What a person wrote stays; what came from the record chosen before goes with it.
    const old = before ? suggestedFrom(suggest, definition, own, before) : [];
    const isTyped = isGiven(now[own]) && !old.some(({ values }) => values[own] === now[own]);
    if (isTyped) return {};
    const found = chosen ? suggestedFrom(suggest, definition, own, chosen).find(({ isDefault }) => isDefault) : undefined;
    const nothing = isGiven(now[own]) ? taken(emptied(suggest.takes), definition, {}) : {};
    const values = Object.entries(found?.values ?? nothing);
    return Object.fromEntries(values.filter(([name, value]) => of.isOpen(name) && (now[name] ?? null) !== (value ?? null)));
  });
  return Object.assign(filledFromLink(of), ...filled);
}

type Following = Parameters<typeof followingLink>[0];

/** What the definition fills from the linked record, as the server would where nothing is sent: what a person typed stays. */
function filledFromLink({ definition, link, chosen, before, now, isOpen }: Following): RowValues {
  const filled = linkedFills(definition.type, link).flatMap(([own, field]): [string, Value][] => {
    const isTyped = isGiven(now[own]) && now[own] !== false && now[own] !== (before?.values[field] ?? null);
    const value = chosen?.values[field] ?? null;
    return isTyped || !isOpen(own) || value === (now[own] ?? null) ? [] : [[own, value]];
  });
  return Object.fromEntries(filled);
}

/** Own field ← field of the record behind the link. */
const linkedFills = (type: string, link: string): [string, string][] =>
  Object.entries(catalogue.find(type)?.fills ?? {}).flatMap(([own, rule]): [string, string][] =>
    rule.as === 'linked' && rule.from === link ? [[own, rule.field]] : [],
  );

/** The links of a type on which suggestions hang, or what fills itself in. */
export const suggestingLinks = (definition: DefinitionAnswer): string[] => [
  ...new Set([
    ...Object.values(definition.fields).flatMap((field) => (field.kind === 'text' && field.suggest ? [field.suggest.link] : [])),
    ...Object.values(catalogue.find(definition.type)?.fills ?? {}).flatMap((rule) => (rule.as === 'linked' ? [rule.from] : [])),
  ]),
];

/** What of a row goes into the form: only fields that the form has and the person may write. */
function taken(takes: Readonly<Record<string, string>>, definition: DefinitionAnswer, from: Readonly<Record<string, Value>>): RowValues {
  return Object.fromEntries(
    Object.entries(takes).flatMap(([own, name]) => {
      const field = definition.fields[own];
      return field && isWritable(field) ? [[own, from[name] ?? null] as const] : [];
    }),
  );
}

const emptied = (takes: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.keys(takes).map((own) => [own, '']));

function unlike(suggested: Suggested[], own: string): Suggested[] {
  const known = new Set<string>();
  return suggested.filter(({ values }) => {
    const text = Object.values(values).join('\n');
    const isNew = !known.has(text) && isGiven(values[own]);
    known.add(text);
    return isNew;
  });
}
