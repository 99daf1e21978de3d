import type { PrintTemplate } from '../template.ts';
import { a4, footer, letterhead, say } from './pieces.ts';

/** Our prices for the customers of a level, or for all of them. */
export const priceList: PrintTemplate = {
  version: 1,
  name: 'priceList',
  label: say('标准价格表', '標準價格表', 'Standard price list'),
  type: 'priceBook',
  paper: a4,
  fontSizeTenthPt: 95,
  look: 'shaded',
  blocks: [
    { ...letterhead, onEveryPage: true },
    { kind: 'title', text: say('价 格 表', '價 格 表', 'PRICE LIST'), onEveryPage: true },
    {
      kind: 'fields',
      columns: 2,
      fields: [
        { field: 'document.subject', label: say('主题', '主題', 'Subject'), wide: true },
        { field: 'document.validFrom', label: say('生效日期', '生效日期', 'Valid from') },
        { field: 'document.number', label: say('编号', '編號', 'No.') },
        { field: 'document.validUntil', label: say('有效期至', '有效期至', 'Valid until') },
        { field: 'document.priceLevel', label: say('适用等级', '適用等級', 'For') },
      ],
    },
    {
      kind: 'table',
      columns: [
        { field: 'position', label: say('序号', '序號', 'No.'), widthTenthMm: 100, align: 'center' },
        { field: 'itemCode', label: say('编码', '編號', 'Code'), share: 3, show: 'whenFilled' },
        { field: 'name', label: say('商品名称', '商品名稱', 'Description'), share: 6 },
        { field: 'spec', label: say('规格型号', '規格型號', 'Specification'), share: 4, show: 'whenFilled' },
        { field: 'unit', label: say('单位', '單位', 'Unit'), widthTenthMm: 120, align: 'center' },
        { field: 'grossPrice', label: say('含税单价', '含稅單價', 'Price incl. tax'), widthTenthMm: 220, align: 'right' },
        { field: 'remark', label: say('备注', '備註', 'Remark'), share: 3, show: 'whenFilled' },
      ],
    },
    {
      kind: 'fields',
      columns: 1,
      fields: [{ field: 'document.remark', label: say('备注', '備註', 'Remark') }],
    },
  ],
  footer,
};
