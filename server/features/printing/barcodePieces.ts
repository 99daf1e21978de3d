import { barsOf } from '../../../shared/printing/barcode.ts';
import { printValueOf } from '../../../shared/printing/printData.ts';
import { cellText } from '../../../shared/printing/printFormat.ts';
import type { BarcodeBlock } from '../../../shared/printing/template.ts';
import { printable } from './fonts.ts';
import { indentOf, type Mark, type Piece, space, textLines } from './marks.ts';
import { pointsOf, type Setting } from './setting.ts';

/** Wider bars read no better, narrower ones are lost between the dots of a label printer. */
const MODULE_MAX_PT = pointsOf(5);
const MODULE_MIN_PT = pointsOf(1.2);

/** Bars with their number below; the number alone where bars would be too fine or no scanner could give it back. */
export function barcodePieces(block: BarcodeBlock, width: number, setting: Setting): Piece[] {
  const text = textOf(block.field, setting) || textOf(block.orElse, setting);
  if (text === '') return [];
  const below = textLines(printable(text, setting.faces), width, { sizePt: setting.sizePt * 0.9, align: block.align ?? 'left' }, setting);
  const bars = barsPiece(text, width, block);
  const whole = bars ? [{ ...bars, keepWithNext: true }, ...below] : below;
  return [...whole, space(setting.sizePt * 0.2)];
}

function barsPiece(text: string, width: number, block: BarcodeBlock): Piece | null {
  const bars = barsOf(text);
  if (bars === null) return null;
  const modules = bars.widths.reduce((sum, one) => sum + one, bars.quietLeft + bars.quietRight);
  const module = Math.min(MODULE_MAX_PT, width / modules);
  if (module < MODULE_MIN_PT) return null;
  const height = pointsOf(block.heightTenthMm);
  const indent = indentOf(modules * module, width, block.align ?? 'left') + bars.quietLeft * module;
  return {
    height,
    paint: (x, y) => {
      let left = x + indent;
      return bars.widths.flatMap((count, index): Mark[] => {
        const at = left;
        left += count * module;
        return index % 2 === 0 ? [{ kind: 'fill', x: at, y, width: count * module, height, color: '#000000' }] : [];
      });
    },
  };
}

function textOf(field: string | undefined, setting: Setting): string {
  const value = field === undefined ? undefined : printValueOf(setting.place.data, field);
  return value === undefined || value.kind === 'picture' ? '' : cellText(value).trim();
}
