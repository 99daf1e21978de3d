import { catalogue as shipped } from '../../shared/catalogue.ts';
import { Catalogue } from '../../shared/kernel/catalogue.ts';
import { defineDocument } from '../../shared/kernel/defineDocument.ts';
import { defineRecord } from '../../shared/kernel/defineRecord.ts';
import type { Definition } from '../../shared/kernel/definition.ts';
import { choice, day, integer, link, money, quantity, text } from '../../shared/kernel/fields.ts';

/** A document nobody has thought of: what a company pays for the hire of machines. */
export const machineHire = defineDocument({
  type: 'machineHire',
  area: 'sales',
  visibility: { by: 'owner', through: 'customer' },
  numbering: { series: 'MH{yyyy}-{serial:3}', drawnAt: 'create' },
  fields: {
    customer: link('customer', { required: true, list: true, indexed: true, search: 'text' }),
    day: day({ required: true, default: 'today', list: true, indexed: true }),
    machine: text({ max: 80, required: true, list: true, search: 'text' }),
    condition: choice(['new', 'used'], { default: 'used', list: true }),
    deposit: money({ in: 'base', secret: 'cost' }),
    total: money({ derived: true, in: 'base', list: true }),
  },
  parts: {
    lines: {
      max: 50,
      required: true,
      key: ['days'],
      entry: true,
      fields: { days: quantity({ required: true, min: 1 }), rate: money({ required: true, in: 'base' }), note: text({ max: 80 }) },
    },
  },
  calculation: {
    name: 'machineHire',
    run: (record) => ({
      ...record,
      values: {
        ...record.values,
        total: (record.parts.lines ?? []).reduce((sum, line) => sum + (Number(line.days) / 1_000_000) * Number(line.rate), 0),
      },
    }),
  },
  print: { templates: ['receiptVoucher'], include: ['customer'] },
  states: { draft: { editable: 'all', look: 'draft', deletable: true }, agreed: { editable: ['condition'], look: 'active' } },
  steps: { agree: { from: ['draft'], to: 'agreed', operation: 'approve' } },
});

/** A record nobody has thought of: what may be hired. */
export const machine = defineRecord({
  type: 'machine',
  area: 'items',
  title: 'name',
  visibility: { by: 'company' },
  search: { show: ['name', 'tonnage'] },
  fields: {
    name: text({ max: 80, required: true, list: true, search: 'text', sorted: 'pinyin' }),
    tonnage: integer({ min: 0, max: 500, list: true }),
    boughtOn: day({ list: true }),
  },
});

/** A field nobody has thought of, on a record that everybody knows. */
const withSiteManager = (customer: Definition): Definition => ({
  ...customer,
  fields: {
    ...customer.fields,
    siteManager: text({ max: 40, list: true, search: 'text' }),
    deposit: money({ in: 'base', secret: 'cost' }),
  },
});

/** What the product ships with, and things made up: a document, a record, and fields of the customer. */
export const madeUpCatalogue = new Catalogue(
  [
    ...shipped.definitions.map((definition) => (definition.type === 'customer' ? withSiteManager(definition) : definition)),
    machineHire,
    machine,
  ],
  shipped.ledgers,
);
