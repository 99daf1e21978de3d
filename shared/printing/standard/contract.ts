import type { Block, Clause, PrintTemplate } from '../template.ts';
import { a4, amountInWordsRow, commercialTotals, footer, pricedColumns, say, withCustomerCode } from './pieces.ts';

/** A sales order as the contract that both sides sign. */
export const contract: PrintTemplate = {
  version: 1,
  name: 'contract',
  label: say('标准销售合同', '標準銷售合約', 'Standard sales contract'),
  type: 'salesOrder',
  paper: a4,
  fontSizeTenthPt: 95,
  look: 'shaded',
  blocks: [
    { kind: 'letterhead', showLogo: true, align: 'left', name: '{{company.name}}', lines: [] },
    { kind: 'title', text: say('销 售 合 同', '銷 售 合 約', 'SALES CONTRACT') },
    {
      kind: 'fields',
      columns: 2,
      fields: [
        { field: 'document.number', label: say('合同编号', '合約編號', 'Contract no.') },
        { field: 'document.day', label: say('合同日期', '合約日期', 'Date') },
        { field: 'document.customerReference', label: say('客户订单号', '客戶訂單號', 'Your reference') },
        { field: 'document.signedOn', label: say('签订日期', '簽訂日期', 'Signed on') },
        { field: 'document.signedAt', label: say('签订地点', '簽訂地點', 'Signed at') },
        { field: 'document.recipient', label: say('收货人', '收貨人', 'Receiver') },
        { field: 'document.recipientPhone', label: say('收货电话', '收貨電話', 'Receiver tel.') },
        { field: 'document.billingTitle', label: say('开票抬头', '發票抬頭', 'Invoice to') },
        { field: 'document.billingTaxNumber', label: say('开票税号', '發票統一編號', 'Tax no. of invoice') },
        { field: 'document.deliveryAddress', label: say('收货地址', '收貨地址', 'Deliver to'), wide: true },
      ],
    },
    {
      kind: 'fields',
      columns: 1,
      fields: [
        { field: 'customer.name', label: say('甲方（需方）', '甲方（買方）', 'Party A (buyer)') },
        { field: 'company.name', label: say('乙方（供方）', '乙方（賣方）', 'Party B (seller)') },
      ],
    },
    {
      kind: 'text',
      text: say(
        '甲乙双方经友好协商，就甲方向乙方购买下列商品达成一致，订立本合同，共同遵守。',
        '甲乙雙方經友好協商，就甲方向乙方購買下列商品達成協議，訂立本合約，共同遵守。',
        'Party A buys and Party B sells the goods below on the terms of this contract.',
      ),
    },
    { kind: 'table', columns: withCustomerCode(pricedColumns), carryOver: true },
    commercialTotals,
    amountInWordsRow,
    { kind: 'clauses', numbering: 'chinese', paragraphs: clauses() },
    { kind: 'space', heightTenthMm: 20 },
    parties(),
  ],
  footer,
};

