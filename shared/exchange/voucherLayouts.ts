/** What a row of a voucher file can hold. */
export type VoucherCell =
  | 'day'
  | 'period'
  | 'word'
  | 'number'
  | 'entry'
  | 'summary'
  | 'code'
  | 'name'
  | 'currency'
  | 'debit'
  | 'credit'
  | 'auxiliary'
  | 'auxiliaryKind'
  | 'attachments'
  | 'maker';

export const voucherLayouts = ['generic', 'yonyou', 'kingdee'] as const;
export type VoucherLayout = (typeof voucherLayouts)[number];

/**
 * Columns as the accounting programs read them, in their order and under their own names; `generic` takes the reader's language. An
 * accountant who needs other columns changes them in the file or adds a layout here.
 */
export const layoutColumns: Readonly<Record<Exclude<VoucherLayout, 'generic'>, readonly (readonly [VoucherCell, string])[]>> = {
  yonyou: [
    ['day', '制单日期'],
    ['word', '凭证类别字'],
    ['number', '凭证编号'],
    ['attachments', '附单据数'],
    ['summary', '摘要'],
    ['code', '科目编码'],
    ['debit', '借方金额'],
    ['credit', '贷方金额'],
    ['currency', '币种'],
    ['auxiliaryKind', '辅助核算类型'],
    ['auxiliary', '辅助核算名称'],
    ['maker', '制单人'],
  ],
  kingdee: [
    ['day', '凭证日期'],
    ['period', '会计期间'],
    ['word', '凭证字'],
    ['number', '凭证号'],
    ['entry', '分录号'],
    ['summary', '摘要'],
    ['code', '科目代码'],
    ['name', '科目名称'],
    ['currency', '币别'],
    ['debit', '借方'],
    ['credit', '贷方'],
    ['auxiliaryKind', '核算类别'],
    ['auxiliary', '核算项目'],
    ['attachments', '附件数'],
    ['maker', '制单'],
  ],
};

export const genericColumns: readonly VoucherCell[] = ['day', 'number', 'entry', 'summary', 'code', 'name', 'debit', 'credit', 'auxiliary'];
