import { expect, test } from 'vitest';
import { catalogue } from '../../shared/catalogue.ts';
import { languages } from '../../shared/language/languages.ts';
import { uiWords } from '../../shared/language/ui/index.ts';
import type { ReportDefinition } from '../../shared/reports/defineReport.ts';
import { reports } from '../../shared/reports/index.ts';
import { proveReports } from '../../shared/reports/proveReports.ts';

test('whatever a report names exists', () => {
  expect(proveReports(catalogue, reports)).toEqual([]);
});

test('a report that names what does not exist is found out', () => {
  const wrong: ReportDefinition = {
    name: 'wrong',
    area: 'sales',
    time: 'now',
    sources: [
      {
        kind: 'documents',
        type: 'salesOrder',
        part: 'lines',
        states: { shipped: 1 },
        gives: { weight: { sum: 'lines.weight' }, orders: 'count' },
        axes: { item: 'lines.item.colour' },
      },
      { kind: 'moves', ledger: 'stock', places: ['customer'], side: 'in', gives: { came: 'amount' }, axes: { item: 'subject.colour' } },
    ],
    measures: {
      weight: { kind: 'quantity' },
      orders: { kind: 'count' },
      came: { kind: 'quantity' },
      rest: { kind: 'quantity', from: { plus: ['gone'], minus: [] } },
    },
    axes: { item: { kind: 'branch', to: 'item', shows: ['colour'] }, sky: { kind: 'day' } },
    groupBy: ['moon'],
    sort: { by: 'sun', direction: 'ascending' },
  };
  expect(proveReports(catalogue, [wrong, wrong]).filter((fault, index, all) => all.indexOf(fault) === index)).toEqual([
    'report wrong: it is defined twice',
    'report wrong: it is grouped by moon, which is no axis of it',
    'report wrong.sort: sun is neither an axis nor a measure',
    'report wrong.measures.rest: there is no measure gone',
    'report wrong.axes.item: item is no tree',
    'report wrong.axes.item: item has no colour',
    'report wrong.axes.sky: no source knows it',
    'report wrong.sources.0: salesOrder has no state shipped',
    'report wrong.sources.0: rows are no documents and cannot be counted as such',
    'report wrong.sources.0: salesOrder has no lines.weight',
    'report wrong.sources.0: lines.item.colour leads nowhere from salesOrder',
    'report wrong.sources.1: customer lies outside',
    'report wrong.sources.1: subject.colour leads nowhere',
  ]);
});

test.each(languages)('every report, measure and axis has a word in %s, and no word is left over', (language) => {
  const { names, texts, measures, axes } = uiWords[language].reports;
  const shown = (report: ReportDefinition) => Object.keys(report.measures).filter((measure) => report.measures[measure]?.hidden !== true);
  const same = (words: object, wanted: Iterable<string>) => expect(Object.keys(words).sort()).toEqual([...new Set(wanted)].sort());
  same(
    names,
    reports.map(({ name }) => name),
  );
  same(measures, reports.flatMap(shown));
  same(
    axes,
    reports.flatMap((report) => Object.keys(report.axes)),
  );
  // The standing lists that have pages of their own are described beside the reports.
  same(texts, [...reports.map(({ name }) => name), 'receivables', 'payables']);
});
