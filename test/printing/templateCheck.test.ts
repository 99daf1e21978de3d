import { describe, expect, test } from 'vitest';
import { sampleDataOf } from '../../server/features/printing/data/sampleData.ts';
import { catalogue } from '../../shared/catalogue.ts';
import { languages } from '../../shared/language/languages.ts';
import { checkTemplate, templateFrom, templateLimits } from '../../shared/printing/checkTemplate.ts';
import { mergeText } from '../../shared/printing/mergeText.ts';
import { mergeFieldsOf, printValueOf } from '../../shared/printing/printData.ts';
import { contract } from '../../shared/printing/standard/contract.ts';
import { quotation } from '../../shared/printing/standard/quotation.ts';
import { standardTemplates, standardTemplatesFor } from '../../shared/printing/standardTemplates.ts';
import { inLanguage, type PrintText } from '../../shared/printing/template.ts';
import { commercialData, itemData, namesOf, receiptData, statementData, text } from './samples.ts';

const names = namesOf(commercialData('quotation', 'zh-CN', 1));
const codesOf = (template: unknown) => checkTemplate(template, names).map((refusal) => refusal.code);
const withBlock = (block: unknown) => ({ ...quotation, blocks: [block] });
const withText = (said: string) => withBlock({ kind: 'text', text: said });

/** A paper of no record type is filled like a commercial document. */
const customData = (type: string) => (language: 'zh-CN', count: number) => commercialData(type, language, count);

test('the standard templates pass the check that an administrator’s own must pass', () => {
  for (const template of standardTemplates) {
    const made = { receipt: receiptData, customerStatement: statementData, item: itemData }[template.type];
    const definition = catalogue.find(template.type);
    const options = { catalogue, language: 'zh-CN', today: '2026-11-21', currency: 'CNY' } as const;
    const data = definition && !made ? sampleDataOf(definition, options) : (made ?? customData(template.type))('zh-CN', 1);
    expect(checkTemplate(JSON.parse(JSON.stringify(template)), namesOf(data)), template.name).toEqual([]);
  }
});

test('the standard templates say everything in all three languages', () => {
  const missing: string[] = [];
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('zh-CN' in value)
      missing.push(
        ...languages
          .filter((language) => !inLanguage({ [language]: (value as Record<string, string>)[language] } as PrintText, language))
          .map((language) => `${path} ${language}`),
      );
    else for (const [key, inner] of Object.entries(value)) visit(inner, `${path}.${key}`);
  };
  for (const template of standardTemplates) visit(template, template.name);
  expect(missing).toEqual([]);
});

test('a delivery note has standard templates with and without prices, the continuous one first', () => {
  expect(standardTemplatesFor('stockOut').map((template) => template.name)).toEqual([
    'deliveryNote',
    'deliveryNoteA4',
    'deliveryNotePriced',
  ]);
});

