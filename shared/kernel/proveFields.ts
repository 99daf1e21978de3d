import type { Catalogue } from './catalogue.ts';
import type { Definition } from './definition.ts';
import { isSpecialRight, repeated, snakeOf, unless } from './faults.ts';
import type { Field, Fields, LinkField, Suggestion } from './fields.ts';

/** Columns that the database gives every record beside its own fields, and what a record is called by in code. */
const reservedOfRecords = [
  'id',
  'version',
  'state',
  'extra',
  'fold_key',
  'near_key',
  'created_at',
  'created_by',
  'changed_at',
  'changed_by',
  'deleted_at',
  'deleted_by',
];
const reservedOfRows = ['id', 'parent', 'position', 'row_order', 'extra'];

/** Faults in the fields of the record itself, each beginning with its place: `.fields.owner: …`. */
export function proveRecordFields(definition: Definition, catalogue: Catalogue): string[] {
  return proveFields({ definition, catalogue, fields: definition.fields, place: '.fields', reserved: reservedOfRecords });
}

/** Faults in the fields of its parts. */
export function provePartFields(definition: Definition, catalogue: Catalogue): string[] {
  return Object.entries(definition.parts).flatMap(([name, { fields }]) => {
    const place = `.parts.${name}`;
    const unique = Object.entries(fields).filter(([, field]) => field.unique);
    return [
      ...proveFields({ definition, catalogue, fields, place, reserved: reservedOfRows }),
      ...unique.map(([field]) => `${place}.${field}: only a record's own field can be unique`),
    ];
  });
}

interface Group {
  readonly definition: Definition;
  readonly catalogue: Catalogue;
  readonly fields: Fields;
  readonly place: string;
  readonly reserved: readonly string[];
}

function proveFields(group: Group): string[] {
  const columns = Object.entries(group.fields).flatMap(([name, field]) => columnsOf(name, field));
  return [
    ...columns
      .filter((column) => group.reserved.includes(column))
      .map((column) => `${group.place}: the column ${column} is taken by the engine`),
    ...repeated(columns).map((column) => `${group.place}: two fields would have the column ${column}`),
    ...Object.entries(group.fields).flatMap(([name, field]) => proveField(field, group).map((fault) => `${group.place}.${name}: ${fault}`)),
  ];
}

const columnsOf = (name: string, field: Field): string[] =>
  field.kind === 'text' && field.sorted ? [snakeOf(name), `${snakeOf(name)}_sort`] : [snakeOf(name)];

function proveField(field: Field, group: Group): string[] {
  return [
    ...unless(!field.secret || isSpecialRight(`see.${field.secret}`), `there is no right see.${field.secret}`),
    ...unless(!field.fedBy || group.catalogue.find(field.fedBy) !== undefined, `there is no type ${field.fedBy} to feed it`),
    ...proveCondition(field, group),
    ...unless(!field.unique || field.kind === 'text', 'only text can be unique'),
    ...proveKind(field, group),
  ];
}

/** What makes a field required is a choice of the same record, and one of the values it can have. */
function proveCondition({ requiredWhen }: Field, group: Group): string[] {
  const isOwn = requiredWhen === undefined || group.fields === group.definition.fields;
  const unknown = Object.entries(requiredWhen ?? {}).flatMap(([name, values]) => {
    const known = group.fields[name];
    return known?.kind === 'choice' ? values.filter((value) => !known.choices.includes(value)).map((value) => `${name} ${value}`) : [name];
  });
  return [
    ...unless(isOwn, 'only a field of the record itself is required by a choice'),
    ...unknown.map((what) => `it would be required by ${what}, which does not exist`),
  ];
}

function proveKind(field: Field, group: Group): string[] {
  const { catalogue, definition } = group;
  switch (field.kind) {
    case 'text':
    case 'note':
      return [
        ...unless(field.max > 0, 'it can hold nothing'),
        ...unless((field.default ?? '').length <= field.max, 'its default is too long'),
        ...(field.kind === 'text' && field.suggest ? proveSuggestion(field.suggest, group) : []),
      ];
    case 'choice':
      return proveChoice(field.choices, field.default);
    case 'link':
      return [...proveLink(field, catalogue), ...(field.owned ? proveOwned(field, group) : [])];
    case 'dictionary':
      return proveDictionary(field.dictionary, catalogue);
    case 'instant':
      return unless(
        field.stampedBy === undefined || group.fields[field.stampedBy] !== undefined,
        `it cannot be stamped by ${field.stampedBy}`,
      );
    case 'money':
      return [
        ...proveRange(field),
        ...unless(field.in === 'base' || isLinkTo(definition.fields.currency, 'currency'), 'the record has no currency for it'),
      ];
    case 'quantity':
    case 'price':
    case 'rate':
    case 'exchangeRate':
    case 'integer':
      return proveRange(field);
    default:
      return [];
  }
}

