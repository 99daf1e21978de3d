import { lotKey } from '../records/lot.ts';
import { column } from './columns.ts';
import type { ImportPlan } from './importPlan.ts';

const opening = { step: 'post', undoStep: 'takeBack' } as const;
const verdicts: ImportPlan['verdicts'] = {
  repeat: { kind: 'exactDuplicate', by: 'row' },
  like: { kind: 'sameOpening', by: 'same' },
};

const openingDay = column(
  'day',
  ['期初日期', '日期', '单据日期', '业务日期', '发生日期', '开票日期'],
  ['期初日期', '日期', '單據日期', '立帳日期', '發票日期'],
  ['Opening date', 'Date', 'Document date', 'Invoice date'],
  { sample: '2026-01-01' },
);
const dueOn = column(
  'dueOn',
  ['到期日', '应收日期', '应付日期', '付款期限', '收款期限'],
  ['到期日', '應收日期', '應付日期', '付款期限'],
  ['Due on', 'Due date'],
);
const currency = column('currency', ['币种', '币别', '货币'], ['幣別', '幣種', '貨幣'], ['Currency'], {
  by: ['code', 'name', 'symbol'],
});
const exchangeRate = column('exchangeRate', ['汇率'], ['匯率'], ['Exchange rate', 'Rate']);
const reference = column(
  'reference',
  ['原单据号', '单据号', '单据编号', '单号', '订单号', '发票号', '合同号', '凭证号'],
  ['原單據號', '單據號', '單據編號', '單號', '訂單號', '發票號碼', '傳票號碼'],
  ['Original document no.', 'Document no.', 'Reference', 'Invoice no.'],
  { sample: 'XS20251203' },
);
const remark = column('remark', ['备注', '说明', '摘要'], ['備註', '說明', '摘要'], ['Remark', 'Remarks', 'Note', 'Notes']);

/** What customers owed on the first day, a document for each row; below zero, or in a column of its own, what they had paid in advance. */
export const openingBalanceImport: ImportPlan = {
  type: 'openingBalance',
  names: 'customer',
  columns: [
    column(
      'customer',
      ['客户名称', '客户', '客户编号', '客户编码', '往来单位', '单位名称', '购货单位'],
      ['客戶名稱', '客戶', '客戶編號', '客戶代號', '往來客戶', '公司名稱'],
      ['Customer', 'Customer name', 'Customer no.', 'Customer code', 'Company'],
      { sample: '苏州汇瑞机械有限公司', by: ['name', 'code', 'shortName'] },
    ),
    column(
      'total',
      [
        '应收余额',
        '期初应收',
        '期初余额',
        '期初金额',
        '欠款',
        '欠款金额',
        '应收款',
        '应收金额',
        '余额',
        '金额',
        '借方',
        '借方余额',
        '期初借方',
      ],
      ['應收餘額', '期初應收', '期初餘額', '期初金額', '欠款', '應收帳款', '應收金額', '餘額', '金額', '借方', '借方餘額'],
      ['Receivable', 'Opening balance', 'Balance', 'Amount due', 'Amount', 'Debit'],
      { sample: '12800.50' },
    ),
    column(
      'advance.total',
      ['预收余额', '期初预收', '预收款', '预收金额', '贷方', '贷方余额', '期初贷方'],
      ['預收餘額', '期初預收', '預收款', '預收帳款', '貸方', '貸方餘額'],
      ['Advance received', 'Prepaid', 'Credit'],
    ),
    openingDay,
    dueOn,
    currency,
    exchangeRate,
    reference,
    column(
      'owner',
      ['负责人', '业务员', '销售员', '经手人'],
      ['負責人', '業務員', '業務', '經手人'],
      ['Owner', 'Salesperson', 'Responsible'],
      { by: ['login', 'name'] },
    ),
    remark,
  ],
  verdicts,
  faults: [{ target: 'customer', code: 'import.unknownValue', kind: 'unknownRecord' }],
  companions: { advance: { kind: 'counter', type: 'openingCredit', amount: 'total' } },
  document: {
    ...opening,
    amount: 'total',
    same: [
      ['customer', 'reference'],
      ['customer', 'day', 'total'],
    ],
  },
  creates: [],
  notes: {
    'zh-CN': [
      '每行一笔未收款，客户必须已经在客户资料中，按名称、编号或简称对应。',
      '应收余额填正数；填负数，或填在“预收余额”列，就是客户的预收款。余额为零的行不导入。',
      '填写原单据号，以后收款核销时便于查找；同一客户同一单据号只导入一次。',
      '币种留空为本位币。外币可填汇率，留空则用币种资料中的汇率。',
    ],
    'zh-TW': [
      '每列一筆未收款，客戶必須已經在客戶資料中，按名稱、編號或簡稱對應。',
      '應收餘額填正數；填負數，或填在「預收餘額」欄，就是客戶的預收款。餘額為零的列不匯入。',
      '填寫原單據號，以後收款沖銷時便於查找；同一客戶同一單據號只匯入一次。',
      '幣別留空為本位幣。外幣可填匯率，留空則用幣別資料中的匯率。',
    ],
    en: [
      'One unpaid item in each row. The customer must exist and is matched by name, number or short name.',
      'A receivable is above zero. Below zero, or in the column for advances, it is money the customer paid in advance. Rows of zero are left out.',
      'With the original document number later receipts are matched easily; the same number of a customer comes in once.',
      'An empty currency is your own. Foreign currency takes the rate given, or the one of the currency list.',
    ],
  },
};

