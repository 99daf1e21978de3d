import type { Area } from './areas.tsx';

/** So many entries stand in the menu of a small window without scrolling. */
const rowsMax = 21;

/** The areas that stand open for somebody who has not chosen yet: from the first one on, as many as fit. */
export function openAtFirst(areas: readonly Pick<Area, 'key' | 'places'>[]): string[] {
  let rows = areas.length;
  const open: string[] = [];
  for (const { key, places } of areas.filter((area) => area.places.length > 1)) {
    rows += places.length;
    if (rows > rowsMax) break;
    open.push(key);
  }
  return open;
}

/** The entry that the page of an address belongs to, with its area: a record or an import belongs to its list. */
export function placeOf(pathname: string, areas: readonly Pick<Area, 'key' | 'places'>[]): { path: string; area: string } | undefined {
  const type = /^\/(?:record|import|list|compare)\/([^/]+)/.exec(pathname)?.[1];
  const address = type === undefined ? pathname : `/list/${type}`;
  const places = areas.flatMap((area) => area.places.map(({ path }) => ({ path, area: area.key })));
  return places.find(({ path }) => path === address) ?? places.find(({ path }) => path !== '/' && address.startsWith(`${path}/`));
}
