import { defineRecord } from '../kernel/defineRecord.ts';
import { choice, day, dictionary, flag, integer, link, note, text } from '../kernel/fields.ts';

/** A person who works with the program. The password is not a field: it has its own store and its own door. */
export const user = defineRecord({
  type: 'user',
  area: 'people',
  title: 'name',
  visibility: { by: 'company' },
  search: { show: ['name', 'login', 'department'] },
  fields: {
    login: text({ max: 60, required: true, unique: true, list: true, search: 'code', format: 'code' }),
    name: text({ max: 80, required: true, list: true, search: 'text', sorted: 'pinyin' }),
    department: link('department', { required: true, list: true, default: 'first', indexed: true }),
    superior: link('user'),
    jobTitle: text({ max: 80, list: true }),
    mobile: text({ max: 40, format: 'mobile', secret: 'contact' }),
    email: text({ max: 120, format: 'email' }),
    language: choice(['zh-CN', 'zh-TW', 'en']),
    // Down to the prices of this level the person sells without asking, and whoever holds the position.
    priceLevel: dictionary('priceLevel'),
    employment: choice(['employed', 'left'], { required: true, default: 'employed', list: true }),
    joinedOn: day(),
    leftOn: day(),
    remark: note(),
  },
  parts: {
    positions: { max: 10, key: ['held'], fields: { held: link('position', { required: true }) } },
    // Whoever is limited to some warehouses moves goods in these alone and sees no other stock.
    warehouses: { max: 100, key: ['warehouse'], fields: { warehouse: link('warehouse', { required: true }) } },
  },
});

/** A place in the company's tree: company, branch, office, team. */
export const department = defineRecord({
  type: 'department',
  area: 'people',
  title: 'name',
  visibility: { by: 'company' },
  tree: { parent: 'parent' },
  fields: {
    name: text({ max: 80, required: true, list: true, search: 'text', sorted: 'pinyin' }),
    code: text({ max: 20, list: true, search: 'code' }),
    kindOfUnit: choice(['company', 'branch', 'office', 'department', 'team'], { required: true, default: 'department', list: true }),
    parent: link('department', { list: true }),
    head: link('user', { list: true }),
    sequence: integer({ min: 0, max: 100_000, default: 0 }),
    remark: note(),
  },
});

/** A bundle of rights that people hold. Its grants are rows: which operation on which type reaches how far. */
export const position = defineRecord({
  type: 'position',
  area: 'people',
  title: 'name',
  visibility: { by: 'company' },
  fields: {
    name: text({ max: 80, required: true, unique: true, list: true, search: 'text', sorted: 'pinyin' }),
    code: text({ max: 40, list: true, search: 'code' }),
    administrator: flag({ list: true }),
    // Whoever keeps the people of a department may give it, even where it allows more than they may themselves.
    delegable: flag({ list: true }),
    priceLevel: dictionary('priceLevel'),
    remark: note(),
  },
  parts: {
    grants: {
      max: 1000,
      key: ['type'],
      fields: {
        type: text({ max: 60, required: true }),
        operation: choice(['read', 'create', 'change', 'delete', 'share', 'assign', 'approve', 'void', 'print', 'export'], {
          required: true,
        }),
        scope: choice(['none', 'own', 'department', 'departmentTree', 'all'], { required: true }),
      },
    },
    specialRights: { max: 100, key: ['right'], fields: { right: text({ max: 60, required: true }) } },
    fieldRights: {
      max: 500,
      key: ['field'],
      fields: {
        type: text({ max: 60, required: true }),
        field: text({ max: 80, required: true }),
        access: choice(['hidden', 'readOnly'], { required: true }),
      },
    },
  },
});
