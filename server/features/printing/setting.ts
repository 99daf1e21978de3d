import type { Language } from '../../../shared/language/languages.ts';
import { type MergePlace, mergeText } from '../../../shared/printing/mergeText.ts';
import type { PrintData } from '../../../shared/printing/printData.ts';
import { type PrintTemplate, type PrintText, sheetOf } from '../../../shared/printing/template.ts';
import { printable, type Typefaces } from './fonts.ts';
import type { Picture } from './pictures.ts';

/** Everything the layout of one print rests on. Lengths are points. */
export interface Setting {
  template: PrintTemplate;
  place: MergePlace;
  faces: Typefaces;
  /** The pictures of the data by the name of their field, already checked. */
  pictures: ReadonlyMap<string, Picture>;
  sizePt: number;
  sheet: { width: number; height: number };
  margins: { top: number; right: number; bottom: number; left: number };
  stroke: Stroke;
  /** A line for the foot of the page, such as the mark of a reprint. */
  mark?: string;
}

/** How lines are drawn: fine and grey, or black enough for the third sheet of a carbon set. */
export interface Stroke {
  widthPt: number;
  color: string;
  headFill?: string;
}

export interface PrintRequest {
  template: PrintTemplate;
  data: PrintData;
  language: Language;
  mark?: string;
  /** For labels: how many of it. */
  copies?: number;
}

export function settingOf(request: PrintRequest, faces: Typefaces, pictures: ReadonlyMap<string, Picture>): Setting {
  const { template, data, language, mark } = request;
  const sheet = sheetOf(template.paper);
  const margins = template.paper.marginsTenthMm;
  return {
    template,
    place: { data, language },
    faces,
    pictures,
    sizePt: template.fontSizeTenthPt / 10,
    sheet: { width: pointsOf(sheet.widthTenthMm), height: pointsOf(sheet.heightTenthMm) },
    margins: {
      top: pointsOf(margins.top),
      right: pointsOf(margins.right),
      bottom: pointsOf(margins.bottom),
      left: pointsOf(margins.left),
    },
    stroke: template.look === 'plain' ? { widthPt: 0.7, color: '#000000' } : { widthPt: 0.4, color: '#7f8790', headFill: '#e8ecf1' },
    mark,
  };
}

/** Tenths of a millimetre in points; an inch is 254 of them and 72 points. */
export const pointsOf = (tenthMm: number): number => (tenthMm * 72) / 254;

export const contentWidthOf = ({ sheet, margins }: Setting): number => sheet.width - margins.left - margins.right;

/** A template's text, merged and fit to print. */
export const said = (text: PrintText | undefined, { place, faces }: Setting, more: Partial<MergePlace> = {}): string =>
  printable(mergeText(text, { ...place, ...more }), faces);