function clauses(): Clause[] {
  return [
    {
      heading: say('质量要求', '品質要求', 'Quality'),
      text: say(
        '乙方所供商品应符合国家标准、行业标准及双方确认的规格型号。甲方应在收货后七日内验收，如有异议须以书面形式提出，逾期视为验收合格。',
        '乙方所供商品應符合國家標準、同業標準及雙方確認之規格型號。甲方應於收貨後七日內驗收，如有異議須以書面提出，逾期視為驗收合格。',
        'The goods meet the applicable standards and the agreed specifications. Party A inspects them within seven days of receipt and gives notice of defects in writing; goods without such notice are deemed accepted.',
      ),
    },
    {
      heading: say('交货', '交貨', 'Delivery'),
      text: say(
        '交货日期：{{document.deliverBy}}。交货地点：{{document.deliveryAddress}}。商品交付甲方签收后，毁损灭失的风险由甲方承担。',
        '交貨日期：{{document.deliverBy}}。交貨地點：{{document.deliveryAddress}}。商品交付甲方簽收後，毀損滅失之風險由甲方承擔。',
        'Date of delivery: {{document.deliverBy}}. Place: {{document.deliveryAddress}}. Risk passes to Party A when Party A has signed for the goods.',
      ),
    },
    {
      heading: say('付款', '付款', 'Payment'),
      text: say(
        '合同总金额为{{total.words}}（{{total.grossAmount}}）。付款方式：{{document.paymentTerms}}。甲方应将款项汇入本合同所列乙方账户。',
        '合約總金額為{{total.words}}（{{total.grossAmount}}）。付款方式：{{document.paymentTerms}}。甲方應將款項匯入本合約所列乙方帳戶。',
        'The contract is for {{total.grossAmount}} ({{total.words}}). Terms of payment: {{document.paymentTerms}}. Payment is made to the account of Party B given below.',
      ),
    },
    {
      heading: say('违约责任', '違約責任', 'Default'),
      text: say(
        '乙方逾期交货或甲方逾期付款的，每逾期一日，应按逾期部分金额的万分之五向对方支付违约金；因不可抗力不能履行的，应及时通知对方并提供证明，可免除相应责任。',
        '乙方逾期交貨或甲方逾期付款者，每逾期一日，應按逾期部分金額之萬分之五向對方支付違約金；因不可抗力不能履行者，應及時通知對方並提供證明，得免除相應責任。',
        'A party late in delivering or paying owes the other 0.05 % of the overdue amount for each day. A party prevented by force majeure gives notice and evidence without delay and is excused to that extent.',
      ),
    },
    {
      heading: say('争议解决', '爭議解決', 'Disputes'),
      text: say(
        '因履行本合同发生的争议，双方应协商解决；协商不成的，任何一方均可向乙方所在地人民法院提起诉讼。',
        '因履行本合約發生之爭議，雙方應協商解決；協商不成者，以乙方所在地法院為第一審管轄法院。',
        'The parties settle disputes by negotiation; failing that, the courts at the seat of Party B have jurisdiction.',
      ),
    },
    {
      heading: say('份数与生效', '份數與生效', 'Copies'),
      text: say(
        '本合同一式两份，甲乙双方各执一份，自双方签字盖章之日起生效，传真件、扫描件与原件具有同等效力。',
        '本合約一式兩份，甲乙雙方各執一份，自雙方簽名蓋章之日起生效，傳真件、掃描件與正本具有同等效力。',
        'This contract is made in two originals, one for each party, and takes effect when both have signed. Facsimiles and scans have the force of the original.',
      ),
    },
  ];
}

function parties(): Block {
  return {
    kind: 'sideBySide',
    framed: true,
    parts: [
      party('customer', say('甲方（盖章）', '甲方（蓋章）', 'Party A (stamp)')),
      party('company', say('乙方（盖章）', '乙方（蓋章）', 'Party B (stamp)')),
    ],
  };
}

function party(side: 'customer' | 'company', heading: ReturnType<typeof say>): Block[] {
  return [
    { kind: 'text', text: heading, bold: true },
    {
      kind: 'fields',
      columns: 1,
      fields: [
        { field: `${side}.name`, label: say('名称', '名稱', 'Name') },
        { field: `${side}.address`, label: say('地址', '地址', 'Address') },
        { field: `${side}.phone`, label: say('电话', '電話', 'Phone') },
        { field: `${side}.taxNumber`, label: say('税号', '統一編號', 'Tax no.') },
        { field: `${side}.bank`, label: say('开户行', '往來銀行', 'Bank') },
        { field: `${side}.bankAccount`, label: say('账号', '帳號', 'Account') },
      ],
    },
    {
      kind: 'signatures',
      roomTenthMm: 140,
      roles: [{ label: say('授权代表', '授權代表', 'Signed by') }, { label: say('日期', '日期', 'Date') }],
    },
  ];
}