/** What we owed suppliers on the first day; below zero, or in a column of its own, what we had paid in advance. */
export const openingPayableImport: ImportPlan = {
  type: 'openingPayable',
  names: 'supplier',
  columns: [
    column(
      'supplier',
      ['供应商名称', '供应商', '供应商编号', '供应商编码', '往来单位', '单位名称', '供货单位'],
      ['供應商名稱', '供應商', '供應商編號', '廠商名稱', '廠商', '廠商代號', '公司名稱'],
      ['Supplier', 'Supplier name', 'Supplier no.', 'Vendor', 'Vendor name', 'Company'],
      { sample: '宁波恒通钢材有限公司', by: ['name', 'code', 'shortName'] },
    ),
    column(
      'total',
      ['应付余额', '期初应付', '期初余额', '期初金额', '欠款', '应付款', '应付金额', '余额', '金额', '贷方', '贷方余额', '期初贷方'],
      ['應付餘額', '期初應付', '期初餘額', '期初金額', '欠款', '應付帳款', '應付金額', '餘額', '金額', '貸方', '貸方餘額'],
      ['Payable', 'Opening balance', 'Balance', 'Amount due', 'Amount', 'Credit'],
      { sample: '36000' },
    ),
    column(
      'advance.total',
      ['预付余额', '期初预付', '预付款', '预付金额', '借方', '借方余额', '期初借方'],
      ['預付餘額', '期初預付', '預付款', '預付帳款', '借方', '借方餘額'],
      ['Advance paid', 'Prepaid', 'Debit'],
    ),
    openingDay,
    dueOn,
    currency,
    exchangeRate,
    reference,
    remark,
  ],
  verdicts,
  faults: [{ target: 'supplier', code: 'import.unknownValue', kind: 'unknownRecord' }],
  companions: { advance: { kind: 'counter', type: 'openingSupplierCredit', amount: 'total' } },
  document: {
    ...opening,
    amount: 'total',
    same: [
      ['supplier', 'reference'],
      ['supplier', 'day', 'total'],
    ],
  },
  creates: [],
  notes: {
    'zh-CN': [
      '每行一笔未付款，供应商必须已经在供应商资料中，按名称、编号或简称对应。',
      '应付余额填正数；填负数，或填在“预付余额”列，就是预付给供应商的款。余额为零的行不导入。',
      '同一供应商同一单据号只导入一次。币种留空为本位币。',
    ],
    'zh-TW': [
      '每列一筆未付款，供應商必須已經在供應商資料中，按名稱、編號或簡稱對應。',
      '應付餘額填正數；填負數，或填在「預付餘額」欄，就是預付給供應商的款。餘額為零的列不匯入。',
      '同一供應商同一單據號只匯入一次。幣別留空為本位幣。',
    ],
    en: [
      'One unpaid item in each row. The supplier must exist and is matched by name, number or short name.',
      'A payable is above zero. Below zero, or in the column for advances, it is money paid in advance. Rows of zero are left out.',
      'The same number of a supplier comes in once. An empty currency is your own.',
    ],
  },
};

