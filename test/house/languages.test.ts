import { describe, expect, test } from 'vitest';
import { catalogue } from '../../shared/catalogue.ts';
import { importPlanOf } from '../../shared/exchange/importPlans.ts';
import { Catalogue } from '../../shared/kernel/catalogue.ts';
import { defineDocument } from '../../shared/kernel/defineDocument.ts';
import { choice, text } from '../../shared/kernel/fields.ts';
import { domainWords } from '../../shared/language/domain/index.ts';
import { choiceName, fieldName, refusalText } from '../../shared/language/labels.ts';
import { languages } from '../../shared/language/languages.ts';
import { uiWords } from '../../shared/language/ui/index.ts';
import { type Source, sourcesIn } from './sources.ts';
import {
  chineseInEnglish,
  differentKeys,
  differentPlaceholders,
  foreignCharacters,
  missingTexts,
  needlessTexts,
  refusalCodesIn,
  textsLikeCodesIn,
  textsOf,
  wantedTexts,
} from './words.ts';

const code = sourcesIn('shared', 'server').filter(({ path }) => !path.startsWith('shared/language/'));
// What an import says of a row is named after what was found in it: `import.` and the kind.
const found = [
  ...['emptyName', 'nothing', 'existing', 'formulaText', 'badValue', 'notANumber', 'tooManyDigits', 'tooLarge'],
  ...catalogue.definitions.flatMap((definition) => {
    const plan = importPlanOf(definition);
    return plan ? [...Object.values(plan.verdicts), ...plan.faults].flatMap((verdict) => verdict?.kind ?? []) : [];
  }),
].map((kind) => `import.${kind}`);
const codes = [...refusalCodesIn(code), ...found];
const codesPerhaps = [...textsLikeCodesIn(code), ...found];
const texts = { 'zh-CN': textsOf(domainWords['zh-CN']), 'zh-TW': textsOf(domainWords['zh-TW']), en: textsOf(domainWords.en) };
const screens = { 'zh-CN': textsOf(uiWords['zh-CN']), 'zh-TW': textsOf(uiWords['zh-TW']), en: textsOf(uiWords.en) };

describe.each(languages)('in %s', (language) => {
  test('everything the product names has a text', () => {
    expect(missingTexts(wantedTexts(catalogue, codes), texts[language])).toEqual([]);
  });

  test('no text is left over from something that is gone', () => {
    expect(needlessTexts(wantedTexts(catalogue, codesPerhaps), texts[language])).toEqual([]);
  });

  test('no text is empty', () => {
    expect([...texts[language], ...screens[language]].filter(([, words]) => words.trim() === '')).toEqual([]);
  });
});

test('all languages say the same things about the same facts', () => {
  for (const language of ['zh-TW', 'en'] as const) {
    expect(differentKeys(texts['zh-CN'], texts[language])).toEqual([]);
    expect(differentPlaceholders(texts['zh-CN'], texts[language])).toEqual([]);
    expect(differentPlaceholders(screens['zh-CN'], screens[language])).toEqual([]);
  }
});

test('the facts in refusals are told by kinds the screens can write', () => {
  const kinds = [...textsOf(domainWords['zh-CN'].refusals).values()].flatMap((words) =>
    [...words.matchAll(/\{\{\w+\|(\w+)\}\}/g)].map((match) => match[1]),
  );
  expect([...new Set(kinds)].filter((kind) => !writtenKinds.includes(String(kind)))).toEqual([]);
});

describe('each language keeps to its own script', () => {
  test.each(['zh-CN', 'zh-TW'] as const)('%s', (language) => {
    expect(foreignCharacters(language, texts[language])).toEqual([]);
    expect(foreignCharacters(language, screens[language])).toEqual([]);
  });

  test('en', () => {
    expect(chineseInEnglish(texts.en)).toEqual([]);
    // A choice of numberings shows the numbering itself.
    expect(chineseInEnglish(screens.en).filter((text) => !text.startsWith('templates/numberings/'))).toEqual([]);
  });
});

test('Taiwan reads its own words, not ours in other characters', () => {
  const ours = /數據庫|用戶(?!端)|默認|打印|導入|導出|菜單|文件夾|賬|質量|信息|軟件|服務器|權限組|網絡|屏幕|鼠標|字段/;
  expect([...texts['zh-TW'], ...screens['zh-TW']].filter(([, words]) => ours.test(words))).toEqual([]);
});

