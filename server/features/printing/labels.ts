import { type LabelSheet, sheetOf } from '../../../shared/printing/template.ts';
import { composePages } from './composePages.ts';
import type { Paper } from './drawPdf.ts';
import type { Typefaces } from './fonts.ts';
import type { Mark } from './marks.ts';
import { picturesOf } from './pictures.ts';
import { type PrintRequest, pointsOf, type Setting, settingOf } from './setting.ts';

/**
 * Labels as they go through the printer: each as often as it is wanted, on paper of its own size or many on a sheet, from the upper
 * left corner on.
 */
export function labelPapers(requests: readonly PrintRequest[], faces: Typefaces): Paper[] {
  const [first] = requests;
  if (first === undefined) return [];
  const labels = requests.flatMap((request) => {
    const { marks, setting } = labelOf(request, faces);
    return Array.from({ length: request.copies ?? 1 }, () => ({ marks, setting }));
  });
  const [{ setting } = labelOf(first, faces)] = labels;
  const { labels: sheet } = first.template;
  const pages = sheet ? onSheets(labels, sheet, setting) : labels.map(({ marks }) => marks);
  const [width, height] = sheet ? sheetPoints(sheet) : [setting.sheet.width, setting.sheet.height];
  return [{ pages, setting: { ...setting, sheet: { width, height } } }];
}

const SMALLEST_PT = 4.5;

/** A label is one page: its print gets smaller until everything stands on it. */
function labelOf(request: PrintRequest, faces: Typefaces): { marks: Mark[]; setting: Setting } {
  const pictures = picturesOf(request.data);
  let setting = settingOf(request, faces, pictures);
  let pages = composePages(setting);
  while (pages.length > 1 && setting.sizePt > SMALLEST_PT) {
    const smaller = { ...request.template, fontSizeTenthPt: request.template.fontSizeTenthPt - 5 };
    request = { ...request, template: { ...smaller, blocks: smaller.blocks.map(withSmallerText) } };
    setting = settingOf(request, faces, pictures);
    pages = composePages(setting);
  }
  return { marks: pages[0] ?? [], setting };
}

const withSmallerText = <B extends PrintRequest['template']['blocks'][number]>(block: B): B =>
  'sizeTenthPt' in block && block.sizeTenthPt ? { ...block, sizeTenthPt: block.sizeTenthPt - 5 } : block;

function onSheets(labels: readonly { marks: readonly Mark[] }[], sheet: LabelSheet, setting: Setting): Mark[][] {
  const [width, height] = sheetPoints(sheet);
  const left = (width - setting.sheet.width * sheet.columns) / 2;
  const top = (height - setting.sheet.height * sheet.rows) / 2;
  const perSheet = sheet.columns * sheet.rows;
  const pages: Mark[][] = [];
  for (const [index, { marks }] of labels.entries()) {
    const place = index % perSheet;
    if (place === 0) pages.push([]);
    const x = left + (place % sheet.columns) * setting.sheet.width;
    const y = top + Math.floor(place / sheet.columns) * setting.sheet.height;
    pages.at(-1)?.push(...marks.map((mark) => moved(mark, x, y)));
  }
  return pages;
}

function moved(mark: Mark, x: number, y: number): Mark {
  if (mark.kind === 'line') return { ...mark, x1: mark.x1 + x, x2: mark.x2 + x, y1: mark.y1 + y, y2: mark.y2 + y };
  return { ...mark, x: mark.x + x, y: mark.y + y };
}

function sheetPoints({ size }: LabelSheet): [number, number] {
  const { widthTenthMm, heightTenthMm } = sheetOf({ size, continuous: true, marginsTenthMm: { top: 0, right: 0, bottom: 0, left: 0 } });
  return [pointsOf(widthTenthMm), pointsOf(heightTenthMm)];
}
