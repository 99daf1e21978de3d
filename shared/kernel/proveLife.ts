import type { Catalogue } from './catalogue.ts';
import type { Becoming, Definition, Step } from './definition.ts';
import { isSpecialRight, unless } from './faults.ts';
import { type Field, type Fields, isDerived } from './fields.ts';

/** Faults in the states and steps of a document, each beginning with its place: `.steps.close: …`. */
export function proveLife(definition: Definition): string[] {
  const { states, steps = {} } = definition;
  if (!states)
    return [
      ...unless(definition.kind === 'record', '.states: a document needs them'),
      ...Object.keys(steps).map((step) => `.steps.${step}: there are no states`),
    ];
  return [
    ...unreachable(states, steps).map((state) => `.states.${state}: no step leads to it`),
    ...Object.entries(states).flatMap(([name, state]) =>
      (Array.isArray(state.editable) ? state.editable : [])
        .filter((name) => !definition.parts[name] && (!definition.fields[name] || isDerived(definition.fields[name])))
        .map((field) => `.states.${name}: ${field} is no field a person can edit`),
    ),
    ...Object.entries(steps).flatMap(([name, step]) => proveStep(definition, name, step).map((fault) => `.steps.${name}: ${fault}`)),
    ...proveReaction(definition),
  ];
}

function unreachable(states: NonNullable<Definition['states']>, steps: NonNullable<Definition['steps']>): string[] {
  const reached = new Set(Object.keys(states).slice(0, 1));
  // A set grows while it is walked, so every state that is reached is asked where it leads.
  for (const state of reached) {
    for (const step of Object.values(steps)) {
      if (!step.from.includes(state)) continue;
      reached.add(step.to);
      if (step.reversesInto) reached.add(step.reversesInto);
    }
  }
  return Object.keys(states).filter((state) => !reached.has(state));
}

function proveStep(definition: Definition, name: string, step: Step): string[] {
  const { states = {}, steps = {}, fields, operations } = definition;
  const undone = (step.undoes ?? []).map((other) => ({ other, target: steps[other] }));
  const isUndone = Object.values(steps).some((other) => other.undoes?.includes(name));
  return [
    ...[...step.from, step.to, ...(step.reversesInto ? [step.reversesInto] : []), ...(step.revisesInto ? [step.revisesInto] : [])]
      .filter((state) => !states[state])
      .map((state) => `there is no state ${state}`),
    ...unless(step.from.length > 0, 'it begins nowhere'),
    ...unless(operations.includes(step.operation), `its operation ${step.operation} is none of the type's`),
    ...undone.filter(({ target }) => !target).map(({ other }) => `it undoes ${other}, which is no step`),
    ...undone.filter(({ target }) => target && !moves(target)).map(({ other }) => `it undoes ${other}, which moves nothing`),
    ...unless(!moves(step) || isUndone, 'it moves something and no step undoes it'),
    ...unless(!moves(step) || !step.from.includes(step.to), 'it could be taken again and again'),
    ...proveReversal(definition, step),
    ...proveRevision(definition, step),
    ...proveCut(definition, step),
    ...(step.notOwn ?? [])
      .filter((name) => fields[name]?.kind !== 'link' || fields[name].to !== 'user')
      .map((name) => `${name} names no person whose own it could be`),
    ...unless(step.notOwn === undefined || step.operation === 'approve', 'only what is approved can be left to others'),
    ...unless(step.posts?.name !== '', 'its posting has no name'),
    ...unless(!step.asksReason || fields.reason?.kind === 'text', 'the record has no place for the reason'),
    ...(step.effects ?? [])
      .filter((effect) => !/^[a-z]\w*$/.test(effect))
      .map((effect) => `${effect || 'an effect'} is no name of an effect`),
    ...(step.requires ?? []).flatMap((guard) => [
      ...unless(guard.name !== '', 'a guard has no name'),
      ...unless(
        !guard.override || isSpecialRight(guard.override),
        `the guard ${guard.name} is passed with ${guard.override}, which is no right`,
      ),
    ]),
  ];
}

/** The reversing document is of today, knows what it reverses and is known to it. */
function proveReversal({ type, fields }: Definition, step: Step): string[] {
  if (!step.reversesInto) return [];
  const isLinked = (name: string): boolean => {
    const field = fields[name];
    return field?.kind === 'link' && field.to === type;
  };
  return [
    ...unless((step.undoes ?? []).length > 0, 'it reverses nothing'),
    ...unless(step.dated === 'today', 'a reversal is of today'),
    ...unless(fields.day?.kind === 'day', 'the document has no day'),
    ...unless(isLinked('reversalOf') && isLinked('reversedBy'), 'the two documents do not know each other'),
  ];
}