/** What each account held on the first day. */
export const openingCashImport: ImportPlan = {
  type: 'openingCash',
  names: 'account',
  columns: [
    column(
      'account',
      ['账户名称', '账户', '账户编码', '账号', '银行账号', '资金账户'],
      ['帳戶名稱', '帳戶', '帳戶編碼', '帳號', '銀行帳號', '資金帳戶'],
      ['Account', 'Account name', 'Account code', 'Account number'],
      { sample: '工商银行基本户', by: ['name', 'code', 'bankAccount'] },
    ),
    column(
      'amount',
      ['期初余额', '余额', '账户余额', '期初金额', '金额'],
      ['期初餘額', '餘額', '帳戶餘額', '期初金額', '金額'],
      ['Opening balance', 'Balance', 'Amount'],
      { sample: '158000' },
    ),
    openingDay,
    remark,
  ],
  verdicts,
  faults: [{ target: 'account', code: 'import.unknownValue', kind: 'unknownRecord' }],
  companions: {},
  document: { ...opening, amount: 'amount', same: [['account']] },
  creates: [],
  notes: {
    'zh-CN': ['每个账户一行，账户必须已经建立，按名称、编码或银行账号对应。', '金额以账户自己的币种填写，透支填负数。余额为零的行不导入。'],
    'zh-TW': ['每個帳戶一列，帳戶必須已經建立，按名稱、編碼或銀行帳號對應。', '金額以帳戶自己的幣別填寫，透支填負數。餘額為零的列不匯入。'],
    en: [
      'One row for each account. The account must exist and is matched by name, code or bank account number.',
      'The amount is in the currency of the account, below zero for an overdraft. Rows of zero are left out.',
    ],
  },
};