/** What is suggested exists, fits, and is seen by nobody in the document who may not see it at its home. */
function proveSuggestion(suggest: Suggestion, of: Group): string[] {
  const link = of.definition.fields[suggest.link];
  const home = link?.kind === 'link' ? of.catalogue.find(link.to) : undefined;
  const part = home?.parts[suggest.part];
  if (!home || !part) return [`${suggest.link} leads to no list ${suggest.part}`];
  const preferred = suggest.prefers && part.fields[suggest.prefers.field];
  const taken = (from: Fields, takes: Readonly<Record<string, string>> = {}) =>
    Object.entries(takes).flatMap(([own, name]) => {
      const [target, source] = [of.definition.fields[own], from[name]];
      if (target?.kind !== 'text' || source?.kind !== 'text') return [`what it takes as ${own} from ${name} is no text`];
      return [
        ...unless(target.max >= source.max, `${own} has no room for ${name}`),
        ...unless(source.secret === undefined || source.secret === target.secret, `${own} would tell the secret ${name}`),
      ];
    });
  return [
    ...unless(of.fields === of.definition.fields, 'only a field of the record itself is suggested'),
    ...unless(!suggest.prefers || preferred?.kind === 'choice', `it prefers by ${suggest.prefers?.field}, which is no choice`),
    ...taken(part.fields, suggest.takes),
    ...taken(home.fields, suggest.record),
  ];
}

function proveChoice(choices: readonly string[], chosen: string | undefined): string[] {
  return [
    ...unless(choices.length > 0, 'there is nothing to choose'),
    ...repeated(choices).map((choice) => `the choice ${choice} stands twice`),
    ...unless(chosen === undefined || choices.includes(chosen), `its default ${chosen} is no choice`),
  ];
}

function proveLink(field: LinkField, catalogue: Catalogue): string[] {
  const target = catalogue.find(field.to);
  if (!target) return [`there is no type ${field.to}`];
  const personal = { actor: 'user', actorDepartment: 'department' }[String(field.default)];
  return [
    ...unless(field.default !== 'main' || target.fields.main?.kind === 'flag', `no ${field.to} is the main one`),
    ...unless(personal === undefined || personal === field.to, `its default is no ${field.to}`),
  ];
}

/** Documents are never thrown away with something else, and nothing belongs to itself or to nobody. */
function proveOwned(field: LinkField, { definition, fields, catalogue }: Group): string[] {
  const isOwner = !Object.values(catalogue.find(field.to)?.fields ?? {}).some((one) => one.kind === 'link' && one.owned);
  return [
    ...unless(isOwner, `${field.to} belongs to another itself`),
    ...unless(field.required === true, 'what it belongs to may be missing'),
    ...unless(definition.kind === 'record' && !definition.states, 'only a record without states belongs to another'),
    ...unless(
      fields === definition.fields && field.to !== definition.type,
      'rows belong to their record anyway, and no record to its own kind',
    ),
  ];
}

function proveDictionary(dictionary: string, catalogue: Catalogue): string[] {
  const known = catalogue.find('dictionaryEntry')?.fields.dictionary;
  const exists = known?.kind === 'choice' && known.choices.includes(dictionary);
  return unless(exists, `there is no dictionary ${dictionary}`);
}

function proveRange({ min = -Infinity, max = Infinity, default: value }: { min?: number; max?: number; default?: number }): string[] {
  const given = [min, max, value].filter((number) => number !== undefined && Math.abs(number) !== Infinity);
  return [
    ...unless(given.every(Number.isSafeInteger), 'its limits or its default are no exact integers'),
    ...unless(min <= max, 'its least is more than its most'),
    ...unless(value === undefined || (value >= min && value <= max), 'its default is outside its limits'),
  ];
}

const isLinkTo = (field: Field | undefined, to: string): boolean => field?.kind === 'link' && field.to === to;
