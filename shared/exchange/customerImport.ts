import { column } from './columns.ts';
import type { ImportPlan } from './importPlan.ts';

/** Customers come with their main contact in the same row. */
export const customerImport: ImportPlan = {
  type: 'customer',
  columns: [
    column('code', ['客户编号', '客户编码', '客户代码'], ['客戶編號', '客戶代碼', '客戶代號'], ['Customer no.', 'Customer code', 'Code'], {
      sample: '',
    }),
    column(
      'name',
      ['客户名称', '公司名称', '单位名称', '客户', '客户全称', '名称'],
      ['客戶名稱', '公司名稱', '公司全名', '名稱'],
      ['Customer name', 'Customer', 'Company', 'Company name', 'Name'],
      { sample: '苏州汇瑞机械有限公司' },
    ),
    column('shortName', ['简称', '客户简称', '公司简称'], ['簡稱', '客戶簡稱'], ['Short name', 'Abbreviation'], { sample: '汇瑞机械' }),
    column('mnemonic', ['助记码', '拼音码'], ['助記碼'], ['Mnemonic']),
    column('grade', ['客户等级', '客户级别', '等级'], ['客戶等級', '客戶級別', '等級'], ['Customer grade', 'Grade', 'Level'], {
      sample: 'A',
    }),
    column('category', ['客户类别', '客户分类', '客户类型'], ['客戶類別', '客戶分類', '客戶類型'], ['Customer category', 'Category']),
    column('status', ['客户状态'], ['客戶狀態'], ['Customer status']),
    column('region', ['所属区域', '区域', '地区', '销售区域'], ['所屬區域', '區域', '地區'], ['Region', 'Area']),
    column('trade', ['所属行业', '行业', '客户行业'], ['所屬行業', '行業', '產業', '產業別'], ['Trade', 'Industry'], { sample: '制造业' }),
    column('size', ['企业规模', '公司规模', '人员规模'], ['企業規模', '公司規模'], ['Company size', 'Size']),
    column('source', ['客户来源', '来源'], ['客戶來源', '來源'], ['Customer source', 'Source'], { sample: '展会' }),
    column('province', ['省份', '省', '省/直辖市'], ['省份', '省', '縣市'], ['Province', 'State']),
    column('city', ['城市', '市', '所在城市'], ['城市', '所在城市'], ['City'], { sample: '苏州' }),
    column(
      'address',
      ['地址', '详细地址', '公司地址', '联系地址'],
      ['地址', '詳細地址', '公司地址', '聯絡地址'],
      ['Address', 'Street address'],
    ),
    column('postcode', ['邮编', '邮政编码'], ['郵遞區號', '郵編'], ['Postcode', 'Postal code', 'Zip']),
    column(
      'contact.name',
      ['联系人', '联系人姓名', '主要联系人', '首要联系人'],
      ['聯絡人', '聯絡人姓名', '主要聯絡人'],
      ['Contact', 'Contact name', 'Contact person'],
      { sample: '张文博' },
    ),
    column('contact.jobTitle', ['职务', '职位', '联系人职务'], ['職務', '職稱', '聯絡人職務'], ['Job title', 'Position'], {
      sample: '采购经理',
    }),
    column(
      'contact.mobile',
      ['手机', '手机号', '手机号码', '移动电话', '联系人手机'],
      ['手機', '手機號碼', '行動電話', '聯絡人手機'],
      ['Mobile', 'Mobile phone', 'Cell phone'],
      { sample: '13907183598' },
    ),
    column(
      'phone',
      ['电话', '公司电话', '办公电话', '固定电话', '联系电话', '座机'],
      ['電話', '公司電話', '市話', '聯絡電話'],
      ['Phone', 'Telephone', 'Tel'],
      { sample: '0512-68296055' },
    ),
    column('fax', ['传真'], ['傳真'], ['Fax']),
    column('email', ['邮箱', '电子邮箱', '电子邮件', 'E-mail'], ['郵箱', '電子郵件', '電子信箱', '信箱'], ['E-mail', 'Email', 'Mail'], {
      sample: 'info@example.com',
    }),
    column('website', ['网址', '网站', '公司网址'], ['網址', '網站'], ['Website', 'Web', 'URL']),
    column(
      'taxNumber',
      ['税号', '纳税人识别号', '统一社会信用代码', '社会信用代码'],
      ['稅號', '統一編號', '統編'],
      ['Tax number', 'Tax ID', 'VAT number'],
      { sample: '' },
    ),
    column('bank', ['开户行', '开户银行'], ['開戶行', '開戶銀行', '往來銀行'], ['Bank', 'Bank name']),
    column(
      'bankAccount',
      ['银行账号', '银行帐号', '账号', '开户账号'],
      ['銀行賬號', '銀行帳號', '帳號'],
      ['Bank account', 'Account number'],
    ),
    column('creditLimit', ['信用额度', '授信额度'], ['信用額度', '授信額度'], ['Credit limit'], { sample: '50000' }),
    column('termDays', ['账期', '账期天数', '付款天数'], ['帳期', '帳期天數', '付款天數'], ['Payment days', 'Term days']),
    column('priceLevel', ['价格等级', '价格级别'], ['價格等級', '價格級別'], ['Price level']),
    column(
      'owner',
      ['负责人', '业务员', '所有者', '跟进人', '销售员'],
      ['負責人', '業務員', '業務', '負責業務'],
      ['Owner', 'Salesperson', 'Responsible'],
      { by: ['login', 'name'] },
    ),
    column('remark', ['备注', '说明'], ['備註', '說明'], ['Remark', 'Remarks', 'Note', 'Notes']),
  ],
  verdicts: { repeat: { kind: 'exactDuplicate', by: 'row' }, like: { kind: 'nearDuplicate', by: 'near' } },
  faults: [
    { target: 'taxNumber', kind: 'badTaxNumber' },
    { target: 'contact.mobile', kind: 'badMobile' },
    { target: 'creditLimit', kind: 'badCredit' },
  ],
  companions: {
    contact: {
      kind: 'record',
      type: 'contact',
      link: 'customer',
      values: { main: true },
      titleFrom: ['shortName', 'name'],
      copies: { responsible: 'owner' },
      mainFlag: 'main',
    },
  },
  creates: ['dictionaryEntry'],
  notes: {
    'zh-CN': [
      '客户名称必填，其余各列可以留空或删除，列的先后不限。',
      '等级、行业、来源等分类按名称对应，没有的会在导入时新建（预览中列出）。',
      '负责人填登录名或姓名；留空或找不到时归导入人或公海，由导入选项决定。',
      '信用额度填数字，例如 50000 或 1,234.50。',
      '联系人、职务、手机三列成为客户的主联系人。',
    ],
    'zh-TW': [
      '客戶名稱必填，其餘各欄可以留空或刪除，欄的先後不限。',
      '等級、行業、來源等分類按名稱對應，沒有的會在匯入時新增（預覽中列出）。',
      '負責人填登入名稱或姓名；留空或找不到時歸匯入者或公海，由匯入選項決定。',
      '信用額度填數字，例如 50000 或 1,234.50。',
      '聯絡人、職務、手機三欄成為客戶的主要聯絡人。',
    ],
    en: [
      'The customer name is required. Other columns may be empty or removed; their order does not matter.',
      'Grade, trade, source and other lists are matched by name; missing entries are made by the import and listed in the preview.',
      'The owner is a login or a name. Empty or unknown owners fall to the importer or to the pool, as chosen in the options.',
      'The credit limit is a number such as 50000 or 1,234.50.',
      'Contact, job title and mobile become the main contact of the customer.',
    ],
  },
};