test('a field of a row, a choice and a refusal are found in words', () => {
  expect(fieldName(domainWords['zh-CN'], 'salesOrder', 'lines.shipped')).toBe('已出库数量');
  expect(choiceName(domainWords['zh-TW'], 'customer', 'addresses.purpose', 'billing')).toBe('收發票');
  const facts = { count: 2, items: ['P000001', 'P000002'] };
  const words = refusalText(domainWords.en, 'price.belowFloor', facts, (value) =>
    Array.isArray(value) ? value.join(', ') : String(value),
  );
  expect(words).toMatch(/^Lines below the lowest price: 2 \(P000001, P000002\)\. /);
});

describe('the guard sees', () => {
  const boat = defineDocument({
    type: 'boat',
    area: 'sea',
    visibility: { by: 'company' },
    numbering: { series: 'B{serial:4}', drawnAt: 'create' },
    fields: { day: text({ max: 9 }), colour: choice(['red'], { group: 'looks' }) },
    parts: { crew: { max: 9, fields: { name: text({ max: 9 }), rank: text({ max: 9 }) } } },
    states: { afloat: { editable: 'all', look: 'active' } },
    steps: { sink: { from: ['afloat'], to: 'afloat', operation: 'void' } },
  });
  const sea = wantedTexts(new Catalogue([boat], []), ['boat.full']);

  test('a type, field, part, choice, state, step, group, area and refusal without words', () => {
    const missing = missingTexts(sea, texts.en);
    for (const place of [
      'types/boat/one',
      'fields/boat/colour',
      'fields/boat/crew.rank',
      'parts/boat/crew',
      'choices/boat/colour/red',
      'states/boat/afloat',
      'steps/boat/sink',
      'groups/looks',
      'areas/sea',
      'refusals/boat.full',
    ]) {
      expect(missing).toContain(`${place} has no text`);
    }
    expect(missing.filter((place) => /number|remark|crew\.name/.test(place))).toEqual([]);
  });

  test('an empty text and one that nobody reads', () => {
    expect(missingTexts([['a/b', 'common/b']], new Map([['a/b', ' ']]))).toEqual(['a/b has no text']);
    expect(
      needlessTexts(
        [['a/b', 'a/c']],
        new Map([
          ['a/b', 'x'],
          ['a/c', 'x'],
          ['d', 'x'],
        ]),
      ),
    ).toEqual(['a/c is read by nobody', 'd is read by nobody']);
  });

  test('keys and placeholders that differ between languages', () => {
    expect(
      differentKeys(
        new Map([
          ['a', 'x'],
          ['t/many', 'x'],
        ]),
        new Map([['b', 'x']]),
      ),
    ).toEqual(['a is not in both', 'b is not in both']);
    expect(differentPlaceholders(new Map([['a', '{{x}} {{y|money}}']]), new Map([['a', '{{x}} {{y}}']]))).toEqual([
      'a says {{x}} {{y|money}} and {{x}} {{y}}',
    ]);
  });

  test('a traditional character among simplified ones, and the reverse', () => {
    expect(
      foreignCharacters(
        'zh-CN',
        new Map([
          ['a', '保存客戶'],
          ['b', '只有一台'],
        ]),
      ),
    ).toEqual(['a has 戶: 保存客戶']);
    expect(
      foreignCharacters(
        'zh-TW',
        new Map([
          ['a', '儲存客户'],
          ['b', '只有一台'],
        ]),
      ),
    ).toEqual(['a has 户: 儲存客户']);
    expect(
      chineseInEnglish(
        new Map([
          ['a', 'Save（all）'],
          ['b', 'Save “all”'],
        ]),
      ),
    ).toEqual(['a: Save（all）']);
  });

  test('a refusal code wherever code gives one', () => {
    const planted: Source = {
      path: 'server/a.ts',
      text: `
        throw new Refusal(isNear ? 'a.near' : 'a.exact', { x: 'a.fact' });
        const found = refuse('b.call');
        const guard = { code: 'c.guard', shortage: 'c.shortage', name: 'c.name' };
        const code = wide ? 'd.wide' : 'd.narrow';
        function mobileProblem(x) { switch (x) { case 'f.case': return x === 'f.compared' ? 'e.returned' : null; } }
        allow('f.right');`,
    };
    expect(refusalCodesIn([planted])).toEqual(['a.exact', 'a.near', 'b.call', 'c.guard', 'c.shortage', 'd.narrow', 'd.wide', 'e.returned']);
  });
});

/** Kinds behind the bar in a placeholder, as app/renderer/ui/problemText.ts writes them. */
const writtenKinds = ['money', 'quantity', 'price', 'rate', 'exchangeRate', 'day', 'type', 'field', 'state'];
