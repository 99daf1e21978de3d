import type { Block, PrintTemplate, TableColumn } from '../template.ts';
import { a4, footer, itemColumns, letterhead, say } from './pieces.ts';

const remark: TableColumn = { field: 'remark', label: say('备注', '備註', 'Remark'), share: 4 };
const remarkBelow: Block = {
  kind: 'fields',
  columns: 1,
  fields: [{ field: 'document.remark', label: say('备注', '備註', 'Remark') }],
};
const maker = { label: say('制单', '製單', 'Issued by'), field: 'people.maker' };

/** Goes along with goods from one warehouse to another. */
export const transferNote: PrintTemplate = {
  version: 1,
  name: 'transferNote',
  label: say('调拨单（A4）', '調撥單（A4）', 'Transfer note (A4)'),
  type: 'stockTransfer',
  paper: a4,
  fontSizeTenthPt: 95,
  look: 'shaded',
  blocks: [
    { ...letterhead, onEveryPage: true },
    { kind: 'title', text: say('调 拨 单', '調 撥 單', 'TRANSFER NOTE'), aside: 'No. {{document.number}}', onEveryPage: true },
    {
      kind: 'fields',
      columns: 3,
      onEveryPage: true,
      fields: [
        { field: 'document.warehouse', label: say('调出仓库', '調出倉庫', 'From') },
        { field: 'document.toWarehouse', label: say('调入仓库', '調入倉庫', 'To') },
        { field: 'document.day', label: say('调拨日期', '調撥日期', 'Date') },
        { field: 'document.toWarehouseAddress', label: say('收货地址', '收貨地址', 'Address') },
        { field: 'document.carrier', label: say('承运商', '貨運公司', 'Carrier') },
      ],
    },
    { kind: 'table', columns: [...itemColumns, remark], totalRow: true, carryOver: true },
    remarkBelow,
    {
      kind: 'signatures',
      roomTenthMm: 100,
      roles: [
        maker,
        { label: say('发货仓管', '出貨倉管', 'Sent by'), field: 'people.keeper' },
        { label: say('承运人', '承運人', 'Carried by') },
        { label: say('收货仓管', '收貨倉管', 'Received by') },
      ],
    },
  ],
  footer,
};

/** Signed by whoever takes goods for the use of a department. */
export const requisitionNote: PrintTemplate = {
  version: 1,
  name: 'requisitionNote',
  label: say('领料单（A4）', '領料單（A4）', 'Requisition (A4)'),
  type: 'requisition',
  paper: a4,
  fontSizeTenthPt: 95,
  look: 'shaded',
  blocks: [
    { ...letterhead, onEveryPage: true },
    { kind: 'title', text: say('领 料 单', '領 料 單', 'REQUISITION'), aside: 'No. {{document.number}}', onEveryPage: true },
    {
      kind: 'fields',
      columns: 3,
      onEveryPage: true,
      fields: [
        { field: 'document.forDepartment', label: say('领用部门', '領用部門', 'Department') },
        { field: 'people.forPerson', label: say('领用人', '領用人', 'Taken by') },
        { field: 'document.day', label: say('领料日期', '領料日期', 'Date') },
        { field: 'document.warehouse', label: say('仓库', '倉庫', 'Warehouse') },
        { field: 'document.purpose', label: say('用途', '用途', 'Purpose') },
      ],
    },
    { kind: 'table', columns: [...itemColumns, remark], totalRow: true, carryOver: true },
    remarkBelow,
    {
      kind: 'signatures',
      roomTenthMm: 100,
      roles: [
        maker,
        { label: say('审核', '審核', 'Approved by'), field: 'people.approver' },
        { label: say('仓管', '倉管', 'Warehouse'), field: 'people.keeper' },
        { label: say('领用人', '領用人', 'Received by') },
      ],
    },
  ],
  footer,
};

/** Taken along to the shelves: what to count, with room to write. What the books say stands on it only for who may see it. */
export const countList: PrintTemplate = {
  version: 1,
  name: 'countList',
  label: say('盘点表（A4）', '盤點表（A4）', 'Count list (A4)'),
  type: 'stockCount',
  paper: a4,
  fontSizeTenthPt: 95,
  look: 'shaded',
  blocks: [
    { ...letterhead, onEveryPage: true },
    { kind: 'title', text: say('盘 点 表', '盤 點 表', 'COUNT LIST'), aside: 'No. {{document.number}}', onEveryPage: true },
    {
      kind: 'fields',
      columns: 3,
      onEveryPage: true,
      fields: [
        { field: 'document.warehouse', label: say('仓库', '倉庫', 'Warehouse') },
        { field: 'document.category', label: say('商品分类', '商品分類', 'Category') },
        { field: 'document.day', label: say('盘点日期', '盤點日期', 'Date') },
      ],
    },
    {
      kind: 'table',
      columns: [
        ...itemColumns.filter((column) => column.field !== 'quantity'),
        { field: 'snapshot', label: say('账面', '帳面', 'Books'), widthTenthMm: 170, align: 'right', show: 'whenFilled' },
        { field: 'counted', label: say('实盘', '實盤', 'Counted'), widthTenthMm: 220, align: 'right' },
        remark,
      ],
    },
    {
      kind: 'signatures',
      roomTenthMm: 100,
      roles: [
        { label: say('盘点人', '盤點人', 'Counted by') },
        { label: say('复盘人', '複盤人', 'Recounted by') },
        { label: say('监盘人', '監盤人', 'Witnessed by') },
      ],
    },
  ],
  footer,
};
