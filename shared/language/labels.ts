import type { Facts } from '../kernel/refusal.ts';

/**
 * The words of the domain in one language: what record types, fields, states and refusals are called. Where a word may
 * differ from type to type, the entry of the type is asked first and `common` after it.
 */
export interface DomainWords {
  readonly types: Readonly<Record<string, { readonly one: string; readonly many?: string }>>;
  /** By type, or `common`; a field of a part by its path (`lines.quantity`) or, where it means the same everywhere, by its name. */
  readonly fields: WordsByType;
  readonly parts: WordsByType;
  /** By type, or `common`; then by field; then by value. A choice in a part stands under the path or the name of the field. */
  readonly choices: Readonly<Record<string, Readonly<Record<string, Words>>>>;
  readonly states: WordsByType;
  readonly steps: WordsByType;
  readonly groups: Words;
  readonly areas: Words;
  readonly operations: Words;
  readonly scopes: Words;
  readonly rights: Words;
  readonly ledgers: Words;
  readonly dictionaries: Words;
  /**
   * By refusal code. A fact is named `{{item}}`; a scaled number says its kind, `{{wanted|quantity}}`, `{{limit|money}}`,
   * and a name of ours says what it names: `{{field|field}}`, `{{state|state}}`, `{{type|type}}`.
   */
  readonly refusals: Words;
}

/** The words of one area of the product in one language. */
export type AreaWords = Partial<DomainWords>;

/** One tree of words from those of the areas; a word that two areas say is the later one's. */
export const joinWords = (areas: readonly AreaWords[]): DomainWords => areas.reduce<Tree>(joinTrees, {}) as unknown as DomainWords;

interface Tree {
  readonly [name: string]: string | Tree;
}

function joinTrees(one: Tree, other: AreaWords | Tree): Tree {
  const joined: Record<string, string | Tree> = { ...one };
  for (const [name, words] of Object.entries(other as Tree)) {
    const known = joined[name];
    joined[name] = typeof known === 'object' && typeof words === 'object' ? joinTrees(known, words) : words;
  }
  return joined;
}

export type Words = Readonly<Record<string, string>>;
type WordsByType = Readonly<Record<string, Words>>;

/** What one record of the type is called; `many` gives the name of the list. An unknown type answers with its own name. */
export function typeName(words: DomainWords, type: string, count: 'one' | 'many' = 'one'): string {
  const known = words.types[type];
  return (count === 'many' ? known?.many : undefined) ?? known?.one ?? type;
}

/** What a field is called, by its path: `name`, or `lines.quantity` for a field of a part. */
export function fieldName(words: DomainWords, type: string, path: string): string {
  const bare = path.slice(path.lastIndexOf('.') + 1);
  return ofType(words.fields, type, path) ?? ofType(words.fields, type, bare) ?? bare;
}

export function partName(words: DomainWords, type: string, part: string): string {
  return ofType(words.parts, type, part) ?? part;
}

/** What a choice value is called; the path names the choice field. */
export function choiceName(words: DomainWords, type: string, path: string, value: string): string {
  const bare = path.slice(path.lastIndexOf('.') + 1);
  const lists = [words.choices[type]?.[path], words.choices[type]?.[bare], words.choices.common?.[path], words.choices.common?.[bare]];
  return lists.find((list) => list?.[value] !== undefined)?.[value] ?? value;
}

export function stateName(words: DomainWords, type: string, state: string): string {
  return ofType(words.states, type, state) ?? state;
}

export function stepName(words: DomainWords, type: string, step: string): string {
  return ofType(words.steps, type, step) ?? step;
}

/** A word of one of the plain lists: an area, an operation, a right, a dictionary … */
export function wordOf(list: Words, name: string): string {
  return list[name] ?? name;
}

/** Puts a fact into words: the kind is what stands behind the bar in `{{wanted|quantity}}`. */
export type FactFormat = (value: string | number | boolean | readonly (string | number)[], kind: string | undefined) => string;

/** The refusal in words with its facts filled in; null when the code has no words here. A fact that is missing leaves nothing behind. */
export function refusalText(words: DomainWords, code: string, facts: Facts | undefined, format: FactFormat): string | null {
  const text = words.refusals[code];
  if (text === undefined) return null;
  return text.replace(/\{\{\s*(\w+)\s*(?:\|\s*(\w+)\s*)?\}\}/g, (_whole, name: string, kind?: string) => {
    const value = facts?.[name];
    return value === undefined || value === null ? '' : format(value, kind);
  });
}

function ofType(words: WordsByType, type: string, name: string): string | undefined {
  return words[type]?.[name] ?? words.common?.[name];
}
