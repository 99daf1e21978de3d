import { expect, test } from 'vitest';
import { helpFor } from '../../app/renderer/shell/helpFor.ts';
import { isNewer } from '../../app/renderer/shell/release.ts';
import { chordsText, isPressed, type KeyName, keyPlaces, keysIn, keyTable } from '../../app/renderer/ui/keyTable.ts';
import { catalogue } from '../../shared/catalogue.ts';
import { uiWords } from '../../shared/language/ui/index.ts';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

test('a key does one thing in a place', () => {
  for (const place of keyPlaces) {
    const chords = keysIn(place).flatMap((name) => [...keyTable[name].chords] as string[]);
    expect(
      chords.filter((chord, index) => chords.indexOf(chord) !== index),
      place,
    ).toEqual([]);
  }
});

test('letters are told from their capitals by Shift alone, signs by what is typed', () => {
  expect(isPressed(press('s', { ctrlKey: true }), 'save')).toBe(true);
  expect(isPressed(press('S', { metaKey: true }), 'save')).toBe(true);
  expect(isPressed(press('s'), 'save')).toBe(false);
  expect(isPressed(press('z', { ctrlKey: true }), 'undo')).toBe(true);
  expect(isPressed(press('Z', { ctrlKey: true, shiftKey: true }), 'undo')).toBe(false);
  expect(isPressed(press('Z', { ctrlKey: true, shiftKey: true }), 'redo')).toBe(true);
  expect(isPressed(press('?', { shiftKey: true }), 'card')).toBe(true);
  expect(isPressed(press('"', { ctrlKey: true, shiftKey: true }), 'copyAbove')).toBe(true);
  expect(isPressed(press('Insert', { shiftKey: true }), 'insertLine')).toBe(false);
});

test('keys are written as they stand on the keyboard', () => {
  expect((['nextRecord', 'save', 'lineUp', 'chooseRow'] satisfies KeyName[]).map(chordsText)).toEqual([
    'Alt PgDn',
    'F8 / Ctrl S',
    'Alt ↑',
    'Space',
  ]);
});

test('help speaks of the page one is on, and shows only the keys that work there', () => {
  const words = uiWords.en.help;
  const of = (path: string) => helpFor(path, words, (type) => type === 'salesOrder');
  expect(of('/list/salesOrder')).toEqual({ texts: [words.types.salesOrder, words.list], places: ['list', 'everywhere'] });
  expect(of('/settings/list/account').texts[0]).toBe(words.types.account);
  expect(of('/record/salesOrder/7').places).toEqual(['form', 'lines', 'everywhere']);
  expect(of('/record/taxCode/7')).toEqual({ texts: [words.form], places: ['form', 'everywhere'] });
  expect(of('/settings/gaps').texts).toEqual([words.pages.gaps]);
  expect(of('/nowhere').texts).toEqual([words.pages.other]);
});

test('every document has a sentence on what it is for', () => {
  const documents = catalogue.definitions.filter(({ kind }) => kind === 'document').map(({ type }) => type);
  expect(documents.filter((type) => !(type in uiWords['zh-CN'].help.types))).toEqual([]);
});

test('a release is newer by its numbers, not by its letters', () => {
  expect(isNewer('0.10.0', '0.9.9')).toBe(true);
  expect(isNewer('1.0.0', '1.0.0')).toBe(false);
  expect(isNewer('0.9.9', '0.10.0')).toBe(false);
  expect(isNewer('1.0.1', '1.0')).toBe(true);
});
