import { expect, test } from 'vitest';
import { conditionCount, filterOf, isGroup, newGroup, newLine, replaceNode, treeOf } from '../../app/renderer/documents/list/filterTree.ts';
import { emptyView, isNarrowed, queryOf } from '../../app/renderer/documents/list/listView.ts';

const of = { today: '2026-11-21', dayField: 'day', fields: ['number'] };

test('states, days and a built filter narrow a list together', () => {
  const query = queryOf({ ...emptyView, states: ['draft'], span: 'thisMonth', filter: { field: 'total', is: 'greater', value: 100 } }, of);
  expect(query.filter).toEqual({
    all: [
      { field: 'state', is: 'in', value: ['draft'] },
      { field: 'day', is: 'between', value: ['2026-11-01', '2026-11-30'] },
      { field: 'total', is: 'greater', value: 100 },
    ],
  });
});

test('spans of days follow the calendar: the week begins on Monday, last month may be last year', () => {
  const spanOn = (today: string, span: 'thisWeek' | 'lastMonth') => {
    const filter = queryOf({ ...emptyView, span }, { ...of, today }).filter;
    return filter && 'value' in filter ? filter.value : undefined;
  };
  expect(spanOn('2026-11-22', 'thisWeek')).toEqual(['2026-11-16', '2026-11-22']);
  expect(spanOn('2026-01-15', 'lastMonth')).toEqual(['2025-12-01', '2025-12-31']);
});

test('a list that is only sorted is not narrowed and asks for no filter', () => {
  const view = { ...emptyView, sort: [{ field: 'number', direction: 'ascending' as const }] };
  expect(isNarrowed(view)).toBe(false);
  expect(queryOf(view, of).filter).toBeUndefined();
});

test('conditions that are not filled in stay in the builder and out of the filter', () => {
  const city = { ...newLine('city', 'contains'), value: '上海' };
  const unfinished = newLine('name', 'equal');
  const noPhone = newLine('phone', 'empty');
  expect(filterOf(newGroup('all', [city, unfinished, newGroup('any', [noPhone, newLine('total', 'between')])]))).toEqual({
    all: [{ field: 'city', is: 'contains', value: '上海' }, { any: [{ field: 'phone', is: 'empty' }] }],
  });
  expect(filterOf(newGroup('all', [unfinished]))).toBeNull();
});

test('a filter opened in the builder comes out as it went in, and a removed bracket takes its conditions along', () => {
  const filter = { any: [{ field: 'city', is: 'equal' as const, value: 'A' }, { all: [{ field: 'phone', is: 'filled' as const }] }] };
  const tree = treeOf(filter);
  expect(filterOf(tree)).toEqual(filter);
  expect(conditionCount(filter)).toBe(2);
  const bracket = tree.nodes.find(isGroup);
  expect(filterOf(replaceNode(tree, bracket?.id ?? 0, () => null))).toEqual({ any: [filter.any[0]] });
});
