import * as OpenCC from 'opencc-js';
import type { Catalogue } from '../../shared/kernel/catalogue.ts';
import { operations, scopes } from '../../shared/kernel/definition.ts';
import type { Field } from '../../shared/kernel/fields.ts';
import { specialRights } from '../../shared/kernel/specialRights.ts';
import { childrenOf, type Node, parse, type Source, walk } from './sources.ts';

/** What a rule finds, in a sentence. */
type Finding = string;

/** Every text of a tree of words by its path: `fields/customer/grade`. */
export function textsOf(words: object, path = ''): Map<string, string> {
  const texts = Object.entries(words).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[path + name, value]] : [...textsOf(value as object, `${path}${name}/`)],
  );
  return new Map(texts);
}

/**
 * What must have a text, as the places where it may stand; the first that is filled is the one that is read, in the order
 * of shared/language/labels.ts.
 */
export function wantedTexts(catalogue: Catalogue, refusalCodes: readonly string[]): string[][] {
  const plain = (group: string, names: Iterable<string>) => [...new Set(names)].map((name) => [`${group}/${name}`]);
  const dictionaryList = catalogue.find('dictionaryEntry')?.fields.dictionary;
  return [
    ...catalogue.definitions.flatMap(({ type, parts, states = {}, steps = {} }) => [
      [`types/${type}/one`],
      ...Object.keys(parts).map((part) => ofType('parts', type, part)),
      ...Object.keys(states).map((state) => ofType('states', type, state)),
      ...Object.keys(steps).map((step) => ofType('steps', type, step)),
    ]),
    ...fieldsOf(catalogue).flatMap(({ type, path, field }) => [
      [...ofType('fields', type, path), ...ofType('fields', type, bareOf(path))].sort(typeBeforeCommon),
      ...(field.kind === 'choice' ? field.choices : []).map((value) =>
        [...ofType('choices', type, `${path}/${value}`), ...ofType('choices', type, `${bareOf(path)}/${value}`)].sort(typeBeforeCommon),
      ),
    ]),
    ...['state', 'createdAt', 'createdBy', 'changedAt', 'changedBy'].map((stamp) => [`fields/common/${stamp}`]),
    ...plain(
      'groups',
      fieldsOf(catalogue).flatMap(({ field }) => field.group ?? []),
    ),
    ...plain(
      'areas',
      catalogue.definitions.map(({ area }) => area),
    ),
    ...plain('operations', operations),
    ...plain('scopes', scopes),
    ...plain('rights', specialRights),
    ...plain(
      'ledgers',
      catalogue.ledgers.map(({ name }) => name),
    ),
    ...plain('dictionaries', dictionaryList?.kind === 'choice' ? dictionaryList.choices : []),
    ...plain('refusals', refusalCodes),
  ];
}

/** What is wanted and has no text, or an empty one. */
export function missingTexts(wanted: string[][], texts: ReadonlyMap<string, string>): Finding[] {
  return wanted.filter((places) => !places.some((place) => texts.get(place)?.trim())).map((places) => `${places[0]} has no text`);
}

/** Texts nothing asks for: names that were renamed or are gone. What stands under `common` may serve where the type is not known. */
export function needlessTexts(wanted: string[][], texts: ReadonlyMap<string, string>): Finding[] {
  const read = new Set(
    wanted.flatMap((places) => [places.find((place) => texts.has(place)), ...places.filter((place) => place.includes('/common/'))]),
  );
  const isPlural = (path: string) => /^types\/\w+\/many$/.test(path) && read.has(path.replace(/many$/, 'one'));
  return [...texts.keys()].filter((path) => !read.has(path) && !isPlural(path)).map((path) => `${path} is read by nobody`);
}

/** Keys that stand in one tree of words and not in the other; plurals of types are a matter of the language. */
export function differentKeys(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): Finding[] {
  const only = (a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>) =>
    [...a.keys()].filter((path) => !b.has(path) && !path.endsWith('/many'));
  return [...only(one, other), ...only(other, one)].map((path) => `${path} is not in both`);
}

/** Texts whose placeholders are not those of the same text in the other language. */
export function differentPlaceholders(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): Finding[] {
  const placeholders = (text = '') => [...new Set(text.match(/\{\{[^}]*\}\}/g) ?? [])].sort().join(' ');
  return [...one]
    .filter(([path, text]) => other.has(path) && placeholders(text) !== placeholders(other.get(path)))
    .map(([path, text]) => `${path} says ${placeholders(text) || 'nothing'} and ${placeholders(other.get(path)) || 'nothing'}`);
}

/** Characters that belong to the other script: simplified ones in zh-TW, traditional ones in zh-CN. */
export function foreignCharacters(language: 'zh-CN' | 'zh-TW', texts: ReadonlyMap<string, string>): Finding[] {
  return [...texts].flatMap(([path, text]) => {
    const found = [...new Set(text)].filter((character) => isForeign(language, character));
    return found.length > 0 ? [`${path} has ${found.join('')}: ${text}`] : [];
  });
}

