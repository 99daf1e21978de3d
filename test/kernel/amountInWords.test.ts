import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { amountInWords } from '../../shared/kernel/amountInWords.ts';

describe('amounts in words', () => {
  test.each([
    [140_950, '人民币壹仟肆佰零玖元伍角'],
    [32_504, '人民币叁佰贰拾伍元零肆分'],
    [168_032, '人民币壹仟陆佰捌拾元叁角贰分'],
    [600_714, '人民币陆仟零柒元壹角肆分'],
    [10_700_053, '人民币壹拾万柒仟元伍角叁分'],
    [1_640_902, '人民币壹万陆仟肆佰零玖元零贰分'],
    [100_000, '人民币壹仟元整'],
    [0, '人民币零元整'],
    [1, '人民币壹分'],
    [50, '人民币伍角'],
    [55, '人民币伍角伍分'],
    [1_000, '人民币壹拾元整'],
    [1_000_500, '人民币壹万零伍元整'],
    [10_010_000, '人民币壹拾万零壹佰元整'],
    [10_000_000_000, '人民币壹亿元整'],
    [10_000_000_100, '人民币壹亿零壹元整'],
    [1_000_100_000_000, '人民币壹佰亿零壹佰万元整'],
    [10_000_000_000_000, '人民币壹仟亿元整'],
    [1_000_000_000_000_000, '人民币壹拾万亿元整'],
    [-32_504, '人民币负叁佰贰拾伍元零肆分'],
  ])('%i fen are %s', (minor, words) => {
    expect(amountInWords(minor, { language: 'zh-CN', currency: 'CNY' })).toBe(words);
  });

  test('Taiwan writes its own characters and the name of its own money', () => {
    expect(amountInWords(100_000, { language: 'zh-TW', currency: 'TWD' })).toBe('新臺幣壹仟元整');
    expect(amountInWords(1_000, { language: 'zh-TW', currency: 'TWD', options: { digits: 0, yuan: '圆' } })).toBe('新臺幣壹仟圓整');
    expect(amountInWords(-2_345_678_900, { language: 'zh-TW', currency: 'TWD' })).toBe('新臺幣負貳仟參佰肆拾伍萬陸仟柒佰捌拾玖元整');
  });

  test('a company chooses 圆, 正 and whether the currency stands before the amount', () => {
    const how = { language: 'zh-CN', currency: 'CNY', options: { yuan: '圆', whole: '正', prefix: false } } as const;
    expect(amountInWords(100_000, how)).toBe('壹仟圆正');
    expect(amountInWords(100_000, { language: 'zh-CN', currency: 'USD' })).toBe('美元壹仟元整');
    expect(amountInWords(1_000, { language: 'zh-CN', currency: 'JPY' })).toBe('日元壹仟元整');
    expect(amountInWords(100, { language: 'zh-CN', currency: 'XAU' })).toBe('XAU壹元整');
  });

  test.each([
    [140_950, 'CNY', 'ONE THOUSAND FOUR HUNDRED NINE YUAN AND FIFTY FEN ONLY'],
    [0, 'CNY', 'ZERO YUAN ONLY'],
    [1, 'USD', 'ONE CENT ONLY'],
    [100, 'USD', 'ONE US DOLLAR ONLY'],
    [2_100, 'USD', 'TWENTY-ONE US DOLLARS ONLY'],
    [1_000_500, 'USD', 'TEN THOUSAND FIVE US DOLLARS ONLY'],
    [-10_000_000_013, 'USD', 'MINUS ONE HUNDRED MILLION US DOLLARS AND THIRTEEN CENTS ONLY'],
    [10_000_000_000_000, 'TWD', 'ONE HUNDRED BILLION NEW TAIWAN DOLLARS ONLY'],
    [1_000, 'JPY', 'ONE THOUSAND YEN ONLY'],
  ])('%i of %s in English', (minor, currency, words) => {
    expect(amountInWords(minor, { language: 'en', currency })).toBe(words);
  });

  test('the Chinese words of any amount read back as that amount', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000_000_000), (minor) => {
        const words = amountInWords(minor, { language: 'zh-CN', currency: 'CNY', options: { prefix: false } });
        expect(readBack(words)).toBe(minor);
        expect(words).not.toMatch(/零零|零[拾佰仟万亿]/);
      }),
    );
  });

  test('an amount that is not exact is refused', () => {
    expect(() => amountInWords(0.5, { language: 'zh-CN', currency: 'CNY' })).toThrow(expect.objectContaining({ code: 'number.tooLarge' }));
  });
});

/** Reads words as a bookkeeper does: digits times their places, groups times theirs. */
function readBack(words: string): number {
  let [total, section, digit] = [0, 0, 0];
  const places: Record<string, number> = { 拾: 10, 佰: 100, 仟: 1_000 };
  for (const character of words) {
    const value = '零壹贰叁肆伍陆柒捌玖'.indexOf(character);
    if (value >= 0) digit = value;
    else if (places[character]) [section, digit] = [section + digit * places[character], 0];
    else if (character === '万') [total, section, digit] = [total + (section + digit) * 10_000, 0, 0];
    else if (character === '亿') [total, section, digit] = [(total + section + digit) * 100_000_000, 0, 0];
    else if (character === '元') [total, section, digit] = [(total + section + digit) * 100, 0, 0];
    else if (character === '角') [total, digit] = [total + digit * 10, 0];
    else if (character === '分') [total, digit] = [total + digit, 0];
  }
  return total;
}
