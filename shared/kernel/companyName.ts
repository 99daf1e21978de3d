import { CustomConverter, Locale } from 'opencc-js/t2cn';
import { foldText } from './searchTerms.ts';

/**
 * What makes two company names the same name: the text without spaces, punctuation and brackets, in half width, lower
 * case and simplified characters. Equal keys mean one name, written differently.
 */
export function nameKey(name: string): string {
  return wordsOf(name).join('') || foldText(name);
}

/**
 * What makes two company names look like one company: as nameKey, and without the legal form at the end (有限公司, Co.,
 * Ltd.) and with Taiwan's words as the mainland's (裝置 and 设备). Equal keys ask for a person's decision.
 */
export function nearNameKey(name: string): string {
  const words = wordsOf(name);
  while (words.length > 1 && LEGAL_FORMS_LATIN.has(words.at(-1) ?? '')) words.pop();
  const joined = words.join('');
  return withoutLegalForm(inMainlandWords(joined)) || joined || foldText(name);
}

const LEGAL_FORMS_LATIN = new Set(
  'co company corp corporation inc incorporated limited llc llp lp ltd plc pte pty gmbh ag sa bv'.split(' '),
);

const LEGAL_FORMS_CHINESE = [
  '有限责任公司',
  '股份有限公司',
  '有限公司',
  '分公司',
  '公司',
  '集团',
  '厂',
  '商行',
  '经营部',
  '企业社',
  '工作室',
];

/** The words of a name, folded. Signs such as '+' belong to a name, punctuation and unseen characters do not. */
function wordsOf(name: string): string[] {
  return foldText(name)
    .split(/[\p{P}\p{Z}\p{C}\s]+/u)
    .filter((word) => word !== '');
}

/** Takes legal forms off the end, one after the other: 宏远集团有限公司 is 宏远. A name of nothing else stays whole. */
function withoutLegalForm(name: string): string {
  let rest = name;
  for (;;) {
    const form = LEGAL_FORMS_CHINESE.find((one) => rest.endsWith(one));
    if (form === undefined || form === rest) return rest;
    rest = rest.slice(0, -form.length);
  }
}

let convert: ((text: string) => string) | undefined;

/** Made at first use. Both sides of the table are folded, so that it serves 裝置 and 装置 alike. */
function inMainlandWords(folded: string): string {
  convert ??= CustomConverter(taiwanWords());
  return convert(folded);
}

function taiwanWords(): [string, string][] {
  const [phrases = ''] = Locale.from.twp?.[0] ?? [];
  const pairs = typeof phrases === 'string' ? phrases.split('|').map((pair) => pair.split(' ')) : phrases;
  return pairs
    .map(([taiwan = '', mainland = '']): [string, string] => [foldText(taiwan), foldText(mainland)])
    .filter(([taiwan, mainland]) => taiwan !== mainland);
}
