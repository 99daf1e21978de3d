import { column } from './columns.ts';
import type { ImportPlan } from './importPlan.ts';

/** Suppliers come with their main contact in the same row. */
export const supplierImport: ImportPlan = {
  type: 'supplier',
  part: 'contacts',
  columns: [
    column(
      'code',
      ['供应商编号', '供应商编码', '供应商代码'],
      ['供應商編號', '廠商編號', '廠商代號'],
      ['Supplier no.', 'Supplier code', 'Vendor no.', 'Code'],
      { sample: '' },
    ),
    column(
      'name',
      ['供应商名称', '供应商', '供应商全称', '公司名称', '单位名称', '名称'],
      ['供應商名稱', '供應商', '廠商名稱', '廠商', '公司名稱', '名稱'],
      ['Supplier name', 'Supplier', 'Vendor name', 'Vendor', 'Company', 'Name'],
      { sample: '宁波恒通钢材有限公司' },
    ),
    column('shortName', ['简称', '供应商简称'], ['簡稱', '供應商簡稱', '廠商簡稱'], ['Short name', 'Abbreviation'], { sample: '恒通钢材' }),
    column('mnemonic', ['助记码', '拼音码'], ['助記碼'], ['Mnemonic']),
    column('grade', ['供应商等级', '供应商级别', '等级'], ['供應商等級', '等級'], ['Supplier grade', 'Grade']),
    column('category', ['供应商类别', '供应商分类', '类别'], ['供應商類別', '供應商分類', '類別'], ['Supplier category', 'Category']),
    column('region', ['所属区域', '区域', '地区'], ['所屬區域', '區域', '地區'], ['Region', 'Area']),
    column('trade', ['所属行业', '行业'], ['所屬行業', '行業', '產業別'], ['Trade', 'Industry']),
    column('province', ['省份', '省'], ['省份', '縣市'], ['Province', 'State']),
    column('city', ['城市', '市', '所在城市'], ['城市', '所在城市'], ['City'], { sample: '宁波' }),
    column('address', ['地址', '详细地址', '公司地址'], ['地址', '詳細地址', '公司地址'], ['Address', 'Street address']),
    column('postcode', ['邮编', '邮政编码'], ['郵遞區號', '郵編'], ['Postcode', 'Postal code', 'Zip']),
    column(
      'contacts.name',
      ['联系人', '联系人姓名', '业务联系人'],
      ['聯絡人', '聯絡人姓名'],
      ['Contact', 'Contact name', 'Contact person'],
      {
        sample: '陈立新',
      },
    ),
    column('contacts.jobTitle', ['职务', '职位'], ['職務', '職稱'], ['Job title', 'Position']),
    column(
      'contacts.mobile',
      ['手机', '手机号', '手机号码', '联系人手机'],
      ['手機', '手機號碼', '行動電話', '聯絡人手機'],
      ['Mobile', 'Mobile phone', 'Cell phone'],
      { sample: '13907183598' },
    ),
    column('phone', ['电话', '公司电话', '联系电话', '座机'], ['電話', '公司電話', '聯絡電話'], ['Phone', 'Telephone', 'Tel']),
    column('fax', ['传真'], ['傳真'], ['Fax']),
    column('email', ['邮箱', '电子邮箱', '电子邮件'], ['郵箱', '電子郵件', '電子信箱'], ['E-mail', 'Email', 'Mail']),
    column('website', ['网址', '网站'], ['網址', '網站'], ['Website', 'Web', 'URL']),
    column('taxNumber', ['税号', '纳税人识别号', '统一社会信用代码'], ['稅號', '統一編號', '統編'], ['Tax number', 'Tax ID', 'VAT number']),
    column('bank', ['开户行', '开户银行'], ['開戶行', '開戶銀行', '往來銀行'], ['Bank', 'Bank name']),
    column('bankAccount', ['银行账号', '银行帐号', '账号'], ['銀行帳號', '帳號'], ['Bank account', 'Account number']),
    column('termDays', ['账期', '账期天数', '付款天数'], ['帳期', '帳期天數', '付款天數'], ['Payment days', 'Term days'], { sample: '30' }),
    column('buyer', ['采购员', '负责人'], ['採購員', '負責人'], ['Buyer', 'Responsible'], { by: ['login', 'name'] }),
    column('remark', ['备注', '说明'], ['備註', '說明'], ['Remark', 'Remarks', 'Note', 'Notes']),
  ],
  verdicts: { repeat: { kind: 'exactDuplicate', by: 'row' }, like: { kind: 'nearDuplicate', by: 'near' } },
  faults: [
    { target: 'taxNumber', kind: 'badTaxNumber' },
    { target: 'contacts.mobile', kind: 'badMobile' },
  ],
  companions: {},
  creates: ['dictionaryEntry'],
  notes: {
    'zh-CN': [
      '供应商名称必填，其余各列可以留空或删除。',
      '等级、类别等按名称对应，没有的会在导入时新建。',
      '联系人、职务、手机三列成为供应商的联系人。',
    ],
    'zh-TW': [
      '供應商名稱必填，其餘各欄可以留空或刪除。',
      '等級、類別等按名稱對應，沒有的會在匯入時新增。',
      '聯絡人、職務、手機三欄成為供應商的聯絡人。',
    ],
    en: [
      'The supplier name is required. Other columns may be empty or removed.',
      'Grade, category and other lists are matched by name; missing entries are made by the import.',
      'Contact, job title and mobile become a contact of the supplier.',
    ],
  },
};
