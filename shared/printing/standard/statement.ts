import type { PrintTemplate, PrintText } from '../template.ts';
import { a4, footer, letterhead, say } from './pieces.ts';

/** What a customer owed at the beginning, what came to it, and what is open at the end. */
export const customerStatement = statementOf({
  name: 'customerStatement',
  label: say('客户对账单', '客戶對帳單', 'Customer statement'),
  heading: say('客 户 对 账 单', '客 戶 對 帳 單', 'STATEMENT OF ACCOUNT'),
  party: say('客户', '客戶', 'Customer'),
  debit: say('应收增加', '應收增加', 'Debit'),
  credit: say('应收减少', '應收減少', 'Credit'),
  invoiced: say('已开票', '已開票', 'Invoiced'),
  invoicedOn: say('开票日期', '開票日期', 'Last invoice'),
  signature: say('客户确认（盖章）', '客戶確認（蓋章）', 'Confirmed by customer'),
});

/** The same with a supplier: what we owed, and what we still owe. */
export const supplierStatement = statementOf({
  name: 'supplierStatement',
  label: say('供应商对账单', '供應商對帳單', 'Supplier statement'),
  heading: say('供 应 商 对 账 单', '供 應 商 對 帳 單', 'STATEMENT OF ACCOUNT'),
  party: say('供应商', '供應商', 'Supplier'),
  debit: say('应付增加', '應付增加', 'Owed'),
  credit: say('应付减少', '應付減少', 'Paid'),
  invoiced: say('已收票', '已收票', 'Invoiced'),
  invoicedOn: say('收票日期', '收票日期', 'Last invoice'),
  signature: say('供应商确认（盖章）', '供應商確認（蓋章）', 'Confirmed by supplier'),
});

/** The same on a sheet that lies on its side: what was invoiced has room beside the balance there. */
export const onItsSide = (template: PrintTemplate): PrintTemplate => ({
  ...template,
  paper: { ...a4, orientation: 'landscape' },
});

interface StatementWords {
  readonly name: string;
  readonly label: PrintText;
  readonly heading: PrintText;
  readonly party: PrintText;
  readonly debit: PrintText;
  readonly credit: PrintText;
  readonly invoiced: PrintText;
  readonly invoicedOn: PrintText;
  readonly signature: PrintText;
}

function statementOf(words: StatementWords): PrintTemplate {
  return {
    version: 1,
    name: words.name,
    label: words.label,
    type: words.name,
    paper: a4,
    fontSizeTenthPt: 95,
    look: 'shaded',
    blocks: [
      { ...letterhead, onEveryPage: true },
      { kind: 'title', text: words.heading, onEveryPage: true },
      {
        kind: 'fields',
        columns: 2,
        onEveryPage: true,
        fields: [
          { field: 'customer.name', label: words.party },
          { field: 'document.period', label: say('对账期间', '對帳期間', 'Period') },
          { field: 'customer.contact', label: say('联系人', '聯絡人', 'Contact') },
          { field: 'document.currency', label: say('币种', '幣別', 'Currency') },
        ],
      },
      {
        kind: 'totals',
        rows: [{ field: 'total.opening', label: say('期初余额', '期初餘額', 'Opening balance') }],
      },
      {
        kind: 'table',
        totalRow: true,
        carryOver: true,
        columns: [
          { field: 'day', label: say('日期', '日期', 'Date'), widthTenthMm: 240 },
          { field: 'document', label: say('单据', '單據', 'Document'), share: 3 },
          { field: 'number', label: say('单号', '單號', 'Number'), share: 4 },
          { field: 'remark', label: say('摘要', '摘要', 'Remark'), share: 4, show: 'whenFilled' },
          { field: 'debit', label: words.debit, widthTenthMm: 280, align: 'right' },
          { field: 'credit', label: words.credit, widthTenthMm: 280, align: 'right' },
          { field: 'balance', label: say('余额', '餘額', 'Balance'), widthTenthMm: 290, align: 'right', sum: false },
          // Invoices may go beyond the period, so they add up to nothing that stands here.
          { field: 'invoiced', label: words.invoiced, widthTenthMm: 290, align: 'right', sum: false, show: 'whenFilled' },
          { field: 'invoicedOn', label: words.invoicedOn, widthTenthMm: 240, show: 'whenFilled' },
        ],
      },
      {
        kind: 'totals',
        rows: [{ field: 'total.closing', label: say('期末余额', '期末餘額', 'Closing balance'), strong: true }],
      },
      {
        kind: 'words',
        label: say('期末余额（大写）', '期末餘額（大寫）', 'Closing balance in words'),
        field: 'total.closing',
      },
      {
        kind: 'text',
        text: say(
          '请贵公司核对以上账目。核对无误请签字盖章后回传；如有不符，请于七日内告知，逾期视为确认。',
          '敬請貴公司核對以上帳目。核對無誤請簽名蓋章後回傳；如有不符，請於七日內告知，逾期視為確認。',
          'Please compare with your books. Sign and return this statement if it agrees, or let us know of any difference within seven days.',
        ),
      },
      {
        kind: 'signatures',
        roomTenthMm: 160,
        roles: [
          { label: say('对账人', '對帳人', 'Prepared by'), field: 'people.maker' },
          { label: say('审核', '審核', 'Approved by'), field: 'people.approver' },
          { label: words.signature },
        ],
      },
    ],
    footer,
  };
}
