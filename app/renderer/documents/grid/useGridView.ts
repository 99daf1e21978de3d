import { type RefObject, useLayoutEffect, useMemo, useState } from 'react';
import { type Column, numberWidth } from './columns.ts';
import type { GridHost } from './host.ts';
import type { Place } from './movement.ts';

/** What of the grid is in sight. */
export function useView(scroller: RefObject<HTMLDivElement | null>) {
  const [view, setView] = useState({ top: 0, left: 0, height: 400, width: 1000 });
  useLayoutEffect(() => {
    const place = scroller.current;
    if (!place) return;
    const measure = () => setView((now) => ({ ...now, height: place.clientHeight, width: place.clientWidth }));
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(place);
    return () => watch.disconnect();
  }, [scroller]);
  const onScroll = () => {
    const place = scroller.current;
    if (place) setView((now) => ({ ...now, top: place.scrollTop, left: place.scrollLeft }));
  };
  return { ...view, onScroll };
}

/** Scrolls just as far as the marked cell needs to be seen between head, foot and the columns that stay. */
export function useIntoSight(
  scroller: RefObject<HTMLDivElement | null>,
  of: { place: Place; column: Column | undefined; rowHeight: number; endPx: number },
): void {
  const { place, column, rowHeight, endPx } = of;
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box || !column) return;
    const top = place.row * rowHeight;
    const seen = box.clientHeight - 2 * rowHeight;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + rowHeight > box.scrollTop + seen) box.scrollTop = top + rowHeight - seen;
    if (column.isFrozen || column.isFrozenEnd) return;
    const room = box.clientWidth - endPx;
    const frozen = numberWidth + 150;
    if (column.left < box.scrollLeft + frozen) box.scrollLeft = Math.max(0, column.left - frozen);
    else if (column.left + column.width > box.scrollLeft + room) box.scrollLeft = column.left + column.width - room;
  }, [scroller, place.row, column, rowHeight, endPx]);
}

/** What is wrong with each row, in words; rows without a problem are not named. */
export function useRowProblems(host: GridHost): ReadonlyMap<number, Readonly<Record<string, string>>> {
  const { problems, part, problemText } = host;
  return useMemo(() => {
    const byRow = new Map<number, Record<string, string>>();
    for (const [place, refusal] of problems) {
      const [inPart, row, field = ''] = place.split('.');
      if (inPart !== part || row === undefined) continue;
      byRow.set(Number(row), { ...byRow.get(Number(row)), [field]: problemText(refusal) });
    }
    return byRow;
  }, [problems, part, problemText]);
}