/** English texts with Chinese characters or punctuation. */
export function chineseInEnglish(texts: ReadonlyMap<string, string>): Finding[] {
  return [...texts].filter(([, text]) => /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/.test(text)).map(([path, text]) => `${path}: ${text}`);
}

/** Areas in which every name is a code that is put into words, wherever it stands. */
const areasOfCodes = ['import', 'workbook', 'notice'];

/**
 * The refusal codes that code can give: in `new Refusal('…')`, in a call of refuse…('…'), as `code:` or `shortage:` of an
 * object, in a variable `code`, in functions named …Problem or …Code, and in areas that hold nothing else.
 */
export function refusalCodesIn(sources: readonly Source[]): string[] {
  const codes = new Set([...textsLikeCodesIn(sources)].filter((text) => areasOfCodes.includes(text.split('.')[0] ?? '')));
  for (const source of sources) {
    walk(parse(source).program as unknown as Node, (node) => {
      for (const value of codePlaces(node).flatMap(answersOf)) if (isCode(value)) codes.add(String(value.value));
    });
  }
  return [...codes].sort();
}

/** All texts in code that look like a code, wherever they stand. */
export function textsLikeCodesIn(sources: readonly Source[]): Set<string> {
  const found = new Set<string>();
  for (const source of sources) walk(parse(source).program as unknown as Node, (node) => isCode(node) && found.add(String(node.value)));
  return found;
}

function codePlaces(node: Node): unknown[] {
  const nameOf = (part: unknown) => String((part as Node | null)?.name ?? '');
  const first = () => (node.arguments as Node[]).slice(0, 1);
  if (node.type === 'NewExpression') return nameOf(node.callee) === 'Refusal' ? first() : [];
  if (node.type === 'CallExpression') return /^(refus|fail)/.test(nameOf(node.callee)) ? first() : [];
  if (node.type === 'Property') return /^(code|shortage)$/.test(nameOf(node.key)) ? [node.value] : [];
  if (node.type === 'VariableDeclarator') return /^code$|Code$|Problem$/.test(nameOf(node.id)) && node.init ? [node.init] : [];
  if (node.type === 'FunctionDeclaration') return /(Problem|Code)$/.test(nameOf(node.id)) ? [node.body] : [];
  return [];
}

/** What an expression or a function can come to, as far as it is written out: both sides of a choice, every return. */
function answersOf(value: unknown): Node[] {
  const node = value as Node | null;
  if (!node) return [];
  if (node.type === 'ConditionalExpression') return [node.consequent, node.alternate].flatMap(answersOf);
  if (node.type === 'LogicalExpression') return [node.left, node.right].flatMap(answersOf);
  if (node.type === 'ReturnStatement') return answersOf(node.argument);
  if (node.type === 'ArrowFunctionExpression') return answersOf(node.body);
  if (!node.type.endsWith('Statement')) return [node];
  return childrenOf(node)
    .filter(({ type }) => type.endsWith('Statement') || type === 'SwitchCase')
    .flatMap((child) => (child.type === 'SwitchCase' ? (child.consequent as Node[]) : [child]))
    .flatMap(answersOf);
}

const isCode = (node: Node): boolean =>
  node.type === 'Literal' && typeof node.value === 'string' && /^[a-z][a-zA-Z]*\.[a-z][a-zA-Z]*$/.test(node.value);

function fieldsOf(catalogue: Catalogue): { type: string; path: string; field: Field }[] {
  return catalogue.definitions.flatMap(({ type, fields, parts }) => [
    ...Object.entries(fields).map(([path, field]) => ({ type, path, field })),
    ...Object.entries(parts).flatMap(([part, { fields: own }]) =>
      Object.entries(own).map(([name, field]) => ({ type, path: `${part}.${name}`, field })),
    ),
  ]);
}

const ofType = (group: string, type: string, name: string): string[] => [`${group}/${type}/${name}`, `${group}/common/${name}`];

const bareOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

const typeBeforeCommon = (a: string, b: string): number => Number(a.split('/')[1] === 'common') - Number(b.split('/')[1] === 'common');

// One simplified character can stand for several traditional ones, of which one may be itself: 只, 台, 后, 里, 系 …
const ofBothScripts = '只台后里系准面表制回布余游采占志才松几千干丑斗谷向注于并吃';
const toSimplified = OpenCC.Converter({ from: 'tw', to: 'cn' });
const toTraditional = OpenCC.Converter({ from: 'cn', to: 'tw' });

function isForeign(language: 'zh-CN' | 'zh-TW', character: string): boolean {
  if (ofBothScripts.includes(character)) return false;
  return (language === 'zh-CN' ? toSimplified : toTraditional)(character) !== character;
}
