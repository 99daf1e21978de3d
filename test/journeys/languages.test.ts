import { isAbsolute } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readyPositions } from '../../shared/access/readyPositions.ts';
import type { DefinitionAnswer, RecordAnswer, SessionAnswer } from '../../shared/contracts/wire.ts';
import { type Language, languageNames, languages } from '../../shared/language/languages.ts';
import { chineseInEnglish, foreignCharacters } from '../house/words.ts';
import { goTo, keepPicturesOfFailures, openPremises, type Person, type Premises, settled, signIn } from './company.ts';
import { created, type Desk, deskOf, ground, rowsOf, step } from './ground.ts';
import { type Look, lookAt } from './look.ts';

const schemes: Readonly<Record<Language, 'light' | 'dark'>> = { 'zh-CN': 'light', 'zh-TW': 'dark', en: 'light' };

// Each language has a server and a browser of its own, and mostly waits for them: all three are looked through at a time.
describe.concurrent.each(languages)('in %s', (language) => {
  let premises: Premises;
  let person: Person;
  let places: string[];
  const looks = new Map<string, Look>();
  beforeAll(async () => {
    premises = await openPremises();
    const { token, session } = await setUp(premises, language);
    const desk = deskOf(premises.server, token);
    places = await placesOf(desk, session, await fill(desk));
    person = await premises.visitor({ language });
    await person.page.evaluate(`localStorage.setItem('tradepost.appearance', '{"scheme":"${schemes[language]}","density":"compact"}')`);
    await signIn(person.page, 'ann', 'Harbour-2026');
    await person.page.reload();
    // A page is known by its difference from the one before, so the first one needs another before it.
    await visit(person.page, '/nowhere');
    for (const place of places) looks.set(place, await visit(person.page, place));
    for (const [name, overlay] of Object.entries(overlays)) looks.set(name, await unfold(person.page, name, overlay));
  }, 900_000);
  afterAll(() => premises?.close());
  keepPicturesOfFailures(() => premises);

  /** Each finding once, with the place where it was seen first and how many others there are. */
  const seen = (tell: (look: Look) => readonly string[]): string[] => {
    const findings = [...looks].flatMap(([place, look]) => [...new Set(tell(look))].map((finding) => ({ finding, place })));
    const places = Map.groupBy(findings, ({ finding }) => finding);
    return [...places].map(
      ([finding, [first, ...others]]) => `${finding} @ ${first?.place}${others.length > 0 ? ` and ${others.length} more` : ''}`,
    );
  };

  test('every place opens, and nothing is complained of behind the screen', () => {
    expect(looks.size).toBeGreaterThan(60);
    expect(seen(({ title, place }) => (title === '' ? [`${place} has no title`] : []))).toEqual([]);
    expect(person.troubles).toEqual([]);
  });

  test('no key of a text, no name of a field and no open placeholder is shown instead of words', () => {
    expect(seen(({ texts }) => texts.filter(isRawKey))).toEqual([]);
  });

  test('every screen keeps to its language', () => {
    expect(seen(({ texts }) => foreignIn(language, texts))).toEqual([]);
  });

  test('nothing sticks out at 1366 × 768', () => {
    expect(seen(({ overflow }) => overflow)).toEqual([]);
  });

  test('words stand out from what is behind them', () => {
    expect(seen(({ faint }) => faint)).toEqual([]);
  });
});

async function setUp(premises: Premises, language: Language): Promise<{ token: string; session: SessionAnswer }> {
  const { body, status, text } = await premises.server.call('POST', '/api/setup', {
    body: {
      company: { name: 'Harbour 7', code: 'demo' },
      administrator: { login: 'ann', name: 'Ann', password: 'Harbour-2026' },
      language,
      timeZone: 'Asia/Shanghai',
      currency: 'CNY',
      taxRate: 130_000,
      content: 'empty',
    },
  });
  if (status >= 400) throw new Error(text);
  return body as unknown as { token: string; session: SessionAnswer };
}

/** One of everything, with names that are the same in every language; answers with the records that are looked at in their forms. */
async function fill(desk: Desk): Promise<RecordAnswer[]> {
  const lay = ground(desk);
  const customer = await lay.customer({ name: 'KX-7', owner: 'ann' });
  const item = await lay.item({ code: 'B-100', name: 'B-100', spec: '6204-2RS', grossPrice: 12_500_000 });
  await lay.stocked([item], 100);
  const order = await lay.order({ customer, lines: [{ item, pieces: 10, grossPrice: 12_500_000 }] });
  const lines = [{ item: item.id, name: 'B-100', unit: 'pc', quantity: 3_000_000, grossPrice: 12_500_000, priceBasis: 'gross' }];
  const quotation = await created(desk, 'quotation', { values: { customer: customer.id }, parts: { lines } });
  const receipt = await step(desk, await created(desk, 'receipt', { values: { customer: customer.id, amount: 5_000 } }), 'post');
  const contact = await created(desk, 'contact', { values: { customer: customer.id, name: 'Bo' } });
  return [customer, item, order, quotation, receipt, contact];
}

const pages = [
  ...[
    '/',
    '/stock',
    '/receivables',
    '/accounts',
    '/templates',
    '/templates/new?type=salesOrder&from=contract',
    '/import/customer',
    '/import/item',
    '/nowhere',
  ],
  ...[
    'company',
    'companies',
    'numbering',
    'gaps',
    'live',
    'dictionaries',
    'users',
    'positions/all',
    'sessions',
    'sign-ins',
    'devices',
    'pairing',
    'tokens',
    'backups',
  ].map((name) => `/settings/${name}`),
];

