import { Converter } from 'opencc-js/t2cn';
import { pinyin } from 'pinyin-pro';

/**
 * Search in Chinese names by characters (simplified or traditional), by pinyin initials, by full pinyin and by codes.
 * searchTokens fills an inverted index, queryTokens asks it, matchesQuery proves what the index proposes.
 */

/** Half-width, lower case, simplified, single spaces: two texts that read alike to a person become equal. */
export function foldText(text: string): string {
  // Codes, numbers and Latin names need none of the rest.
  if (/^[ -~]*$/.test(text)) return text.toLowerCase().replace(/\s+/g, ' ').trim();
  return Array.from(plain(text), simplified).join('').replace(/\s+/g, ' ').trim();
}

/** All readings of a name by initials, the likeliest first, at most 8: 重庆 gives cq and zq. Latin stays as it is. */
export function pinyinInitials(name: string): string[] {
  return variantsFrom(unitsIn(name), 'initials', TEXT_LENGTH_MAX)[0] ?? [];
}

/** All readings of a name in full pinyin without tones, the likeliest first, at most 8. */
export function pinyinFull(name: string): string[] {
  return variantsFrom(unitsIn(name), 'syllables', 6 * TEXT_LENGTH_MAX)[0] ?? [];
}

/** The code people remember a name by: the initials of its likeliest reading in upper case, at most 32. */
export function mnemonicOf(name: string): string {
  const initials = likeliestReadings(name).map((reading) => (reading.isLatin ? reading.syllable : reading.syllable.charAt(0)));
  return initials.join('').toUpperCase().slice(0, 32);
}

/**
 * Text whose plain byte order is the order of a Chinese phone book: digits, Latin letters, then Chinese by pinyin and
 * tone. The text itself follows, so that names which sound alike keep one order.
 */
export function sortKey(name: string): string {
  // '~' comes after every letter in byte order, a space before every one of them.
  const sound = likeliestReadings(name).map((reading) => (reading.isLatin ? reading.syllable : `~${reading.syllable}${reading.tone}`));
  return `${sound.join('')} ${foldText(name.slice(0, TEXT_LENGTH_MAX))}`;
}

/**
 * The distinct index tokens of a record: letters a-z, digits and CJK only, at most 24 characters. CJK runs of the texts
 * give characters and pairs; 'i' starts what the initials give, 'p' what the full pinyin gives, 'w' what Latin and
 * digits give, each from every place where a query may begin, so that a prefix query finds any part.
 */
export function searchTokens(texts: readonly string[], codes: readonly string[]): string[] {
  const tokens = new Set<string>();
  for (const text of texts) addTextTokens(tokens, text.slice(0, TEXT_LENGTH_MAX));
  for (const code of codes) addRunTokens(tokens, squeeze(foldText(code.slice(0, TEXT_LENGTH_MAX))));
  return [...tokens];
}

export interface QueryToken {
  token: string;
  /** Whether the index token may go on after this one. */
  prefix: boolean;
}

/** What the index is asked: every group must be met, by any one of its tokens. No group at all means everything. */
export function queryTokens(query: string): { all: QueryToken[][] } {
  const all: QueryToken[][] = [];
  for (const run of foldText(query.slice(0, QUERY_LENGTH_MAX)).match(RUNS) ?? []) {
    if (isLatin(run)) all.push(latinAlternatives(run));
    else all.push(...pairsOf([...run]).map((token) => [{ token, prefix: false }]));
  }
  return { all };
}

/**
 * Whether every word of a query is found in some text or code: in a code as part of it, in a text as an unbroken run
 * in which each character may be meant by itself, by its initial or by its pinyin ('zj宏' means 浙江宏远).
 */
export function matchesQuery(query: string, texts: readonly string[], codes: readonly string[]): boolean {
  const words = foldText(query.slice(0, QUERY_LENGTH_MAX)).split(' ').map(squeeze);
  const inCodes = codes.map((code) => squeeze(foldText(code)));
  const inTexts = texts.map((text) => unitsIn(text, 'characters'));
  return words.every(
    (word) => inCodes.some((code) => code.includes(word)) || inTexts.some((units) => isSpoken(word, units)) || word === '',
  );
}

