import type { DefinitionAnswer, WireField } from '../../../shared/contracts/wire.ts';
import { isDerived } from '../../../shared/kernel/fields.ts';
import { domainWords } from '../../../shared/language/domain/index.ts';
import { choiceName, fieldName, partName, typeName } from '../../../shared/language/labels.ts';
import type { Schema } from './zodSchemas.ts';

const words = domainWords.en;

/** A record of the type as it is answered: fields the reader may not see are not in it. */
export function answerSchema(definition: DefinitionAnswer): Schema {
  const stamp = { type: 'string', format: 'date-time' };
  return {
    type: 'object',
    description: typeName(words, definition.type),
    required: ['type', 'id', 'version', 'values', 'parts', 'titles', 'createdAt', 'createdBy', 'changedAt', 'changedBy'],
    properties: {
      type: { const: definition.type },
      id: { type: 'integer' },
      version: { type: 'integer' },
      ...(definition.states ? { state: { type: 'string', enum: Object.keys(definition.states) } } : {}),
      values: { type: 'object', properties: fieldSchemas(definition, definition.fields, '') },
      parts: {
        type: 'object',
        properties: Object.fromEntries(
          Object.entries(definition.parts).map(([part, { fields }]) => [
            part,
            {
              type: 'array',
              description: partName(words, definition.type, part),
              items: {
                type: 'object',
                required: ['id'],
                properties: { id: { type: 'integer' }, ...fieldSchemas(definition, fields, `${part}.`) },
              },
            },
          ]),
        ),
      },
      titles: { $ref: '#/components/schemas/Titles' },
      ...(definition.steps ? { steps: { type: 'array', items: { type: 'string', enum: Object.keys(definition.steps) } } } : {}),
      may: { type: 'array', items: { type: 'string' } },
      createdAt: stamp,
      createdBy: { type: 'integer' },
      changedAt: stamp,
      changedBy: { type: 'integer' },
    },
  };
}

const stepSchema = (steps: NonNullable<DefinitionAnswer['steps']>): Schema => ({
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  description: 'A step to take with it once it is stored: both are done, or neither.',
  properties: {
    name: { type: 'string', enum: Object.keys(steps).filter((name) => !steps[name]?.automatic) },
    reason: { type: 'string', maxLength: 200 },
    confirmed: { type: 'array', items: { type: 'string' }, description: 'Codes of warnings that were read.' },
  },
});

/** What is sent to make or change a record of the type: only what the sender may write. */
export function inputSchema(definition: DefinitionAnswer): Schema {
  return {
    type: 'object',
    additionalProperties: false,
    properties: {
      version: { type: 'integer', description: 'The version that was seen; required for a change.' },
      values: { type: 'object', additionalProperties: false, properties: fieldSchemas(definition, writable(definition.fields), '') },
      parts: {
        type: 'object',
        additionalProperties: false,
        description: 'Rows with an id are kept and changed, rows without one added, rows left out deleted.',
        properties: Object.fromEntries(
          Object.entries(definition.parts).map(([part, { fields, max }]) => [
            part,
            {
              type: 'array',
              maxItems: max,
              items: {
                type: 'object',
                additionalProperties: false,
                properties: { id: { type: 'integer' }, ...fieldSchemas(definition, writable(fields), `${part}.`) },
              },
            },
          ]),
        ),
      },
      confirmed: { type: 'array', items: { type: 'string' }, description: 'Codes of questions that were answered with yes.' },
      ...(definition.steps ? { step: stepSchema(definition.steps) } : {}),
    },
  };
}

/** RFC 9457 with the codes a refusal can have. */
export function problemSchema(): Schema {
  const codes = Object.entries(words.refusals).map(([code, text]) => `- \`${code}\`: ${text}`);
  return {
    type: 'object',
    description: `Problem details (RFC 9457). A refusal has a code and its facts:\n\n${codes.join('\n')}`,
    required: ['type', 'title', 'status', 'code'],
    properties: {
      type: { type: 'string' },
      title: { type: 'string' },
      status: { type: 'integer' },
      code: { type: 'string', examples: Object.keys(words.refusals) },
      facts: { type: 'object' },
      fields: {
        type: 'array',
        items: {
          type: 'object',
          required: ['path', 'code'],
          properties: {
            path: { type: 'string', examples: ['name', 'lines.2.quantity'] },
            code: { type: 'string' },
            facts: { type: 'object' },
          },
        },
      },
      incident: { type: 'string', description: 'Under this id the fault stands in the log.' },
      current: { type: 'object', description: 'The record as the server holds it, when somebody else was faster.' },
    },
  };
}

/** Names of linked records: by type, then by id. */
export const titlesSchema = (): Schema => ({
  type: 'object',
  additionalProperties: { type: 'object', additionalProperties: { type: 'string' } },
});

const writable = (fields: Readonly<Record<string, WireField>>): Record<string, WireField> =>
  Object.fromEntries(Object.entries(fields).filter(([, field]) => !field.readOnly && !isDerived(field)));

const fieldSchemas = (definition: DefinitionAnswer, fields: Readonly<Record<string, WireField>>, path: string): Schema =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fieldSchema(definition.type, path + name, field)]));

function fieldSchema(type: string, path: string, field: WireField): Schema {
  const notes = [
    fieldName(words, type, path),
    scaleOf(field),
    field.kind === 'link' ? `Id of a ${field.to}.` : '',
    field.required ? 'Required.' : '',
  ];
  return {
    ...shapeOf(type, path, field),
    description: notes.filter((note) => note !== '').join(' — '),
    ...(field.readOnly ? { readOnly: true } : {}),
  };
}

function scaleOf(field: WireField): string {
  switch (field.kind) {
    case 'money':
      return field.in === 'base' ? 'minor units of the company’s currency' : 'minor units of the record’s currency';
    case 'quantity':
      return 'in 10⁻⁶ of a unit';
    case 'price':
      return 'in 10⁻⁶ of the currency’s major unit';
    case 'rate':
      return 'in 10⁻⁶: 0.13 is 130000';
    case 'exchangeRate':
      return 'in 10⁻⁹';
    case 'dictionary':
      return `id of an entry of the list ${field.dictionary}`;
    default:
      return '';
  }
}

/** An empty field is null. */
function shapeOf(type: string, path: string, field: WireField): Schema {
  switch (field.kind) {
    case 'text':
    case 'note':
      return { type: ['string', 'null'], maxLength: field.max };
    case 'choice': {
      const said = field.choices.map((value) => `${value}: ${choiceName(words, type, path, value)}`);
      return { type: ['string', 'null'], enum: [...field.choices, null], $comment: said.join('; ') };
    }
    case 'day':
      return { type: ['string', 'null'], format: 'date' };
    case 'instant':
      return { type: ['string', 'null'], format: 'date-time' };
    case 'flag':
      return { type: 'boolean' };
    case 'link':
    case 'dictionary':
    case 'file':
    case 'picture':
      return { type: ['integer', 'null'], minimum: 1 };
    default: {
      const { min, max } = field;
      return { type: ['integer', 'null'], ...(min === undefined ? {} : { minimum: min }), ...(max === undefined ? {} : { maximum: max }) };
    }
  }
}