describe('what a template from outside may not be', () => {
  test('no place for a script, an address or a path', () => {
    expect(codesOf({ ...quotation, script: 'alert(1)' })).toEqual(['print.unknownKey']);
    expect(
      codesOf(
        withBlock({ kind: 'picture', field: 'company.name', widthTenthMm: 100, heightTenthMm: 100, src: 'http://example.com/a.png' }),
      ),
    ).toEqual(['print.unknownKey']);
    expect(codesOf(withBlock({ kind: 'picture', field: 'file:///etc/passwd', widthTenthMm: 100, heightTenthMm: 100 }))).toEqual([
      'print.unknownMergeField',
    ]);
    expect(codesOf(withBlock({ kind: 'script', text: 'x' }))).toEqual(['print.wrongShape']);
    expect(codesOf(withBlock({ kind: 'constructor', text: 'x' }))).toEqual(['print.wrongShape']);
    expect(codesOf(JSON.parse('{"__proto__": {"a": 1}}'))).toContain('print.unknownKey');
  });

  test.each([
    '{{constructor.name}}',
    '{{customer.constructor}}',
    '{{customer.__proto__}}',
    '{{customer.name.length}}',
    '{{1+1}}',
    '{{}}',
    '{{people.salary}}',
  ])('the merge field %s has no value to give', (said) => expect(codesOf(withText(said))).toEqual(['print.unknownMergeField']));

  test.each(['{{customer.name', 'customer.name}}', '{{a{{customer.name}}'])('the merge field %s is not closed as it was opened', (said) => {
    expect(codesOf(withText(said))[0]).toMatch(/print\.(badMergeField|unknownMergeField)/);
  });

  test('ten thousand nested blocks are refused without being followed', () => {
    let block: unknown = { kind: 'rule' };
    for (let depth = 0; depth < 10_000; depth += 1) block = { kind: 'sideBySide', parts: [[block]] };
    expect(codesOf(withBlock(block))).toEqual(['print.tooDeep']);
  });

  test('ten thousand blocks beside each other are too many', () => {
    expect(codesOf({ ...quotation, blocks: Array.from({ length: 10_000 }, () => ({ kind: 'rule' })) })).toEqual(['print.tooMany']);
    const row = { kind: 'sideBySide', parts: [Array.from({ length: 150 }, () => ({ kind: 'rule' }))] };
    expect(codesOf({ ...quotation, blocks: [row, row] })).toEqual(['print.tooMany']);
  });

  test('a hostile template is told at most fifty things', () => {
    const keys = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`key${index}`, 1]));
    expect(codesOf(keys).length).toBe(templateLimits.refusals);
  });

  test('every number, text and list has a limit', () => {
    expect(codesOf(withText('长'.repeat(5001)))).toEqual(['print.textTooLong']);
    expect(codesOf({ ...quotation, fontSizeTenthPt: 5 })).toEqual(['print.outOfRange']);
    expect(codesOf({ ...quotation, fontSizeTenthPt: 95.5 })).toEqual(['print.wrongShape']);
    expect(codesOf({ ...quotation, paper: { ...quotation.paper, size: { widthTenthMm: 2410, heightTenthMm: 99_999 } } })).toEqual([
      'print.outOfRange',
    ]);
    expect(codesOf(withBlock({ kind: 'table', columns: [] }))).toEqual(['print.tooFew']);
    expect(codesOf(withBlock({ kind: 'table', columns: [{ field: 'cost' }] }))).toEqual(['print.unknownMergeField']);
    expect(codesOf({ ...quotation, blocks: 'none' })).toEqual(['print.wrongShape']);
    expect(codesOf(null)).toEqual(['print.wrongShape']);
  });

  test('margins that leave no room, two tables and a template without a name are told as such', () => {
    const margins = { top: 600, right: 600, bottom: 600, left: 600 };
    expect(codesOf({ ...quotation, paper: { size: '241x93.1', marginsTenthMm: margins, continuous: true } })).toEqual(['print.noRoom']);
    const table = { kind: 'table', columns: [{ field: 'position' }] };
    expect(codesOf({ ...quotation, blocks: [table, table] })).toEqual(['print.oneTable']);
    expect(codesOf(withBlock({ kind: 'sideBySide', parts: [[table]] }))).toEqual(['print.oneTable']);
    expect(codesOf({ ...quotation, label: ' ' })).toEqual(['print.labelMissing']);
  });

  test('saving refuses with all that is wrong, and gives a good template back unchanged', () => {
    expect(() => templateFrom({ ...quotation, look: 'gold', version: 2 }, names)).toThrowError(
      expect.objectContaining({ code: 'print.templateInvalid' }),
    );
    expect(templateFrom(contract, namesOf(commercialData('salesOrder', 'zh-CN', 1)))).toEqual(contract);
  });
});

describe('merge fields', () => {
  const data = commercialData('salesOrder', 'zh-CN', 2);

  test('the editor offers every field of the document, its parties, people and totals by its label', () => {
    const offered = mergeFieldsOf({ ...data, labels: { 'customer.name': '客户名称' } }, 'zh-CN');
    expect(offered).toContainEqual({ name: 'customer.name', label: '客户名称', kind: 'text' });
    for (const name of ['document.number', 'document.deliverBy', 'people.maker', 'total.grossAmount', 'total.words']) {
      expect(offered.map((field) => field.name)).toContain(name);
    }
  });

  test('values are said as people write them, in the language of the print', () => {
    const said = (language: 'zh-CN' | 'en') => mergeText('{{document.deliverBy}} {{ total.grossAmount }}', { data, language });
    expect(said('zh-CN')).toBe('2026年12月5日 ¥462.85');
    expect(said('en')).toBe('5 Dec 2026 ¥462.85');
  });

  test('a value that looks like a merge field is not merged again', () => {
    const sly = { ...data, customer: { name: text('{{people.maker}}') } };
    expect(mergeText('{{customer.name}}', { data: sly, language: 'zh-CN' })).toBe('{{people.maker}}');
  });

  test('nothing that objects inherit has a value', () => {
    for (const name of ['customer.constructor', 'customer.toString', '__proto__.name', 'constructor.name', 'customer'])
      expect(printValueOf(data, name)).toBeUndefined();
  });
});
