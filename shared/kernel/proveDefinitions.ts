import type { Catalogue } from './catalogue.ts';
import { type Definition, fieldAt, operations } from './definition.ts';
import { isSpecialRight, repeated, snakeOf, unless } from './faults.ts';
import type { LedgerDefinition } from './ledger.ts';
import { provePartFields, proveRecordFields } from './proveFields.ts';
import { proveBecoming, proveLife } from './proveLife.ts';

/**
 * Proves a catalogue as far as that goes without data: whatever a definition names must exist and fit. Gives one sentence
 * per fault, `salesOrder.steps.close: …`; an empty list is the proof. The server does not start with a fault in it.
 */
export function proveDefinitions(catalogue: Catalogue): string[] {
  return [
    ...repeated(catalogue.definitions.map((definition) => definition.type)).map((type) => `${type}: the type is defined twice`),
    ...repeated(catalogue.definitions.flatMap(tableNames)).map((table) => `${table}: two tables would have this name`),
    ...repeated(catalogue.ledgers.map((ledger) => ledger.name)).map((name) => `ledger ${name}: it is defined twice`),
    ...ambiguousCalculations(catalogue.definitions),
    ...catalogue.ledgers.flatMap((ledger) => proveLedger(ledger, catalogue)),
    ...catalogue.definitions.flatMap((definition) => proveDefinition(definition, catalogue)),
  ];
}

function proveDefinition(definition: Definition, catalogue: Catalogue): string[] {
  const faults = [
    ...proveNames(definition),
    ...proveHead(definition),
    ...proveVisibility(definition, catalogue),
    ...proveNumbering(definition),
    ...proveFilled(definition, catalogue),
    ...proveCopied(definition, catalogue),
    ...proveRecordFields(definition, catalogue),
    ...provePartFields(definition, catalogue),
    ...proveLife(definition),
    ...proveBecoming(definition, catalogue),
  ];
  return faults.map((fault) => `${definition.type}${fault}`);
}

const tableNames = (definition: Definition): string[] => [
  snakeOf(definition.type),
  ...Object.keys(definition.parts).map((part) => `${snakeOf(definition.type)}_${snakeOf(part)}`),
];

/** The form finds a calculation by its name, so one name means one arithmetic. */
function ambiguousCalculations(definitions: readonly Definition[]): string[] {
  const known = new Map<string, unknown>();
  return definitions.flatMap(({ type, calculation }) => {
    if (!calculation) return [];
    const same = known.get(calculation.name);
    known.set(calculation.name, same ?? calculation.run);
    return same && same !== calculation.run
      ? [`${type}.calculation: the name ${calculation.name} stands for another calculation already`]
      : [];
  });
}

function proveLedger(ledger: LedgerDefinition, catalogue: Catalogue): string[] {
  return [
    ...unless(catalogue.find(ledger.subject) !== undefined, `.subject: there is no type ${ledger.subject}`),
    ...unless(!ledger.secret || isSpecialRight(`see.${ledger.secret}`), `.secret: there is no right see.${ledger.secret}`),
    ...unless(/^\w+\.\w+$/.test(ledger.shortage), '.shortage: it names no refusal'),
    ...repeated(ledger.outside).map((place) => `.outside: ${place} is named twice`),
    ...proveDetails(ledger, catalogue),
  ].map((fault) => `ledger ${ledger.name}${fault}`);
}

/** The whole is there, in the same unit and at the same places, and the parts know what they are part of. */
function proveDetails({ details, subject, unit, outside }: LedgerDefinition, catalogue: Catalogue): string[] {
  if (!details) return [];
  const whole = catalogue.ledgers.find(({ name }) => name === details.of);
  const link = catalogue.find(subject)?.fields[details.through];
  const choice = whole && catalogue.find(whole.subject)?.fields[details.unless.field];
  return [
    ...unless(whole !== undefined && !whole.signed && whole.unit === unit, `.details: it cannot be the detail of ${details.of}`),
    ...unless(!whole || whole.outside.join() === outside.join(), `.details: ${details.of} knows other places`),
    ...unless(link?.kind === 'link' && link.to === whole?.subject, `.details: ${details.through} is no link to what it is part of`),
    ...unless(
      choice?.kind === 'choice' && choice.choices.includes(details.unless.is),
      `.details: nobody chooses ${details.unless.field} ${details.unless.is}`,
    ),
    ...unless(/^\w+\.\w+$/.test(details.gap), '.details: it names no refusal'),
  ];
}

function proveNames(definition: Definition): string[] {
  const { type, fields, parts, states = {}, steps = {} } = definition;
  const names = [type, ...[fields, parts, states, steps].flatMap((group) => Object.keys(group))];
  return [
    ...names.filter((name) => !/^[a-z][A-Za-z0-9]*$/.test(name)).map((name) => `: ${name} is no name in camel case`),
    ...Object.keys(parts)
      .filter((part) => part in fields)
      .map((part) => `.parts.${part}: a field has this name already`),
  ];
}

