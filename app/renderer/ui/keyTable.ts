/** Where keys work: on every page, in lists, in a form, and in the lines of a document. */
export const keyPlaces = ['everywhere', 'list', 'form', 'lines'] as const;
export type KeyPlace = (typeof keyPlaces)[number];

/**
 * Every key that does something. Who binds a key asks this table for it, and the key card and the help read it out: what they
 * say is what works. The first chord is the one that is shown first; where a browser keeps it for itself, the next one works.
 */
export const keyTable = {
  help: { in: ['everywhere'], chords: ['F1'] },
  search: { in: ['everywhere'], chords: ['Ctrl+K'] },
  card: { in: ['everywhere'], chords: ['?'] },
  find: { in: ['list'], chords: ['F3'] },
  refresh: { in: ['list'], chords: ['F5'] },
  create: { in: ['list', 'form'], chords: ['Ctrl+N', 'Alt+N'] },
  open: { in: ['list'], chords: ['Enter'] },
  chooseRow: { in: ['list'], chords: [' '] },
  chooseRange: { in: ['list'], chords: ['Shift+ArrowDown', 'Shift+ArrowUp'] },
  chooseAll: { in: ['list'], chords: ['Ctrl+A'] },
  save: { in: ['form'], chords: ['F8', 'Ctrl+S'] },
  saveAndTake: { in: ['form'], chords: ['Ctrl+F8'] },
  print: { in: ['form'], chords: ['F9'] },
  copy: { in: ['form'], chords: ['Ctrl+D'] },
  nextRecord: { in: ['form'], chords: ['Alt+PageDown'] },
  previousRecord: { in: ['form'], chords: ['Alt+PageUp'] },
  undo: { in: ['form'], chords: ['Ctrl+Z'] },
  redo: { in: ['form'], chords: ['Ctrl+Y', 'Ctrl+Shift+Z'] },
  back: { in: ['form'], chords: ['Escape'] },
  nextField: { in: ['form', 'lines'], chords: ['Enter'] },
  previousField: { in: ['form', 'lines'], chords: ['Shift+Enter'] },
  nextCell: { in: ['lines'], chords: ['Tab'] },
  previousCell: { in: ['lines'], chords: ['Shift+Tab'] },
  edit: { in: ['lines'], chords: ['F2'] },
  pick: { in: ['lines'], chords: ['F4'] },
  insertLine: { in: ['lines'], chords: ['Insert'] },
  deleteLine: { in: ['lines'], chords: ['Ctrl+Delete'] },
  lineUp: { in: ['lines'], chords: ['Alt+ArrowUp'] },
  lineDown: { in: ['lines'], chords: ['Alt+ArrowDown'] },
  copyAbove: { in: ['lines'], chords: ['Ctrl+"', "Ctrl+'"] },
  fillDown: { in: ['lines'], chords: ['Ctrl+Enter'] },
  clearCell: { in: ['lines'], chords: ['Delete'] },
  allCells: { in: ['lines'], chords: ['Ctrl+A'] },
} as const satisfies Readonly<Record<string, { in: readonly KeyPlace[]; chords: readonly string[] }>>;

export type KeyName = keyof typeof keyTable;

interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey?: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** Whether a press is one of the chords of a name. */
export const isPressed = (press: Press, name: KeyName): boolean => (keyTable[name].chords as readonly string[]).includes(chordOf(press));

/** The names that work in a place, in the order of the table. */
export const keysIn = (place: KeyPlace): KeyName[] =>
  (Object.keys(keyTable) as KeyName[]).filter((name) => (keyTable[name].in as readonly KeyPlace[]).includes(place));

/** How the chords of a name are written for people: `Alt PgDn`, `F8 / Ctrl S`. */
export const chordsText = (name: KeyName): string => keyTable[name].chords.map(written).join(' / ');

function chordOf({ key, ctrlKey, metaKey, altKey, shiftKey }: Press): string {
  const isSign = key.length === 1 && !/[a-z]/i.test(key);
  // Signs such as ? and " need Shift on one keyboard and not on another.
  const held = [ctrlKey || metaKey ? 'Ctrl' : '', altKey ? 'Alt' : '', shiftKey && !isSign ? 'Shift' : ''].filter(Boolean);
  return [...held, key.length === 1 ? key.toUpperCase() : key].join('+');
}

const signs: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
  Escape: 'Esc',
  Insert: 'Ins',
  Delete: 'Del',
  ' ': 'Space',
};

const written = (chord: string): string =>
  chord
    .split('+')
    .map((key) => signs[key] ?? key)
    .join(' ');
