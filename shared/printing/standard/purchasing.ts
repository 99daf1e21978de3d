import type { Block, Clause, HeadField, PrintTemplate, PrintText, TableColumn } from '../template.ts';
import { a4, amountInWordsRow, commercialTotals, footer, itemColumns, letterhead, pricedColumns, say } from './pieces.ts';

const remark: TableColumn = { field: 'remark', label: say('备注', '備註', 'Remark'), share: 4 };
const maker = { label: say('制单', '製單', 'Issued by'), field: 'people.maker' };
const approver = { label: say('审核', '審核', 'Approved by'), field: 'people.approver' };
const warehouse: TableColumn = { field: 'warehouse', label: say('仓库', '倉庫', 'Warehouse'), share: 3 };

/** What is agreed with a supplier, as the contract that both sides sign. */
const contractPaper = (name: string, type: string, label: PrintText, title: PrintText): PrintTemplate => ({
  version: 1,
  name,
  label,
  type,
  paper: a4,
  fontSizeTenthPt: 95,
  look: 'shaded',
  blocks: [
    letterhead,
    { kind: 'title', text: title, aside: 'No. {{document.number}}' },
    {
      kind: 'fields',
      columns: 2,
      fields: [
        { field: 'document.supplier', label: say('供方', '賣方', 'Supplier') },
        { field: 'company.name', label: say('需方', '買方', 'Buyer') },
        { field: 'document.contactName', label: say('联系人', '聯絡人', 'Attention') },
        { field: 'people.owner', label: say('采购员', '採購員', 'Our contact') },
        { field: 'document.contactPhone', label: say('电话', '電話', 'Phone') },
        { field: 'document.day', label: say('订货日期', '訂貨日期', 'Date') },
        { field: 'document.deliverBy', label: say('要求到货', '要求到貨', 'Deliver by') },
        { field: 'document.supplierReference', label: say('供方单号', '賣方單號', 'Your reference') },
        { field: 'document.signedOn', label: say('签订日期', '簽訂日期', 'Signed on') },
        { field: 'document.signedAt', label: say('签订地点', '簽訂地點', 'Signed at') },
      ],
    },
    { kind: 'table', columns: pricedColumns, carryOver: true },
    commercialTotals,
    amountInWordsRow,
    { kind: 'clauses', numbering: 'chinese', paragraphs: orderClauses() },
    { kind: 'space', heightTenthMm: 20 },
    bothSides(),
  ],
  footer,
});

export const purchaseContract = contractPaper(
  'purchaseContract',
  'purchaseOrder',
  say('标准采购合同', '標準採購合約', 'Standard purchase order'),
  say('采 购 合 同', '採 購 合 約', 'PURCHASE ORDER'),
);
export const purchaseFrame = contractPaper(
  'purchaseFrame',
  'purchaseContract',
  say('长期采购合同', '長期採購合約', 'Standard purchase contract'),
  say('采 购 合 同', '採 購 合 約', 'PURCHASE CONTRACT'),
);

function orderClauses(): Clause[] {
  return [
    {
      heading: say('质量与验收', '品質與驗收', 'Quality'),
      text: say(
        '货物应符合国家标准及双方确认的规格型号。需方收货后七日内验收，不合格的由供方负责退换并承担费用。',
        '貨物應符合國家標準及雙方確認之規格。買方收貨後七日內驗收，不合格者由賣方負責退換並負擔費用。',
        'The goods meet the applicable standards and the agreed specifications. The buyer inspects them within seven days; the supplier replaces or takes back faulty goods at its own cost.',
      ),
    },
    {
      heading: say('交货', '交貨', 'Delivery'),
      text: say(
        '到货日期：{{document.deliverBy}}。运至需方仓库，运费由供方承担，另有约定的除外。',
        '到貨日期：{{document.deliverBy}}。運至買方倉庫，運費由賣方負擔，另有約定者除外。',
        'Date of arrival: {{document.deliverBy}}, delivered to the warehouse of the buyer, freight paid unless agreed otherwise.',
      ),
    },
    {
      heading: say('付款', '付款', 'Payment'),
      text: say(
        '合同总金额为{{total.words}}（{{total.grossAmount}}）。付款条件：{{document.paymentTerms}}。供方开具合法有效的发票。',
        '合約總金額為{{total.words}}（{{total.grossAmount}}）。付款條件：{{document.paymentTerms}}。賣方應開立合法有效之發票。',
        'The order is for {{total.grossAmount}} ({{total.words}}). Terms of payment: {{document.paymentTerms}}, against a valid invoice.',
      ),
    },
    {
      heading: say('争议解决', '爭議解決', 'Disputes'),
      text: say(
        '双方协商解决；协商不成的，由需方所在地人民法院管辖。本合同一式两份，双方签字盖章后生效。',
        '雙方協商解決；協商不成者，以買方所在地法院為第一審管轄法院。本合約一式兩份，雙方簽名蓋章後生效。',
        'The parties settle disputes by negotiation; failing that, the courts at the seat of the buyer have jurisdiction. Made in two originals, effective when both have signed.',
      ),
    },
  ];
}

