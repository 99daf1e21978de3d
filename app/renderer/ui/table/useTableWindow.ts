import { type RefObject, useEffect, useLayoutEffect, useState } from 'react';
import { forgetWithSession } from '../../api/windowMemory.ts';

const spareRows = 12;
/** Rows left below the sight when the next page is asked for. */
const endRows = 60;

/** How far each table was scrolled, by its name: who comes back finds the same rows. */
const scrolls = new Map<string, { top: number; left: number }>();
forgetWithSession(() => scrolls.clear());

interface WindowOf {
  scroller: RefObject<HTMLDivElement | null>;
  rowCount: number;
  rowHeightPx: number;
  memory?: string;
  onEnd?: () => void;
}

/** Which rows are in sight, and how wide the table is. */
export function useTableWindow({ scroller, rowCount, rowHeightPx, memory, onEnd }: WindowOf) {
  const [sight, setSight] = useState({ top: 0, heightPx: 600, widthPx: 0 });
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const measure = () => setSight({ top: box.scrollTop, heightPx: box.clientHeight, widthPx: box.clientWidth });
    const scrolled = () => {
      measure();
      if (memory) scrolls.set(memory, { top: box.scrollTop, left: box.scrollLeft });
    };
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(box);
    box.addEventListener('scroll', scrolled, { passive: true });
    return () => {
      watch.disconnect();
      box.removeEventListener('scroll', scrolled);
    };
  }, [scroller, memory]);
  useRestoredScroll({ scroller, memory, hasRows: rowCount > 0 });
  const first = Math.max(0, Math.floor(sight.top / rowHeightPx) - spareRows);
  const last = Math.min(rowCount, Math.ceil((sight.top + sight.heightPx) / rowHeightPx) + spareRows);
  useEffect(() => {
    if (rowCount > 0 && last + endRows >= rowCount) onEnd?.();
  }, [last, rowCount, onEnd]);
  return { first: Math.min(first, Math.max(0, rowCount - 1)), last, widthPx: sight.widthPx };
}

function useRestoredScroll({
  scroller,
  memory,
  hasRows,
}: {
  scroller: RefObject<HTMLDivElement | null>;
  memory?: string;
  hasRows: boolean;
}) {
  useLayoutEffect(() => {
    const known = memory === undefined ? undefined : scrolls.get(memory);
    if (hasRows && known && scroller.current) scroller.current.scrollTo(known);
  }, [scroller, memory, hasRows]);
}

/** Forgets where a table stood, because its rows are others now. */
export function forgetScroll(memory: string): void {
  scrolls.delete(memory);
}
