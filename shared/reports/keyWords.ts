/** The words for keys that stand for no record. */
interface Words {
  readonly none: string;
  readonly places: Readonly<Record<string, string>>;
}

/** What a key of an axis is called: as its record is; a place elsewhere says what kind of place it is. */
export function wordOfKey(
  words: Words,
  key: number | string | null,
  label: { readonly title: string; readonly type?: string; readonly id?: number } | undefined,
): string {
  if (key === null) return words.none;
  if (label === undefined) return String(key);
  if (label.id === undefined) return words.places[label.title] ?? label.title;
  const isElsewhere = typeof key === 'string' && (label.type === 'transit' || label.type === 'lent');
  return isElsewhere ? `${words.places[label.type ?? '']} · ${label.title}` : label.title;
}