function proveHead(definition: Definition): string[] {
  const { fields, parts, title, sort, duplicates, face, tree, search, print } = definition;
  const parent = tree && fields[tree.parent];
  return [
    ...unless(fields[title]?.kind === 'text', `.title: ${title} is no text field`),
    ...sort.filter(({ field }) => field !== 'id' && !fields[field]).map(({ field }) => `.sort: there is no field ${field}`),
    ...(duplicates?.exact.flat() ?? []).filter((field) => !fields[field]).map((field) => `.duplicates: there is no field ${field}`),
    ...unless(!duplicates?.near || fields[duplicates.near]?.kind === 'text', `.duplicates: ${duplicates?.near} is no text field`),
    ...unless(!tree || (parent?.kind === 'link' && parent.to === definition.type), `.tree: ${tree?.parent} is no link to the same type`),
    ...unless(!face || hasFace(definition), `.face: ${face?.field} and ${face?.part}.${face?.row} are no pictures`),
    ...(search?.show ?? []).filter((path) => !fieldAt(definition, path)).map((path) => `.search: there is no field ${path}`),
    ...unless(!print?.strips || fields[print.strips.link]?.kind === 'link', '.print: what it strips hangs on no link'),
    ...(print?.include ?? []).filter((field) => fields[field]?.kind !== 'link').map((field) => `.print: ${field} is no link`),
    ...unless(!print || print.templates.length > 0, '.print: it has no template'),
    ...Object.entries(parts).flatMap(([name, part]) => [
      ...(part.key ?? []).filter((field) => !part.fields[field]).map((field) => `.parts.${name}.key: there is no field ${field}`),
      ...unless(Number.isInteger(part.max) && part.max > 0, `.parts.${name}.max: it allows no row`),
    ]),
  ];
}

const hasFace = ({ fields, parts, face }: Definition): boolean =>
  face !== undefined && fields[face.field]?.kind === 'picture' && parts[face.part]?.fields[face.row]?.kind === 'picture';

function proveVisibility(definition: Definition, catalogue: Catalogue): string[] {
  const { visibility, fields } = definition;
  const through = visibility.by === 'company' ? undefined : visibility.through;
  const field = through === undefined ? undefined : fields[through];
  const above = field?.kind === 'link' ? catalogue.find(field.to) : undefined;
  const own = fields.owner?.kind === 'link' && fields.owner.to === 'user';
  const { hides, branch } = visibility.by === 'company' ? visibility : {};
  const home = branch === undefined ? undefined : fields[branch];
  return [
    ...unless(!hides || fields[hides.field]?.kind === 'flag', `.visibility: ${hides?.field} is no flag that hides anything`),
    ...unless(!hides || isSpecialRight(hides.right), `.visibility: ${hides?.right} is no right`),
    ...unless(
      branch === undefined || (home?.kind === 'link' && home.to === 'department'),
      `.visibility: ${branch} is no link to a department`,
    ),
    ...unless(through === undefined || above !== undefined, `.visibility: ${through} is no link to a type`),
    ...unless(!above || above.visibility.by === 'owner', `.visibility: ${through} leads to records that everybody sees`),
    ...unless(visibility.by !== 'owner' || own, '.visibility: it has no owner'),
    ...definition.operations.filter((operation) => !operations.includes(operation)).map((operation) => `.operations: ${operation} is none`),
    ...repeated(definition.operations).map((operation) => `.operations: ${operation} is named twice`),
    ...unless(definition.operations.includes('read'), '.operations: nobody can read it'),
    ...unless(!definition.operations.includes('assign') || own, '.operations: what has no owner cannot be assigned'),
  ];
}

/** What fills itself in from a linked record fits the field that takes it, and is seen by nobody who may not see it at its home. */
function proveFilled({ fills = {}, fields }: Definition, catalogue: Catalogue): string[] {
  return Object.entries(fills).flatMap(([own, rule]) => {
    if (rule.as !== 'linked') return unless(fields[own] !== undefined, `.fills.${own}: there is no such field`);
    const through = fields[rule.from];
    const from = through?.kind === 'link' ? catalogue.find(through.to)?.fields[rule.field] : undefined;
    return [
      ...unless(from !== undefined, `.fills.${own}: ${rule.from}.${rule.field} is no field of a linked record`),
      ...unless(!from || fields[own]?.kind === from.kind, `.fills.${own}: ${rule.from}.${rule.field} does not fit`),
      ...unless(!from?.secret || fields[own]?.secret === from.secret, `.fills.${own}: it would tell the secret ${rule.field}`),
    ];
  });
}

/** What is copied from a linked record fits the field that takes it, and no person writes it. */
function proveCopied({ copies = {}, fields }: Definition, catalogue: Catalogue): string[] {
  return Object.entries(copies).flatMap(([own, { link, field }]) => {
    const through = fields[link];
    const from = through?.kind === 'link' ? catalogue.find(through.to)?.fields[field] : undefined;
    return [
      ...unless(from !== undefined, `.copies.${own}: ${link}.${field} is no field of a linked record`),
      ...unless(!from || fields[own]?.kind === from.kind, `.copies.${own}: ${link}.${field} does not fit`),
      ...unless(fields[own]?.derived === true, `.copies.${own}: a person may write it`),
    ];
  });
}

function proveNumbering({ numbering, fields, steps = {} }: Definition): string[] {
  if (!numbering) return [];
  const words = [...numbering.series.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] ?? '');
  const unknown = words.filter((word) => !/^(yyyy|yy|mm|dd|branch|serial:[1-9])$/.test(word));
  return [
    ...unless(fields[numbering.field]?.kind === 'text', `.numbering: ${numbering.field} is no text field`),
    ...unless(numbering.drawnAt === 'create' || numbering.drawnAt in steps, `.numbering: there is no step ${numbering.drawnAt}`),
    ...unknown.map((word) => `.numbering: nobody fills in {${word}}`),
    ...unless(words.filter((word) => word.startsWith('serial:')).length === 1, '.numbering: it needs exactly one serial'),
  ];
}
