import { describe, expect, test } from 'vitest';
import { nameKey, nearNameKey } from '../../shared/kernel/companyName.ts';

describe('the same name written differently', () => {
  test.each([
    '宁波宏远贸易有限公司',
    ' 宁波宏远贸易有限公司　',
    '宁波 宏远贸易有限公司',
    '宁波宏远贸易（有限公司）',
    '宁波宏远贸易[有限公司]',
    '宁波·宏远贸易【有限公司】',
    '寧波宏遠貿易有限公司',
    '宁波宏远贸易有限公司\u200B',
  ])('%s is one name', (name) => {
    expect(nameKey(name)).toBe('宁波宏远贸易有限公司');
  });

  test('letters in full width, in capitals and with points are one name', () => {
    expect(nameKey('ＡＣＭＥ（Shanghai） Co., Ltd.')).toBe(nameKey('acme shanghai co ltd'));
    expect(nameKey('C++ 工作室')).not.toBe(nameKey('C 工作室'));
  });

  test('another legal form is another name', () => {
    expect(nameKey('宏远贸易有限公司')).not.toBe(nameKey('宏远贸易股份有限公司'));
  });

  test('a name of punctuation alone still has a key', () => {
    expect(nameKey('***')).toBe('***');
  });
});

describe('names that look like one company', () => {
  test('the legal form does not tell companies apart', () => {
    const forms = ['有限责任公司', '股份有限公司', '有限公司', '公司', '集团', '厂', '商行', '经营部', '（集團）有限公司'];
    expect(new Set(forms.map((form) => nearNameKey(`宏远贸易${form}`)))).toEqual(new Set(['宏远贸易']));
    const latin = ['Acme Trading Co., Ltd.', 'ACME TRADING', 'Acme Trading Inc.', 'Acme Trading Company Limited'];
    expect(new Set(latin.map(nearNameKey))).toEqual(new Set(['acmetrading']));
  });

  test("Taiwan's words and the mainland's are one", () => {
    expect(nearNameKey('杭州百點機械裝置有限公司')).toBe(nearNameKey('杭州百点机械设备有限公司'));
    expect(nearNameKey('成都鑫泰源資訊科技經營部')).toBe(nearNameKey('成都鑫泰源信息技术经营部'));
  });

  test('the place and the trade do tell companies apart', () => {
    expect(nearNameKey('宁波宏远贸易有限公司')).not.toBe(nearNameKey('杭州宏远贸易有限公司'));
    expect(nearNameKey('宏远贸易有限公司')).not.toBe(nearNameKey('宏远物流有限公司'));
  });

  test('a name of nothing but a legal form stays whole', () => {
    expect([nearNameKey('有限公司'), nearNameKey('Ltd.')]).toEqual(['有限公司', 'ltd']);
  });

  test('a text of fifty thousand characters has its keys', () => {
    expect(nearNameKey(`${' '.repeat(50_000)}x`)).toBe('x');
    expect(nearNameKey('公司'.repeat(25_000))).toBe('公司');
  });
});
