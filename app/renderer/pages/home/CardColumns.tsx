import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';

const columnMinPx = 340;
const columnsMax = 4;

/** Cards in as many columns as there is room for, each card where most room is left. `heights` are relative. */
export function CardColumns({ heights, children }: { heights: readonly number[]; children: readonly ReactNode[] }) {
  const box = useRef<HTMLDivElement>(null);
  const [count, setCount] = useState(3);
  useLayoutEffect(() => {
    if (!box.current) return;
    const watch = new ResizeObserver(([entry]) =>
      setCount(Math.min(columnsMax, Math.max(1, Math.floor((entry?.contentRect.width ?? 0) / columnMinPx)))),
    );
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  const columns = Array.from({ length: count }, () => ({ height: 0, cards: [] as ReactNode[] }));
  children.forEach((card, at) => {
    const shortest = columns.reduce((best, column) => (column.height < best.height ? column : best));
    shortest.cards.push(card);
    shortest.height += heights[at] ?? 1;
  });
  return (
    <div ref={box} className="tp-home">
      {columns.map((column, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
        <div key={at}>{column.cards}</div>
      ))}
    </div>
  );
}