/** What is cut is counted by others, and some step had taken it from somewhere. */
function proveCut({ parts, steps = {} }: Definition, { cutsTo }: Step): string[] {
  if (!cutsTo) return [];
  const fields = parts[cutsTo.part]?.fields;
  return [
    ...unless(fields?.[cutsTo.field] !== undefined, `there is no ${cutsTo.part}.${cutsTo.field} to cut`),
    ...unless(fields?.[cutsTo.used]?.fedBy !== undefined, `nobody counts ${cutsTo.part}.${cutsTo.used}`),
    ...unless(
      Object.values(steps).some((step) => step.feeds),
      'it gives back what no step takes',
    ),
  ];
}

/** The revisions of a document know the first of them and the one that came after each, and count themselves. */
function proveRevision({ type, fields, numbering }: Definition, step: Step): string[] {
  if (!step.revisesInto) return [];
  const isLinked = ['revisionOf', 'revisedBy'].every((name) => {
    const field = fields[name];
    return field?.kind === 'link' && field.to === type && field.derived === true;
  });
  return [
    ...unless(isLinked, 'the revisions do not know each other'),
    ...unless(fields.revision?.kind === 'integer' && fields.revision.derived === true, 'nobody counts the revisions'),
    ...unless(fields.day?.kind === 'day', 'the document has no day'),
    ...unless(numbering !== undefined, 'a revision goes by the number of the first'),
  ];
}

const moves = (step: Step): boolean => step.posts !== undefined || step.feeds === true;

/** Automatic steps and the calculation that calls for them come together. */
function proveReaction({ steps = {}, calculation }: Definition): string[] {
  const isAutomatic = Object.values(steps).some((step) => step.automatic);
  const reacts = calculation?.reaction !== undefined;
  return [
    ...unless(!isAutomatic || reacts, '.steps: nothing calls for the automatic step'),
    ...unless(!reacts || isAutomatic, '.calculation: it calls for automatic steps and there are none'),
  ];
}

/** Faults in what a document becomes, and in the fields that are fed by what it became. */
export function proveBecoming(definition: Definition, catalogue: Catalogue): string[] {
  const becomes = Object.entries(definition.becomes ?? {});
  const feeds = new Map(becomes.map(([type, becoming]) => [type, pathOf(becoming, becoming.feeds)]));
  return [
    ...becomes.flatMap(([type, becoming]) => {
      const target = catalogue.find(type);
      const faults = target
        ? [...proveOne({ definition, target, becoming }), ...provePassing(definition, type, becoming, catalogue)]
        : ['there is no such type'];
      return faults.map((fault) => `.becomes.${type}: ${fault}`);
    }),
    ...fedFields(definition)
      .filter(({ path, fedBy }) => feeds.get(fedBy) !== path)
      .map(({ path, fedBy }) => `.${path}: it is fed by ${fedBy}, but does not become that`),
  ];
}

/** Whatever a row may have come from takes what is passed on to it. */
function provePassing({ type }: Definition, target: string, becoming: Becoming, catalogue: Catalogue): string[] {
  const { each } = becoming;
  if (!becoming.passes || each === 'document') return [];
  const givers = catalogue.definitions.filter((other) => other.becomes?.[type]?.into.part === each.part);
  return [
    ...unless(givers.length > 0, `no row of ${each.part} came from anywhere`),
    ...givers.filter((giver) => !giver.becomes?.[target]).map((giver) => `${giver.type} is passed what it does not become`),
  ];
}

interface Pair {
  readonly definition: Definition;
  readonly target: Definition;
  readonly becoming: Becoming;
}

