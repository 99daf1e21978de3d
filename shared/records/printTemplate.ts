import { defineRecord } from '../kernel/defineRecord.ts';
import { choice, flag, note, text } from '../kernel/fields.ts';

/** How a document type is laid out on paper. The layout itself is JSON checked by shared/printing/template.ts. */
export const printTemplate = defineRecord({
  type: 'printTemplate',
  area: 'settings',
  title: 'name',
  visibility: { by: 'company' },
  fields: {
    name: text({ max: 80, required: true, list: true, search: 'text', sorted: 'pinyin' }),
    documentType: text({ max: 60, required: true, list: true, fixed: true, indexed: true }),
    language: choice(['zh-CN', 'zh-TW', 'en'], { list: true }),
    main: flag({ list: true }),
    stopped: flag({ list: true }),
    layout: note({ max: 200_000, required: true, hidden: true }),
  },
});
