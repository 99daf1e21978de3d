import type { Catalogue } from '../kernel/catalogue.ts';
import { type Definition, fieldAt, linksOf } from '../kernel/definition.ts';
import { repeated, unless } from '../kernel/faults.ts';
import type { Given, ReportDefinition, ReportSource } from './defineReport.ts';

/**
 * Proves reports as far as that goes without data: whatever a report names must exist and fit. Gives one sentence per fault; an empty
 * list is the proof.
 */
export function proveReports(catalogue: Catalogue, reports: readonly ReportDefinition[]): string[] {
  return [
    ...repeated(reports.map(({ name }) => name)).map((name) => `report ${name}: it is defined twice`),
    ...reports.flatMap((report) => proveReport(catalogue, report).map((fault) => `report ${report.name}${fault}`)),
  ];
}

function proveReport(catalogue: Catalogue, report: ReportDefinition): string[] {
  const axes = Object.keys(report.axes);
  const measures = Object.keys(report.measures);
  const named = [...report.groupBy, ...(report.pivot ? [report.pivot.axis] : [])];
  return [
    ...named.flatMap((axis) => unless(axes.includes(axis), `: it is grouped by ${axis}, which is no axis of it`)),
    ...unless(!report.pivot || measures.includes(report.pivot.measure), '.pivot: there is no such measure'),
    ...unless([...axes, ...measures].includes(report.sort.by), `.sort: ${report.sort.by} is neither an axis nor a measure`),
    ...measures.flatMap((measure) => proveMeasure(report, measure)),
    ...axes.flatMap((axis) => proveAxis(catalogue, report, axis)),
    ...report.sources.flatMap((source, index) => proveSource(catalogue, report, source).map((fault) => `.sources.${index}${fault}`)),
  ];
}

function proveMeasure(report: ReportDefinition, name: string): string[] {
  const formula = report.measures[name]?.from;
  const isFed = report.sources.some((source) => source.gives[name] !== undefined);
  if (!formula) return unless(isFed, `.measures.${name}: no source gives it`);
  const inputs = 'plus' in formula ? [...formula.plus, ...formula.minus] : 'share' in formula ? formula.share : inputsOfTime(formula);
  return [
    ...unless(!isFed, `.measures.${name}: it is both read and worked out`),
    ...inputs.flatMap((input) => unless(report.measures[input] !== undefined, `.measures.${name}: there is no measure ${input}`)),
  ];
}

const inputsOfTime = (formula: { readonly turned: readonly string[] } | { readonly lasts: readonly string[] }): readonly string[] =>
  'turned' in formula ? formula.turned : formula.lasts;

function proveAxis(catalogue: Catalogue, report: ReportDefinition, name: string): string[] {
  const axis = report.axes[name];
  const target = axis?.to === undefined ? undefined : catalogue.find(axis.to);
  const isKnown = report.sources.some((source) => source.axes[name] !== undefined);
  return [
    ...unless(isKnown, `.axes.${name}: no source knows it`),
    ...unless(axis?.to === undefined || target !== undefined, `.axes.${name}: there is no type ${axis?.to}`),
    ...unless(axis?.kind !== 'branch' || target?.tree !== undefined, `.axes.${name}: ${axis?.to} is no tree`),
    ...(axis?.shows ?? []).flatMap((field) => unless(target?.fields[field] !== undefined, `.axes.${name}: ${axis?.to} has no ${field}`)),
  ];
}

function proveSource(catalogue: Catalogue, report: ReportDefinition, source: ReportSource): string[] {
  const names = [
    ...Object.keys(source.gives).flatMap((measure) => unless(report.measures[measure] !== undefined, `: there is no measure ${measure}`)),
    ...Object.keys(source.axes).flatMap((axis) =>
      unless(report.axes[axis] !== undefined || !report.groupBy.includes(axis), `: there is no axis ${axis}`),
    ),
  ];
  if (source.kind !== 'documents') return [...names, ...proveLedgerSource(catalogue, source)];
  const home = catalogue.find(source.type);
  if (!home) return [...names, `: there is no type ${source.type}`];
  const isCount = Object.values(source.gives).includes('count');
  return [
    ...names,
    ...unless(home.fields.day !== undefined, `: ${home.type} has no day`),
    ...Object.keys(source.states).flatMap((state) => unless(home.states?.[state] !== undefined, `: ${home.type} has no state ${state}`)),
    ...unless(!isCount || source.part === undefined, ': rows are no documents and cannot be counted as such'),
    ...[...Object.values(source.gives).flatMap(pathsOf), ...(source.open ?? []), ...Object.keys(source.only ?? {})].flatMap((path) =>
      unless(isField(home, source.part, path), `: ${home.type} has no ${path}`),
    ),
    ...Object.values(source.axes).flatMap((path) =>
      unless(path === 'id' || leads(catalogue, home, path), `: ${path} leads nowhere from ${home.type}`),
    ),
  ];
}

function proveLedgerSource(catalogue: Catalogue, source: Exclude<ReportSource, { kind: 'documents' }>): string[] {
  const ledger = catalogue.ledgers.find(({ name }) => name === source.ledger);
  const subject = ledger && catalogue.find(ledger.subject);
  if (!ledger || !subject) return [`: there is no ledger ${source.ledger}`];
  const against = source.kind === 'moves' ? (source.against ?? []) : [];
  const isPath = (path: string): boolean => {
    const [head, ...rest] = path.split('.');
    if (head !== 'subject') return ['place', 'other', 'day'].includes(path);
    return rest.length === 0 || leads(catalogue, subject, rest.join('.'));
  };
  return [
    ...source.places.flatMap((place) => unless(!ledger.outside.includes(place), `: ${place} lies outside`)),
    ...against.flatMap((place) => unless(ledger.outside.includes(place), `: ${place} does not lie outside`)),
    ...Object.values(source.axes).flatMap((path) => unless(isPath(path), `: ${path} leads nowhere`)),
    ...unless(source.currency === undefined || isPath(source.currency), ': the currency stands nowhere'),
  ];
}

function pathsOf(given: Given): string[] {
  if (typeof given === 'string') return [];
  const paths = 'sum' in given ? [given.sum, given.less, given.times] : 'earliest' in given ? [given.earliest] : [given.latest];
  return paths.filter((path) => path !== undefined);
}

/** A field of the document itself, or of the part that is read. */
function isField(home: Definition, part: string | undefined, path: string): boolean {
  const [head, name] = path.split('.');
  return fieldAt(home, path) !== undefined && (name === undefined || head === part);
}

/** Whether each step but the last is a link, and the last a field. */
function leads(catalogue: Catalogue, from: Definition, path: string): boolean {
  const [head = '', ...rest] = path.split('.');
  const isPart = from.parts[head] !== undefined;
  const first = isPart ? `${head}.${rest[0] ?? ''}` : head;
  const beyond = isPart ? rest.slice(1) : rest;
  const field = fieldAt(from, first);
  if (!field || beyond.length === 0) return field !== undefined;
  const target = linksOf({ field })[0]?.[1].to;
  const definition = target === undefined ? undefined : catalogue.find(target);
  return definition !== undefined && leads(catalogue, definition, beyond.join('.'));
}
