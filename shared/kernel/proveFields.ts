import type { Catalogue } from './catalogue.ts';
import type { Definition } from './definition.ts';
import { isSpecialRight, repeated, snakeOf, unless } from './faults.ts';
import type { Field, Fields, LinkField } from './fields.ts';

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
    ...unless(!field.unique || field.kind === 'text', 'only text can be unique'),
    ...proveKind(field, group),
  ];
}

function proveKind(field: Field, { catalogue, definition }: Group): string[] {
  switch (field.kind) {
    case 'text':
    case 'note':
      return [
        ...unless(field.max > 0, 'it can hold nothing'),
        ...unless((field.default ?? '').length <= field.max, 'its default is too long'),
      ];
    case 'choice':
      return proveChoice(field.choices, field.default);
    case 'link':
      return proveLink(field, catalogue);
    case 'dictionary':
      return proveDictionary(field.dictionary, catalogue);
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