function proveOne(pair: Pair): string[] {
  const { definition, target, becoming } = pair;
  const own = becoming.each === 'document' ? definition.fields : definition.parts[becoming.each.part]?.fields;
  const into = target.parts[becoming.into.part]?.fields;
  if (!own) return [`there is no part ${becoming.each === 'document' ? '' : becoming.each.part}`];
  if (!into) return [`${target.type} has no part ${becoming.into.part}`];
  return [
    ...becoming.from.filter((state) => !definition.states?.[state]).map((state) => `there is no state ${state}`),
    ...unless(becoming.from.length > 0, 'it begins nowhere'),
    ...proveAmounts(becoming, own, into),
    ...sourceKinds.filter(([field, kind]) => into[field]?.kind !== kind).map(([field]) => `${target.type} does not remember its ${field}`),
    ...proveCopies(becoming.head, definition.fields, target.fields),
    ...proveCopies(becoming.row, own, into),
    ...unless(becoming.each !== 'document' || Object.keys(becoming.row).length === 0, 'a whole document has no row to copy from'),
    ...Object.keys(becoming.when ?? {})
      .filter((field) => !definition.fields[field])
      .map((field) => `there is no field ${field} to tell the way`),
    ...unless(!becoming.passes || becoming.each !== 'document', 'a whole document has no row to pass anything on from'),
    ...proveDates(pair),
    ...becoming.same
      .filter((field) => !Object.values(becoming.head).includes(field))
      .map((field) => `${field} must agree, but is not carried over`),
    ...unless(
      Object.values(target.steps ?? {}).some((step) => step.feeds),
      `no step of ${target.type} feeds anything`,
    ),
  ];
}

const sourceKinds = [
  ['sourceType', 'text'],
  ['source', 'integer'],
  ['sourceRow', 'integer'],
] as const;

/** What is counted back, its limit and the amount it is counted in are three numbers of one kind. */
function proveAmounts(becoming: Becoming, own: Fields, into: Fields): string[] {
  const fed = own[becoming.feeds];
  const kinds = [fed?.kind, own[becoming.limit]?.kind, into[becoming.into.field]?.kind];
  return [
    ...unless(fed !== undefined, `there is no field ${becoming.feeds} to feed`),
    ...unless(!fed || fed.fedBy !== undefined, `${becoming.feeds} may be written by hand`),
    ...unless(!becoming.offers || own[becoming.offers]?.kind === own[becoming.limit]?.kind, `it cannot offer ${becoming.offers}`),
    ...unless(own[becoming.limit] !== undefined, `there is no field ${becoming.limit} to limit it`),
    ...unless(into[becoming.into.field] !== undefined, `there is no field ${becoming.into.field} to count`),
    ...unless(
      kinds.includes(undefined) || (new Set(kinds).size === 1 && ['quantity', 'money'].includes(String(kinds[0]))),
      `it counts ${kinds.join(', ')} together`,
    ),
  ];
}

/** The day of the last document that took from here is kept whenever one takes and whenever one is taken back. */
function proveDates({ definition, target, becoming }: Pair): string[] {
  const { dates, into } = becoming;
  if (!dates) return [];
  const field = definition.fields[dates.field];
  const taken = definition.becomes?.[dates.of]?.dates;
  const gone = dates.gone === undefined || dates.of !== target.type ? null : target.parts[into.part]?.fields[dates.gone];
  return [
    ...unless(field?.kind === 'day' && field.derived === true, `${dates.field} is no day that the engine keeps`),
    ...unless(taken?.field === dates.field && taken.gone === dates.gone, `${dates.of} does not tell its day`),
    ...unless(dates.of !== target.type || target.fields.day?.kind === 'day', `${target.type} has no day to keep`),
    ...unless(gone === null || gone?.fedBy !== undefined, `nobody counts ${into.part}.${dates.gone}`),
  ];
}

function proveCopies(copies: Readonly<Record<string, string>>, from: Fields, to: Fields): string[] {
  return Object.entries(copies).flatMap(([target, source]) => {
    const [there, here] = [to[target], from[source]];
    if (!there || !here) return [`there is no field ${there ? source : target} to carry over`];
    return [
      ...unless(!isDerived(there), `${target} cannot be filled in`),
      ...unless(sortOf(there) === sortOf(here), `${source} does not fit into ${target}`),
    ];
  });
}

/** The kind of a field, and for links where it leads. */
function sortOf(field: Field): string {
  if (field.kind === 'link') return `link to ${field.to}`;
  return field.kind === 'dictionary' ? `dictionary ${field.dictionary}` : field.kind;
}

const pathOf = ({ each }: Becoming, field: string): string => (each === 'document' ? `fields.${field}` : `parts.${each.part}.${field}`);

function fedFields({ fields, parts }: Definition): { path: string; fedBy: string }[] {
  const groups: [string, Fields][] = [
    ['fields', fields],
    ...Object.entries(parts).map(([name, part]): [string, Fields] => [`parts.${name}`, part.fields]),
  ];
  return groups.flatMap(([place, group]) =>
    Object.entries(group).flatMap(([name, { fedBy }]) => (fedBy === undefined ? [] : [{ path: `${place}.${name}`, fedBy }])),
  );
}
