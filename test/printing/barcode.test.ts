import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { barsOf } from '../../shared/printing/barcode.ts';

/** Modules as a scanner sees them: 1 is dark. */
const modulesOf = (text: string): string =>
  (barsOf(text)?.widths ?? []).map((width, index) => (index % 2 === 0 ? '1' : '0').repeat(width)).join('');

describe('EAN-13', () => {
  test('reads as the standard’s tables say', () => {
    const left = '0001101 0100111 0101111 0111101 0001001 0110011'.split(' ');
    const right = '1000010 1000010 1000010 1110100 1000010 1100110'.split(' ');
    expect(modulesOf('4006381333931')).toBe(['101', ...left, '01010', ...right, '101'].join(''));
  });

  test('is ninety-five modules wide with the quiet it wants at its sides', () => {
    expect(barsOf('6901234567892')).toMatchObject({ symbology: 'ean13', quietLeft: 11, quietRight: 7 });
    expect(modulesOf('6901234567892')).toHaveLength(95);
  });

  test('thirteen digits with a wrong check digit are no EAN-13', () => {
    expect(barsOf('4006381333930')?.symbology).toBe('code128');
  });
});

describe('Code 128', () => {
  test('letters are of set B, with the check character the standard works out', () => {
    // Start B, P J J 1 2 3 C, check character 55, stop.
    expect(charactersOf('PJJ123C')).toEqual([104, 48, 42, 42, 17, 18, 19, 35, 55, 106]);
  });

  test('digits go in pairs', () => {
    expect(charactersOf('123456')).toEqual([105, 12, 34, 56, 44, 106]);
    expect(charactersOf('SO202611').slice(0, 8)).toEqual([104, 51, 47, 99, 20, 26, 11, 101]);
  });

  test('whatever a keyboard can type comes back as it was', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\x20-\x7e]{1,30}$/), (text) => {
        if (barsOf(text)?.symbology === 'code128') expect(readCode128(charactersOf(text))).toBe(text);
      }),
    );
  });

  test('what no scanner could give back has no bars', () => {
    for (const text of ['', '轴承-01', 'a\tb', 'x'.repeat(49)]) expect(barsOf(text), text).toBeNull();
  });
});

/** The characters of a Code 128 by the standard's table, the check character proven. */
function charactersOf(text: string): number[] {
  const widths = barsOf(text)?.widths ?? [];
  const body = widths.slice(0, -7);
  expect(widths.slice(-7).join('')).toBe('2331112');
  const characters: number[] = [];
  for (let at = 0; at < body.length; at += 6) {
    const six = body.slice(at, at + 6);
    expect(six.reduce((sum, one) => sum + one, 0)).toBe(11);
    characters.push(standardTable.indexOf(six.join('')));
  }
  const [start = 0, ...rest] = characters;
  const check = characters.at(-1);
  const sum = rest.slice(0, -1).reduce((total, value, index) => total + value * (index + 1), start);
  expect(check).toBe(sum % 103);
  return [...characters, 106];
}

function readCode128(characters: readonly number[]): string {
  let set = characters[0] === 105 ? 'C' : 'B';
  let text = '';
  for (const value of characters.slice(1, -2)) {
    if (set === 'C' && value === 100) set = 'B';
    else if (set === 'B' && value === 99) set = 'C';
    else text += set === 'C' ? String(value).padStart(2, '0') : String.fromCharCode(value + 32);
  }
  return text;
}

/** The table of ISO/IEC 15417: bars and spaces of the values 0 to 105. */
const standardTable = `
  212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222
  123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321
  232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121
  313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224
  111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111
  111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113
  114311 411113 411311 113141 114131 311141 411131 211412 211214 211232
`
  .trim()
  .split(/\s+/);