function bothSides(): Block {
  const row = (field: string, label: PrintText) => ({ field, label });
  const [address, phone, bank, number] = [
    say('地址', '地址', 'Address'),
    say('电话', '電話', 'Phone'),
    say('开户行', '往來銀行', 'Bank'),
    say('账号', '帳號', 'Account'),
  ];
  const signed: Block = {
    kind: 'signatures',
    roomTenthMm: 140,
    roles: [{ label: say('授权代表', '授權代表', 'Signed by') }, { label: say('日期', '日期', 'Date') }],
  };
  return {
    kind: 'sideBySide',
    framed: true,
    parts: [
      [
        { kind: 'text', text: say('供方（盖章）', '賣方（蓋章）', 'Supplier (stamp)'), bold: true },
        {
          kind: 'fields',
          columns: 1,
          fields: [
            row('document.supplier', say('名称', '名稱', 'Name')),
            row('document.supplierAddress', address),
            row('document.supplierPhone', phone),
            row('document.supplierBank', bank),
            row('document.supplierBankAccount', number),
          ],
        },
        signed,
      ],
      [
        { kind: 'text', text: say('需方（盖章）', '買方（蓋章）', 'Buyer (stamp)'), bold: true },
        {
          kind: 'fields',
          columns: 1,
          fields: [
            row('company.name', say('名称', '名稱', 'Name')),
            row('company.address', address),
            row('company.phone', phone),
            row('company.bank', bank),
            row('company.bankAccount', number),
          ],
        },
        signed,
      ],
    ],
  };
}

const goodsHead = (day: PrintText, more: HeadField): Block => ({
  kind: 'fields',
  columns: 3,
  onEveryPage: true,
  fields: [
    { field: 'document.supplier', label: say('供应商', '供應商', 'Supplier') },
    { field: 'document.day', label: day },
    { field: 'document.source', label: say('来源单号', '來源單號', 'Source') },
    more,
  ],
});

/** What came in, as the storekeeper signs it: no prices. */
export const stockInNote: PrintTemplate = {
  version: 1,
  name: 'stockInNote',
  label: say('采购入库单（A4）', '採購入庫單（A4）', 'Goods receipt (A4)'),
  type: 'stockIn',
  paper: a4,
  fontSizeTenthPt: 95,
  look: 'shaded',
  blocks: [
    { ...letterhead, onEveryPage: true },
    { kind: 'title', text: say('入 库 单', '入 庫 單', 'GOODS RECEIPT'), aside: 'No. {{document.number}}', onEveryPage: true },
    goodsHead(say('入库日期', '入庫日期', 'Date'), { field: 'document.deliveryNote', label: say('送货单号', '送貨單號', 'Delivery note') }),
    { kind: 'table', columns: [...itemColumns, warehouse, remark], totalRow: true, carryOver: true },
    { kind: 'fields', columns: 1, fields: [{ field: 'document.remark', label: say('备注', '備註', 'Remark') }] },
    {
      kind: 'signatures',
      roomTenthMm: 100,
      roles: [
        maker,
        approver,
        { label: say('仓管', '倉管', 'Warehouse'), field: 'people.keeper' },
        { label: say('送货人', '送貨人', 'Delivered by') },
      ],
    },
  ],
  footer,
};