/** Every list, every empty form, the forms of what there is, and every page that is not generic. */
async function placesOf(desk: Desk, session: SessionAnswer, records: readonly RecordAnswer[]): Promise<string[]> {
  const known = session.definitions.filter(({ operations }) => operations.includes('read'));
  const makes = ({ operations }: DefinitionAnswer) => operations.includes('create');
  const [person] = await rowsOf(desk, 'user');
  return [
    ...pages,
    ...known.map(({ type }) => `/list/${type}`),
    ...known.filter(makes).map(({ type }) => `/record/${type}/new`),
    ...records.map(({ type, id }) => `/record/${type}/${id}`),
    `/record/user/${person?.id}`,
  ];
}

/** What lies over a page when it is asked for: where, what is pressed, and what then stands there. */
const overlays: Readonly<Record<string, { at: string; press: string | { key: string }; shows: string }>> = {
  'the person’s menu': { at: '/', press: '.tp-person', shows: '.ant-dropdown' },
  help: { at: '/list/salesOrder', press: { key: 'F1' }, shows: '.ant-drawer-open' },
  'the card of keys': { at: '/list/customer', press: { key: '?' }, shows: '.tp-key-card' },
  'the search': { at: '/', press: { key: 'Control+k' }, shows: '.ant-modal' },
  'the filter of a list': { at: '/list/customer', press: '.tp-filters .anticon-filter, .anticon-filter', shows: '.ant-drawer-open' },
  'the columns of a list': { at: '/list/salesOrder', press: '.anticon-table', shows: '.ant-drawer-open' },
  'the menu of a list': { at: '/list/customer', press: '.tp-page-actions .anticon-more', shows: '.ant-dropdown' },
  'the notices': { at: '/', press: '.anticon-bell', shows: '.ant-popover, .ant-dropdown, .ant-drawer-open' },
};

async function unfold(page: Page, name: string, { at, press, shows }: (typeof overlays)[string]): Promise<Look> {
  await goTo(page, '/nowhere');
  await visit(page, at);
  if (typeof press === 'string') await page.locator(press).first().click();
  else await page.keyboard.press(press.key);
  await page.locator(shows).filter({ visible: true }).first().waitFor();
  await settled(page);
  const look = await lookAt(page, name);
  await page.keyboard.press('Escape');
  await page.locator(shows).filter({ visible: true }).first().waitFor({ state: 'hidden' });
  return look;
}

async function visit(page: Page, place: string): Promise<Look> {
  await page.evaluate(markTitles);
  await goTo(page, place);
  await vi.waitFor(async () => expect(await page.evaluate(isOther), place).toBe(true), { timeout: 60_000, interval: 50 });
  await settled(page);
  return lookAt(page, place);
}

// What tells a page apart from the one before: another title, or the same title in another place.
const titles = `[...document.querySelectorAll('h1, .tp-empty, .ant-result')]`;
const markTitles = `${titles}.forEach((title) => { title.dataset.left = title.textContent; })`;
const isOther = `${titles}.some((title) => title.dataset.left !== title.textContent)`;

/** Codes and paths that stand on the screen as they are kept, and what a browser calls itself. */
const codes = [...readyPositions.map(({ code }) => code), 'demo', 'node'];
const withoutCodes = (text: string): string =>
  codes.includes(text) || text.startsWith('Mozilla/') || text.startsWith('tradepost company ') || isAbsolute(text)
    ? ''
    : text
        .replaceAll(/npm run tradepost --|\b(npm|tradepost)\b/g, ' ')
        .replaceAll(/https?:\/\/\S+|\S+@\S+|\{(yyyy|yy|mm|dd|branch|serial:\d)\}/g, ' ');

/** `fields.item.name`, `salesOrder`, `{{count}}`: what a program calls things, not what people call them. */
function isRawKey(text: string): boolean {
  return /\{\{|\}\}|\bundefined\b|\bNaN\b|\[object|\b[a-z]+[A-Z]\w*\b|\b[a-z]\w*(\.[a-z]\w*)+\b/.test(withoutCodes(text));
}

/** Codes by which rules find an entry of a list; people see them in its column of codes. */
const statusCodes = ['potential', 'new', 'active', 'lost', 'regained'];
/** The names of the languages are written each in its own; so is the name of the product. */
const sameEverywhere = [...Object.values(languageNames), ...statusCodes, '商驿', '商驛', 'Tradepost'];

function foreignIn(language: Language, texts: readonly string[]): string[] {
  const own = new Map(
    texts.filter((text) => !sameEverywhere.includes(text.trim())).map((text) => [text, text.replaceAll(/商驿|商驛/g, '')]),
  );
  if (language === 'en') return chineseInEnglish(own);
  return [...foreignCharacters(language, own), ...[...own.values()].filter((text) => englishIn(text))];
}

/** Names and words that are written in Latin letters in Chinese too. */
const latinWords = [
  'Tradepost',
  'Excel',
  'Harbour',
  'Enter',
  'Ctrl',
  'Shift',
  'JPEG',
  'Asia',
  'Shanghai',
  'Chrome',
  'Linux',
  'Space',
  'PgUp',
  'PgDn',
];

/** Whether an English word stands in it that nobody writes in Chinese. */
function englishIn(text: string): boolean {
  return (withoutCodes(text).match(/[A-Za-z]{4,}/g) ?? []).some((word) => !latinWords.includes(word));
}
