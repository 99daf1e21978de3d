import type { Block, LabelSheet, PrintTemplate, PrintText } from '../template.ts';
import { say } from './pieces.ts';

/** Labels of one sheet of paper each, as a label printer feeds them, and a sheet of twenty-four for an office printer. */
export const itemLabels: readonly PrintTemplate[] = [
  label({ name: 'label40x30', width: 400, height: 300, size: 65, bars: 75 }),
  label({ name: 'label50x30', width: 500, height: 300, size: 70, bars: 80 }),
  label({ name: 'label60x40', width: 600, height: 400, size: 85, bars: 110 }),
  label({ name: 'labelA4', width: 700, height: 371, size: 85, bars: 100, sheet: { size: 'A4', columns: 3, rows: 8 } }),
];

interface LabelMeasures {
  readonly name: string;
  /** Tenths of a millimetre. */
  readonly width: number;
  readonly height: number;
  /** Tenths of a point. */
  readonly size: number;
  /** Height of the bars in tenths of a millimetre. */
  readonly bars: number;
  readonly sheet?: LabelSheet;
}

function label({ name, width, height, size, bars, sheet }: LabelMeasures): PrintTemplate {
  const margin = sheet ? 30 : 15;
  return {
    version: 1,
    name,
    label: titleOf(width, height, sheet),
    type: 'item',
    paper: {
      size: { widthTenthMm: width, heightTenthMm: height },
      marginsTenthMm: { top: margin, right: margin, bottom: margin, left: margin },
      continuous: true,
    },
    fontSizeTenthPt: size,
    look: 'plain',
    blocks: content({ width, size, bars }),
    ...(sheet ? { labels: sheet } : {}),
  };
}

function titleOf(width: number, height: number, sheet: LabelSheet | undefined): PrintText {
  if (sheet) return say('商品标签（A4，3×8）', '商品標籤（A4，3×8）', 'Item labels (A4, 3×8)');
  const size = `${width / 10}×${height / 10}`;
  return say(`商品标签（${size} 毫米）`, `商品標籤（${size} 公釐）`, `Item label (${size} mm)`);
}

function content({ width, size, bars }: Pick<LabelMeasures, 'width' | 'size' | 'bars'>): Block[] {
  return [
    { kind: 'text', text: '{{document.name}}', bold: true },
    { kind: 'text', text: '{{document.spec}}', sizeTenthPt: size - 5 },
    { kind: 'barcode', field: 'document.barcode', orElse: 'document.code', heightTenthMm: bars, align: 'center' },
    {
      kind: 'fields',
      columns: width < 600 ? 1 : 2,
      fields: [
        { field: 'document.code', label: say('编码', '編號', 'Code') },
        { field: 'document.grossPrice', label: say('价格', '價格', 'Price') },
      ],
    },
  ];
}
