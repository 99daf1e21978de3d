import type { UiWords } from '../../../shared/language/ui/index.ts';
import type { KeyPlace } from '../ui/keyTable.ts';

export interface Help {
  /** What the page is for, sentence by sentence. */
  texts: string[];
  places: KeyPlace[];
}

type PageName = keyof UiWords['help']['pages'];

const pages: readonly (readonly [RegExp, PageName, readonly KeyPlace[]])[] = [
  [/^\/$/, 'home', []],
  [/^\/purchase-plan/, 'purchasePlan', ['list']],
  [/^\/stock/, 'stock', ['list']],
  [/^\/receivables/, 'receivables', ['list']],
  [/^\/accounts/, 'accounts', []],
  [/^\/reports/, 'reports', ['list']],
  [/^\/templates/, 'templates', []],
  [/^\/import\//, 'importing', []],
  [/^\/settings\/gaps/, 'gaps', []],
  [/^\/settings/, 'settings', []],
  [/./, 'other', []],
];

/** What help there is for an address of the client; `hasLines` tells of a type whether its form has a grid of lines. */
export function helpFor(pathname: string, words: UiWords['help'], hasLines: (type: string) => boolean): Help {
  const [, kind, type = ''] = /^\/(?:settings\/)?(list|record)\/([^/]+)/.exec(pathname) ?? [];
  const ofType = (words.types as Readonly<Record<string, string>>)[type];
  const about = ofType === undefined ? [] : [ofType];
  if (kind === 'list') return { texts: [...about, words.list], places: ['list', 'everywhere'] };
  if (kind === 'record')
    return { texts: [...about, words.form], places: ['form', ...(hasLines(type) ? (['lines'] as const) : []), 'everywhere'] };
  const [, name, places] = pages.find(([address]) => address.test(pathname)) ?? ([/./, 'other', []] as const);
  return { texts: [words.pages[name]], places: [...places, 'everywhere'] };
}
