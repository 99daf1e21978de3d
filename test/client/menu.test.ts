import { expect, test } from 'vitest';
import type { Area } from '../../app/renderer/shell/areas.tsx';
import { openAtFirst, placeOf } from '../../app/renderer/shell/menuFolds.ts';

const area = (key: string, count: number): Area => ({
  key,
  label: key,
  places: Array.from({ length: count }, (_, index) => ({ path: `/list/${key}${index}`, label: `${key}${index}`, icon: null })),
});

test('as many areas stand open at first as fit into a small window, from the first one on', () => {
  const few = [area('home', 1), area('customers', 3), area('sales', 5), area('settings', 1)];
  expect(openAtFirst(few)).toEqual(['customers', 'sales']);
  const many = [...few, area('stock', 14), area('money', 2)];
  expect(openAtFirst(many)).toEqual(['customers', 'sales']);
});

test('a record, an import and a comparison belong to the list of their type, a page to its own entry', () => {
  const areas = [
    area('sales', 2),
    {
      key: 'stock',
      label: 'stock',
      places: ['/', '/stock', '/stock-moves', '/settle'].map((path) => ({ path, label: path, icon: null })),
    },
  ];
  expect(placeOf('/record/sales1/7', areas)).toEqual({ path: '/list/sales1', area: 'sales' });
  expect(placeOf('/import/sales0', areas)).toEqual({ path: '/list/sales0', area: 'sales' });
  expect(placeOf('/compare/sales0/1/2', areas)).toEqual({ path: '/list/sales0', area: 'sales' });
  expect(placeOf('/stock-moves', areas)).toEqual({ path: '/stock-moves', area: 'stock' });
  expect(placeOf('/settle/customers/4', areas)).toEqual({ path: '/settle', area: 'stock' });
  expect(placeOf('/record/user/3', areas)).toBeUndefined();
});
