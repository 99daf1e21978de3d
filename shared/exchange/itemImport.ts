import { column } from './columns.ts';
import type { ImportPlan } from './importPlan.ts';

/** Items come with what lies in the warehouse on the first day. */
export const itemImport: ImportPlan = {
  type: 'item',
  columns: [
    column(
      'code',
      ['商品编码', '商品编号', '产品编码', '产品编号', '货号', '编码', '物料编码'],
      ['商品編碼', '商品編號', '產品編號', '貨號', '料號'],
      ['Item code', 'Item no.', 'Product code', 'SKU', 'Code'],
      { sample: 'YP00619' },
    ),
    column(
      'name',
      ['商品名称', '产品名称', '品名', '货品名称', '名称'],
      ['商品名稱', '產品名稱', '品名', '名稱'],
      ['Item name', 'Item', 'Product name', 'Product', 'Name'],
      { sample: '液压油46#' },
    ),
    column('spec', ['规格型号', '规格', '型号', '规格/型号'], ['規格型號', '規格', '型號'], ['Specification', 'Spec', 'Model'], {
      sample: 'Φ385-484A',
    }),
    column('mnemonic', ['助记码', '拼音码'], ['助記碼'], ['Mnemonic']),
    column('unit', ['单位', '计量单位', '基本单位'], ['單位', '計量單位', '基本單位'], ['Unit', 'UoM'], { sample: '桶' }),
    column(
      'category',
      ['商品类别', '商品分类', '产品类别', '类别', '分类'],
      ['商品類別', '商品分類', '產品類別', '類別', '分類'],
      ['Item category', 'Category'],
      { sample: '油品' },
    ),
    column('barcode', ['条码', '条形码', '商品条码'], ['條碼', '商品條碼'], ['Barcode', 'EAN'], { sample: '6921784060001' }),
    column('itemType', ['商品类型', '商品性质'], ['商品類型', '商品性質'], ['Item type', 'Kind']),
    column('origin', ['来源类型', '货品来源'], ['來源類型', '貨品來源'], ['Origin']),
    column(
      'grossPrice',
      ['含税售价', '售价', '销售价', '零售价', '含税单价', '参考售价'],
      ['含稅售價', '售價', '銷售價', '零售價', '含稅單價'],
      ['Price incl. tax', 'Gross price', 'Sales price', 'Price'],
      { sample: '3341.86' },
    ),
    column('taxCode', ['税率', '税目', '增值税率'], ['稅率', '稅別'], ['Tax rate', 'Tax', 'VAT'], {
      sample: '0.13',
      by: ['rate', 'name'],
      below: 1_000_000,
    }),
    column(
      'floorPrice',
      ['最低售价', '最低价', '底价', '最低限价'],
      ['最低售價', '最低價', '底價'],
      ['Floor price', 'Lowest price', 'Minimum price'],
      { sample: '3007.67' },
    ),
    column('standardCost', ['标准成本', '参考成本'], ['標準成本', '參考成本'], ['Standard cost']),
    column('safetyStock', ['安全库存', '最低库存', '库存下限'], ['安全庫存', '最低庫存'], ['Safety stock', 'Minimum stock'], {
      sample: '13',
    }),
    column('mainWarehouse', ['默认仓库', '主仓', '首选仓库'], ['預設倉庫', '主倉'], ['Main warehouse', 'Default warehouse']),
    column('opening.quantity', ['期初数量', '期初库存', '初始库存'], ['期初數量', '期初庫存'], ['Opening quantity', 'Opening stock'], {
      sample: '1769',
    }),
    column(
      'opening.unitCost',
      ['期初成本', '期初单价', '成本单价', '期初成本单价'],
      ['期初成本', '期初單價', '成本單價'],
      ['Opening cost', 'Unit cost'],
      { sample: '2887.88' },
    ),
    column('opening.warehouse', ['仓库', '仓库名称', '所在仓库', '期初仓库'], ['倉庫', '倉庫名稱', '期初倉庫'], ['Warehouse'], {
      sample: '主仓库',
    }),
    column('remark', ['备注', '说明'], ['備註', '說明'], ['Remark', 'Remarks', 'Note', 'Notes']),
  ],
  verdicts: { repeat: { kind: 'duplicateCodeNameSpec', by: 'codeAndFold' }, like: { kind: 'sameNameSpecOtherCode', by: 'fold' } },
  faults: [
    { target: 'barcode', kind: 'badBarcode' },
    { target: 'grossPrice', kind: 'negativePrice', code: 'field.tooSmall' },
    { target: 'taxCode', kind: 'badTaxRate' },
    { target: 'opening.warehouse', kind: 'unknownWarehouse' },
  ],
  companions: {
    opening: {
      kind: 'document',
      type: 'openingStock',
      head: 'warehouse',
      part: 'lines',
      subject: 'item',
      amount: 'quantity',
      step: 'post',
      undoStep: 'takeBack',
    },
  },
  named: [
    {
      part: 'prices',
      key: 'level',
      value: 'grossPrice',
      prefixes: { 'zh-CN': ['价格', '售价', '等级价'], 'zh-TW': ['價格', '售價', '等級價'], en: ['Price'] },
    },
  ],
  creates: ['dictionaryEntry', 'itemCategory', 'taxCode'],
  notes: {
    'zh-CN': [
      '商品名称和单位必填，其余各列可以留空或删除，列的先后不限。',
      '税率写小数（0.13）或百分数（13%），必须小于 1。',
      '商品类别按名称对应，没有的会在导入时新建（预览中列出）。仓库必须已经存在。',
      '期初数量、期初成本和仓库三列成为期初库存单，每个仓库一张，导入时过账。',
      '各等级价格可另加列，列名写成“价格：等级名称”。',
    ],
    'zh-TW': [
      '商品名稱和單位必填，其餘各欄可以留空或刪除，欄的先後不限。',
      '稅率寫小數（0.05）或百分數（5%），必須小於 1。',
      '商品類別按名稱對應，沒有的會在匯入時新增（預覽中列出）。倉庫必須已經存在。',
      '期初數量、期初成本和倉庫三欄成為期初庫存單，每個倉庫一張，匯入時過帳。',
      '各等級價格可另加欄，欄名寫成「價格：等級名稱」。',
    ],
    en: [
      'Item name and unit are required. Other columns may be empty or removed; their order does not matter.',
      'The tax rate is a fraction (0.13) or a percentage (13%) below 1.',
      'Categories are matched by name; missing ones are made by the import and listed in the preview. Warehouses must exist.',
      'Opening quantity, opening cost and warehouse become opening stock documents, one for each warehouse, posted by the import.',
      'Prices per level may stand in further columns headed "Price: name of the level".',
    ],
  },
};