/** Goes along with goods that go back to the supplier. */
export const purchaseReturnNote: PrintTemplate = {
  version: 1,
  name: 'purchaseReturnNote',
  label: say('采购退货单（A4）', '採購退貨單（A4）', 'Purchase return (A4)'),
  type: 'purchaseReturn',
  paper: a4,
  fontSizeTenthPt: 95,
  look: 'shaded',
  blocks: [
    { ...letterhead, onEveryPage: true },
    {
      kind: 'title',
      text: say('采 购 退 货 单', '採 購 退 貨 單', 'RETURN TO SUPPLIER'),
      aside: 'No. {{document.number}}',
      onEveryPage: true,
    },
    goodsHead(say('退货日期', '退貨日期', 'Date'), { field: 'document.returnReason', label: say('退货原因', '退貨原因', 'Reason') }),
    { kind: 'table', columns: [...itemColumns, remark], totalRow: true, carryOver: true },
    { kind: 'fields', columns: 1, fields: [{ field: 'document.remark', label: say('备注', '備註', 'Remark') }] },
    {
      kind: 'signatures',
      roomTenthMm: 100,
      roles: [maker, approver, { label: say('仓管', '倉管', 'Warehouse') }, { label: say('供方签收', '賣方簽收', 'Received by supplier') }],
    },
  ],
  footer,
};

/** What a supplier is asked, with room for its answer. It carries no price of ours. */
const inquiryPaper = (name: string, type: string, label: PrintText): PrintTemplate => ({
  version: 1,
  name,
  label,
  type,
  paper: a4,
  fontSizeTenthPt: 95,
  look: 'shaded',
  blocks: [
    letterhead,
    { kind: 'title', text: say('询 价 单', '詢 價 單', 'REQUEST FOR QUOTATION'), aside: 'No. {{document.number}}' },
    {
      kind: 'fields',
      columns: 2,
      fields: [
        ...(type === 'inquiry' ? [] : [{ field: 'document.supplier', label: say('致', '致', 'To') }]),
        ...(type === 'inquiry' ? [] : [{ field: 'document.contactName', label: say('联系人', '聯絡人', 'Attention') }]),
        { field: 'document.day', label: say('询价日期', '詢價日期', 'Date') },
        ...(type === 'inquiry' ? [{ field: 'document.replyBy', label: say('请于此日前回复', '請於此日前回覆', 'Please answer by') }] : []),
        { field: 'document.deliverBy', label: say('要求到货', '要求到貨', 'Deliver by') },
        { field: 'people.owner', label: say('采购员', '採購員', 'Our contact') },
      ],
    },
    {
      kind: 'table',
      columns: [...itemColumns, { field: 'remark', label: say('备注', '備註', 'Remark'), share: 3, show: 'whenFilled' }],
      carryOver: true,
    },
    {
      kind: 'text',
      text: say(
        '请报含税单价、税率、交货周期与起订量，并注明报价有效期。',
        '請報含稅單價、稅率、交貨週期與最低訂購量，並註明報價有效期。',
        'Please quote the unit price incl. tax, the tax rate, lead time and minimum quantity, and how long your offer is valid.',
      ),
    },
    { kind: 'fields', columns: 1, fields: [{ field: 'document.remark', label: say('备注', '備註', 'Remark') }] },
    { kind: 'signatures', roomTenthMm: 120, roles: [maker, { label: say('供方签章', '供應商簽章', 'Supplier') }] },
  ],
  footer,
});

export const inquirySheet = inquiryPaper('inquirySheet', 'inquiry', say('询价单（A4）', '詢價單（A4）', 'Request for quotation (A4)'));
export const supplierInquirySheet = inquiryPaper(
  'supplierInquirySheet',
  'supplierQuotation',
  say('致供应商的询价单（A4）', '致供應商的詢價單（A4）', 'Request to the supplier (A4)'),
);
