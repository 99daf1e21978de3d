import { defineRecord } from '../kernel/defineRecord.ts';
import { choice, day, flag, integer, link, note, text } from '../kernel/fields.ts';

/** A person at a customer. */
export const contact = defineRecord({
  type: 'contact',
  area: 'customers',
  title: 'name',
  visibility: { by: 'parent', through: 'customer' },
  tree: { parent: 'superior' },
  search: { show: ['name', 'jobTitle', 'customer'] },
  fields: {
    customer: link('customer', { required: true, list: true, indexed: true, owned: true }),
    name: text({ max: 80, required: true, list: true, search: 'text', sorted: 'pinyin' }),
    main: flag({ list: true }),
    gender: choice(['female', 'male', 'other']),
    age: integer({ min: 0, max: 130 }),
    department: text({ max: 80, list: true }),
    jobTitle: text({ max: 80, list: true }),
    superior: link('contact'),
    mobile: text({ max: 40, list: true, search: 'code', format: 'mobile', secret: 'contact', group: 'reach' }),
    officePhone: text({ max: 60, secret: 'contact', group: 'reach' }),
    homePhone: text({ max: 60, secret: 'contact', group: 'reach' }),
    fax: text({ max: 60, secret: 'contact', group: 'reach' }),
    email: text({ max: 120, format: 'email', list: true, secret: 'contact', group: 'reach' }),
    birthday: day({ group: 'person' }),
    hobbies: text({ max: 200, group: 'person' }),
    responsible: link('user', { group: 'responsible', default: 'actor' }),
    remark: note({ max: 1000 }),
  },
});