/** What lay in the warehouses on the first day, for items that are there already: one document for each warehouse and day. */
export const openingStockImport: ImportPlan = {
  type: 'openingStock',
  names: 'lines.item',
  part: 'lines',
  detail: {
    part: 'lots',
    takes: { item: 'item', quantity: 'quantity' },
    name: 'number',
    keyOf: lotKey,
    agree: { fields: ['madeOn', 'expiresOn'], code: 'import.lotDiffers' },
    single: { link: 'item', field: 'tracking', is: 'serial', code: 'import.serialTwice' },
  },
  columns: [
    column(
      'lines.item',
      [
        '商品编码',
        '商品编号',
        '产品编码',
        '货号',
        '物料编码',
        '存货编码',
        '条码',
        '商品条码',
        '商品名称',
        '商品',
        '品名',
        '产品名称',
        '存货名称',
      ],
      ['商品編碼', '商品編號', '產品編號', '貨號', '料號', '條碼', '商品條碼', '商品名稱', '商品', '品名', '產品名稱'],
      ['Item code', 'Item no.', 'SKU', 'Barcode', 'Item', 'Item name', 'Product', 'Product name'],
      { sample: 'YP00619', by: ['code', 'barcode', 'name'] },
    ),
    column(
      'warehouse',
      ['仓库', '仓库名称', '所在仓库', '期初仓库', '存放仓库'],
      ['倉庫', '倉庫名稱', '所在倉庫', '期初倉庫'],
      ['Warehouse', 'Location'],
      { sample: '主仓库' },
    ),
    column(
      'lines.quantity',
      ['期初数量', '期初库存', '数量', '库存数量', '结存数量', '现存量', '库存'],
      ['期初數量', '期初庫存', '數量', '庫存數量', '結存數量', '庫存'],
      ['Opening quantity', 'Opening stock', 'Quantity', 'On hand', 'Stock'],
      { sample: '1769' },
    ),
    column(
      'lines.unitCost',
      ['成本单价', '期初成本', '单位成本', '期初单价', '成本', '结存单价', '单价', '进价'],
      ['成本單價', '期初成本', '單位成本', '期初單價', '成本', '結存單價', '單價', '進價'],
      ['Unit cost', 'Opening cost', 'Cost', 'Unit price'],
      { sample: '2887.88' },
    ),
    column(
      'lots.number',
      ['批号', '批号/序列号', '序列号', '批次号', '批次', '生产批号', '机身号', '出厂编号'],
      ['批號', '批號/序號', '序號', '批次號', '批次', '製造批號', '機身號碼'],
      ['Lot no.', 'Lot or serial no.', 'Serial no.', 'Lot', 'Batch', 'Batch no.', 'Serial number', 'Lot number', 'Batch number'],
      { sample: 'B240115' },
    ),
    column(
      'lots.madeOn',
      ['生产日期', '制造日期', '出厂日期'],
      ['製造日期', '生產日期', '出廠日期'],
      ['Made on', 'Production date', 'Manufacturing date', 'Date of manufacture'],
      { sample: '2025-11-20' },
    ),
    column(
      'lots.expiresOn',
      ['有效期至', '失效日期', '到期日', '有效期', '保质期至', '过期日期'],
      ['有效期限', '有效日期', '到期日', '保存期限', '失效日期'],
      ['Expires on', 'Expiry date', 'Expiry', 'Best before', 'Use by'],
      { sample: '2026-11-20' },
    ),
    openingDay,
    column('lines.remark', ['备注', '说明'], ['備註', '說明'], ['Remark', 'Remarks', 'Note', 'Notes']),
  ],
  verdicts,
  faults: [
    { target: 'lines.item', code: 'import.unknownValue', kind: 'unknownRecord' },
    { target: 'warehouse', kind: 'unknownWarehouse' },
  ],
  companions: {},
  document: {
    ...opening,
    amount: 'lines.quantity',
    same: [
      ['warehouse', 'lots.item', 'lots.number'],
      ['warehouse', 'lines.item'],
    ],
    shownAt: { 'lots.missing': 'lots.number', 'lots.notTracked': 'lots.number' },
  },
  creates: [],
  notes: {
    'zh-CN': [
      '每行一个商品在一个仓库的期初数量。商品必须已经建立，按编码、条码或名称对应；重名的商品请用编码。',
      '仓库留空为默认仓库。同一仓库的行合成一张期初库存单，导入时过账。',
      '数量和不含税的成本单价都按基本单位填写。数量为零的行不导入。',
      '按批号或序列号管理的商品必须填写批号：每个批次一行，几行的数量合计就是库存；序列号每个一行，数量为 1。其他商品留空。',
      '有效期至留空时，按生产日期和商品的保质期推算。同一批号各行的日期必须一致。',
    ],
    'zh-TW': [
      '每列一個商品在一個倉庫的期初數量。商品必須已經建立，按編碼、條碼或名稱對應；重名的商品請用編碼。',
      '倉庫留空為預設倉庫。同一倉庫的列合成一張期初庫存單，匯入時過帳。',
      '數量和未稅的成本單價都按基本單位填寫。數量為零的列不匯入。',
      '依批號或序號管理的商品必須填寫批號：每個批次一列，幾列的數量合計就是庫存；序號每個一列，數量為 1。其他商品留空。',
      '有效期限留空時，按製造日期和商品的保存天數推算。同一批號各列的日期必須一致。',
    ],
    en: [
      'One item in one warehouse in each row. The item must exist and is matched by code, barcode or name; use the code where names repeat.',
      'An empty warehouse is the main one. Rows of one warehouse become one opening stock document, posted by the import.',
      'Quantity and unit cost (without tax) are in the basic unit. Rows of zero are left out.',
      'Items told apart by lots or serial numbers need the number: a row for each lot, together they are what lies there; a row with the quantity 1 for each serial number. Leave it empty for other items.',
      'Without a day of expiry it follows from the day it was made and the shelf life of the item. Rows of one lot say the same days.',
    ],
  },
};