const TEXT_LENGTH_MAX = 200;
const QUERY_LENGTH_MAX = 100;
const TOKEN_LENGTH_MAX = 24;
const RUN_LENGTH_MAX = 64;
const VARIANTS_MAX = 8;
const RUNS = /[a-z0-9]+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+/gu;
const SILENT = /[^a-z0-9\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+/gu;

/** What a text is searched by: without spaces, punctuation and signs. */
function squeeze(folded: string): string {
  return folded.replace(SILENT, '');
}

function addTextTokens(tokens: Set<string>, text: string): void {
  const runs = foldText(text).match(RUNS) ?? [];
  let hasChinese = false;
  for (const run of runs) {
    if (isLatin(run)) {
      addRunTokens(tokens, run);
      continue;
    }
    hasChinese = true;
    const characters = [...run];
    for (const character of characters) tokens.add(character);
    for (const pair of pairsOf(characters)) tokens.add(pair);
  }
  if (!hasChinese) return;
  const units = unitsIn(text);
  for (const [sign, kind] of [
    ['i', 'initials'],
    ['p', 'syllables'],
  ] as const) {
    for (const variants of variantsFrom(units, kind, TOKEN_LENGTH_MAX - 1)) {
      for (const variant of variants) tokens.add(sign + variant);
    }
  }
}

function addRunTokens(tokens: Set<string>, run: string): void {
  const end = Math.min(run.length, RUN_LENGTH_MAX);
  for (let start = 0; start < end; start += 1) tokens.add(`w${run.slice(start, start + TOKEN_LENGTH_MAX - 1)}`);
}

function latinAlternatives(run: string): QueryToken[] {
  const start = run.slice(0, TOKEN_LENGTH_MAX - 1);
  return ['w', 'i', 'p'].map((sign) => ({ token: sign + start, prefix: true }));
}

/** Neighbouring pairs; a character that stands alone is its own pair. */
function pairsOf(characters: readonly string[]): string[] {
  if (characters.length < 2) return [...characters];
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

/** How a place in a name may be typed, the likeliest first. A Latin run has but one way. */
interface Unit {
  text: string;
  initials: readonly string[];
  syllables: readonly string[];
}

/** The units of a text; Latin and digits stay together as one unless single characters are wanted. */
function unitsIn(text: string, latin: 'runs' | 'characters' = 'runs'): Unit[] {
  const units: Unit[] = [];
  for (const run of plain(text).match(RUNS) ?? []) {
    if (latin === 'runs' && isLatin(run)) units.push({ text: run, initials: [run], syllables: [run] });
    else for (const character of run) units.push(readingsOf(character));
  }
  return units;
}

/** For every place the readings of the name from there on, cut at a length: those nearest the likeliest reading, at most 8. */
function variantsFrom(units: readonly Unit[], kind: 'initials' | 'syllables', lengthMax: number): string[][] {
  const result: string[][] = [];
  let after: Variant[] = [{ text: '', strays: 0 }];
  for (const unit of units.toReversed()) {
    after = extend(unit[kind], after, lengthMax);
    result.push(after.map((variant) => variant.text));
  }
  return result.reverse();
}

interface Variant {
  text: string;
  /** How many characters are read otherwise than is likeliest. */
  strays: number;
}

/** Puts one more place in front. Other readings of it come first among equals: people type names from the beginning. */
function extend(readings: readonly string[], after: readonly Variant[], lengthMax: number): Variant[] {
  const [likeliest = '', ...others] = readings;
  if (others.length === 0) return after.map(({ text, strays }) => ({ text: (likeliest + text).slice(0, lengthMax), strays }));
  const best = new Map<string, Variant>();
  for (const reading of [...others, likeliest]) {
    for (const variant of after) {
      const text = (reading + variant.text).slice(0, lengthMax);
      const strays = variant.strays + (reading === likeliest ? 0 : 1);
      const known = best.get(text);
      if (known === undefined || known.strays > strays) best.set(text, { text, strays });
    }
  }
  return [...best.values()].sort((a, b) => a.strays - b.strays).slice(0, VARIANTS_MAX);
}

/** Walks the text once, keeping every place in the word that may have been reached. */
function isSpoken(word: string, units: readonly Unit[]): boolean {
  let reached = new Set<number>();
  for (const unit of units) {
    const next = placesAfter(word, unit, reached.add(0));
    if (next === 'spoken') return true;
    reached = next;
  }
  return false;
}

/** Where in the word one may be after saying this unit from any of the places; 'spoken' when the word is all said. */
function placesAfter(word: string, unit: Unit, places: ReadonlySet<number>): Set<number> | 'spoken' {
  const ways = [unit.text, ...unit.initials, ...unit.syllables];
  const next = new Set<number>();
  for (const place of places) {
    const rest = word.slice(place);
    if (ways.some((way) => way.startsWith(rest))) return 'spoken';
    for (const way of ways) if (rest.startsWith(way)) next.add(place + way.length);
  }
  return next;
}

/** How a text reads as a whole, where the dictionary's phrases decide between readings (重庆, 银行). */
function likeliestReadings(name: string): { isLatin: boolean; syllable: string; tone: string }[] {
  const characters = [...squeeze(plain(name.slice(0, TEXT_LENGTH_MAX)))];
  // Nothing to look up: what people type into a search is mostly this.
  if (characters.every(isLatin)) return characters.map((character) => ({ isLatin: true, syllable: character, tone: '' }));
  const written = characters.map((one) => (READ_AS_WRITTEN.has(one) ? one : simplified(one))).join('');
  const read = pinyin(written, { toneType: 'num', type: 'array', v: true });
  return characters.map((character, index) => {
    const [, syllable = character, tone = ''] = /^([a-z]+)(\d)$/.exec(read[index] ?? '') ?? [];
    return { isLatin: isLatin(character), syllable, tone };
  });
}

/** Characters in use on the mainland that fold to another one, read otherwise: the phrases know them as written (乾坤). */
const READ_AS_WRITTEN = new Set('乾著藉瞭徵夥');

function isLatin(run: string): boolean {
  return run < '\u2E80';
}

/** Half-width and lower case, still with the characters that were written. */
function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

let convert: ((text: string) => string) | undefined;
const simplifiedOf = new Map<string, string>();

function simplified(character: string): string {
  if (isLatin(character)) return character;
  const known = simplifiedOf.get(character);
  if (known !== undefined) return known;
  convert ??= Converter({ from: 't', to: 'cn' });
  const result = convert(character);
  simplifiedOf.set(character, result);
  return result;
}

const unitOfCharacter = new Map<string, Unit>();

/**
 * Every reading of a character, from the dictionary once and from memory afterwards. A character keeps its own
 * readings beside those of its simplified form: 乾 is qián in names, though it folds to 干.
 */
function readingsOf(character: string): Unit {
  const known = unitOfCharacter.get(character);
  if (known !== undefined) return known;
  const text = simplified(character);
  const syllables = isLatin(character)
    ? [character]
    : [...new Set([character, text].flatMap((one) => pinyin(one, { multiple: true, toneType: 'none', type: 'array', v: true })))];
  const unit = { text, syllables, initials: [...new Set(syllables.map((syllable) => syllable.charAt(0)))] };
  unitOfCharacter.set(character, unit);
  return unit;
}
