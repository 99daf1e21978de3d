import { barcodeProblem } from '../kernel/validators.ts';

/** A barcode as widths in modules, beginning with a bar, bars and spaces by turns; and the quiet modules it wants at its sides. */
export interface Bars {
  readonly symbology: 'ean13' | 'code128';
  readonly widths: readonly number[];
  readonly quietLeft: number;
  readonly quietRight: number;
}

/** EAN-13 for thirteen digits that check, Code 128 for other ASCII; null for what no scanner could give back. */
export function barsOf(text: string): Bars | null {
  if (/^\d{13}$/.test(text) && barcodeProblem(text) === null) {
    return { symbology: 'ean13', widths: ean13Widths(text), quietLeft: 11, quietRight: 7 };
  }
  if (!/^[\x20-\x7e]{1,48}$/.test(text)) return null;
  return { symbology: 'code128', widths: code128Widths(text), quietLeft: 10, quietRight: 10 };
}

/** Left-hand digits with odd parity (ISO/IEC 15420, set A): space, bar, space, bar. Set B reads backwards; the right half is the same with bars first. */
const eanDigits = ['3211', '2221', '2122', '1411', '1132', '1231', '1114', '1312', '1213', '3112'];
/** Which digits of the left half are of set B; the first digit of the number is told by nothing else. */
const eanParities = ['AAAAAA', 'AABABB', 'AABBAB', 'AABBBA', 'ABAABB', 'ABBAAB', 'ABBBAA', 'ABABAB', 'ABABBA', 'ABBABA'];

function ean13Widths(text: string): number[] {
  const digits = [...text].map(Number);
  const parity = eanParities[digits[0] ?? 0] ?? '';
  const left = digits.slice(1, 7).map((digit, index) => {
    const widths = eanDigits[digit] ?? '';
    return parity[index] === 'A' ? widths : [...widths].reverse().join('');
  });
  const right = digits.slice(7).map((digit) => eanDigits[digit] ?? '');
  return numbers(['111', ...left, '11111', ...right, '111'].join(''));
}

/** Bars and spaces of the 107 characters of Code 128 (ISO/IEC 15417), the stop with its last bar. */
const code128 =
  [
    '212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222123122123221223211221132',
    '221231213212223112312131311222321122321221312212322112322211212123212321232121111323131123131321112313132113132311211313',
    '231113231311112133112331132131113123113321133121313121211331231131213113213311213131311123311321331121312113312311332111',
    '314111221411431111111224111422121124121421141122141221112214112412122114122411142112142211241211221114413111241112134111',
    '111242121142121241114212124112124211411212421112421211212141214121412121111143111341131141114113114311411113411311113141',
    '114131311141411131211412211214211232',
  ]
    .join('')
    .match(/.{6}/g) ?? [];
const [startB, startC, codeB, codeC, stop] = [104, 105, 100, 99, '2331112'] as const;

function code128Widths(text: string): number[] {
  const values = code128Values(text);
  const check = values.reduce((sum, value, index) => sum + value * Math.max(1, index), 0) % 103;
  return numbers([...values, check].map((value) => code128[value] ?? '').join('') + stop);
}

/** Runs of digits in pairs (set C) where that is shorter, everything else in set B. */
function code128Values(text: string): number[] {
  const values: number[] = [];
  let set: 'B' | 'C' | null = null;
  for (let at = 0; at < text.length; ) {
    const digits = /^\d*/.exec(text.slice(at))?.[0].length ?? 0;
    const reachesEdge = at === 0 || at + digits === text.length;
    const wantsC: boolean = set === 'C' ? digits >= 2 : digits >= (reachesEdge ? 4 : 6) && digits % 2 === 0;
    const next: 'B' | 'C' = wantsC ? 'C' : 'B';
    if (set === null) values.push(next === 'C' ? startC : startB);
    else if (set !== next) values.push(next === 'C' ? codeC : codeB);
    set = next;
    values.push(wantsC ? Number(text.slice(at, at + 2)) : text.charCodeAt(at) - 32);
    at += wantsC ? 2 : 1;
  }
  return values;
}

const numbers = (digits: string): number[] => [...digits].map(Number);
