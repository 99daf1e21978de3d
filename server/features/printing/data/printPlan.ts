import type { Catalogue } from '../../../../shared/kernel/catalogue.ts';
import type { Definition } from '../../../../shared/kernel/definition.ts';
import type { Field, Fields } from '../../../../shared/kernel/fields.ts';

/** What a document can put on paper, and where each piece of it comes from. */
export interface PrintPlan {
  readonly head: readonly PlannedField[];
  /** The part whose rows are the lines; null where a document has none. */
  readonly linePart: string | null;
  readonly lines: readonly PlannedLineField[];
}

export type PrintGroup = 'document' | 'customer' | 'people' | 'total';

export interface PlannedField {
  readonly group: PrintGroup;
  /** The name on paper, behind its group. */
  readonly name: string;
  readonly field: Field;
  /** Own field, a field of the record behind an own link, or worked out for the paper. */
  readonly from: { readonly kind: 'own' } | { readonly kind: 'link'; readonly link: string } | { readonly kind: 'paper' };
  /** The field's name where it comes from, and the type that names it. */
  readonly source: string;
  readonly type: string;
}

export interface PlannedLineField {
  readonly name: string;
  readonly field: Field;
  readonly source: string;
  /** The code of what the link points to, not its title. */
  readonly isCode: boolean;
  /** The picture of what the link points to. */
  readonly picture?: { readonly type: string; readonly field: string };
}

/** Which fields the reader may see: `name` or `lines.price` of a type. */
export type Sight = (definition: Definition, path: string) => boolean;

/** The other side of the paper is the record behind this link. */
export const otherSide = 'customer';

/** Everything a document of the type can print, as far as the reader may see it. The names are explained in shared/printing/README.md. */
export function planOf(definition: Definition, catalogue: Catalogue, sees: Sight): PrintPlan {
  const linePart = Object.keys(definition.parts).find((part) => definition.parts[part]?.entry && sees(definition, part)) ?? null;
  const head = [
    ...ownFields(definition, sees),
    ...(definition.print?.include ?? []).flatMap((link) => includedFields(definition, catalogue, link, sees)),
    ...paperFields(definition, linePart, sees),
  ];
  return { head, linePart, lines: linePart === null ? [] : lineFields(definition, catalogue, linePart, sees) };
}

/** The papers know these sums by one name, whatever the document calls them. */
const totalNames: Readonly<Record<string, string>> = { netTotal: 'netAmount', taxTotal: 'tax', total: 'grossAmount' };

function ownFields(definition: Definition, sees: Sight): PlannedField[] {
  return printed(definition.fields)
    .filter(([name]) => (name !== definition.title || definition.kind === 'record') && sees(definition, name))
    .map(([source, field]) => ({ ...placeOf(definition, source, field), field, from: { kind: 'own' }, source, type: definition.type }));
}

function placeOf(definition: Definition, name: string, field: Field): { group: PrintGroup; name: string } {
  if (field.kind === 'money')
    return { group: 'total', name: name === 'amount' && !definition.fields.total ? 'grossAmount' : (totalNames[name] ?? name) };
  if (field.kind === 'link' && field.to === 'user') return { group: 'people', name };
  return name === otherSide ? { group: 'customer', name: 'name' } : { group: 'document', name };
}

function includedFields(definition: Definition, catalogue: Catalogue, link: string, sees: Sight): PlannedField[] {
  const field = definition.fields[link];
  if (field?.kind !== 'link' || !sees(definition, link)) return [];
  const target = catalogue.get(field.to);
  return printed(target.fields)
    .filter(([name, inner]) => isWords(inner) && name !== target.title && sees(target, name))
    .map(([source, inner]) => ({
      ...(link === otherSide
        ? { group: 'customer' as const, name: source }
        : { group: target.type === 'user' ? ('people' as const) : ('document' as const), name: joined(link, source) }),
      field: inner,
      from: { kind: 'link', link },
      source,
      type: target.type,
    }));
}

/** What no field holds as the paper wants it. */
function paperFields(definition: Definition, linePart: string | null, sees: Sight): PlannedField[] {
  const has = (name: string) => name in definition.fields && sees(definition, name);
  const comesFrom =
    linePart !== null && 'sourceNumber' in (definition.parts[linePart]?.fields ?? {}) && sees(definition, `${linePart}.sourceNumber`);
  const names: [PrintGroup, string, boolean][] = [
    ['document', 'source', comesFrom],
    ['document', 'paymentTerms', has('termDays')],
    ['customer', 'contact', has('contact')],
    ['customer', 'contactPhone', has(otherSide)],
    ['people', 'maker', true],
    ['people', 'approver', definition.steps !== undefined],
  ];
  return names
    .filter(([, , isThere]) => isThere)
    .map(([group, name]) => ({
      group,
      name,
      field: { kind: 'text', max: 300 },
      from: { kind: 'paper' },
      source: name,
      type: definition.type,
    }));
}

function lineFields(definition: Definition, catalogue: Catalogue, part: string, sees: Sight): PlannedLineField[] {
  return printed(definition.parts[part]?.fields ?? {})
    .filter(([name]) => sees(definition, `${part}.${name}`))
    .flatMap(([source, field]): PlannedLineField[] => {
      const own = { name: source, field, source, isCode: false };
      const target = field.kind === 'link' ? catalogue.get(field.to) : undefined;
      const code = target?.fields.code;
      const coded = target && code && sees(target, 'code') ? [{ name: joined(source, 'code'), field: code, source, isCode: true }] : [];
      return [own, ...coded, ...pictureOf(source, target, sees)];
    });
}

function pictureOf(source: string, target: Definition | undefined, sees: Sight): PlannedLineField[] {
  const name = target?.face?.field ?? '';
  const field = target?.fields[name];
  if (!target || !field || !sees(target, name)) return [];
  return [{ name: joined(source, name), field, source, isCode: false, picture: { type: target.type, field: name } }];
}

/** Fields that a person sees in the form; pictures and files are printed only where the letterhead asks for one. */
const printed = (fields: Fields): [string, Field][] =>
  Object.entries(fields).filter(([, field]) => !field.hidden && field.kind !== 'file' && field.kind !== 'picture');

const isWords = (field: Field): boolean => field.kind === 'text' || field.kind === 'note';

/** `contact`, `mobile` → `contactMobile`. */
export const joined = (link: string, name: string): string => `${link}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
