import { printable } from './fonts.ts';
import { type Align, linePiece, type Mark } from './marks.ts';
import { contentWidthOf, pointsOf, type Setting, said } from './setting.ts';
import { wrapText } from './wrapText.ts';

/** Width of the strip with sprocket holes at each side of continuous paper: half an inch. */
const TEAR_STRIP_TENTH_MM = 127;

/** What stands outside the content of a page: its footer, and the names of the copies at the right. */
export function marginMarks(page: { number: number; count: number }, setting: Setting): Mark[] {
  return [...footerMarks(page, setting), ...plyMarks(setting)];
}

function footerMarks(page: { number: number; count: number }, setting: Setting): Mark[] {
  const { template, margins, sheet, mark } = setting;
  const y = sheet.height - margins.bottom + Math.min(pointsOf(20), margins.bottom * 0.25);
  const size = Math.min(setting.sizePt * 0.85, margins.bottom * 0.5);
  const width = contentWidthOf(setting);
  const text = (line: string, align: Align) => {
    const [shown = ''] = wrapText(line, { face: setting.faces.regular, sizePt: size, widthPt: width });
    return linePiece(shown, width, { sizePt: size, align }, setting.faces.regular).paint(margins.left, y);
  };
  const part = (side: Align) => said(template.footer?.[side], setting, { page }).replaceAll('\n', ' ');
  const center = mark === undefined ? part('center') : printable(mark, setting.faces);
  return [...text(part('left'), 'left'), ...text(center, 'center'), ...text(part('right'), 'right')];
}

/** One copy under the other, down the right margin and clear of the tear-off strip. */
function plyMarks(setting: Setting): Mark[] {
  const plies = (setting.template.plies ?? []).map((ply) => plyUnits(said(ply, setting)));
  if (plies.length === 0) return [];
  const { sheet, margins, template } = setting;
  const strip = template.paper.continuous ? pointsOf(TEAR_STRIP_TENTH_MM) : pointsOf(30);
  const left = sheet.width - margins.right + 3;
  const width = Math.max(6, sheet.width - strip - left);
  const units = plies.reduce((sum, ply) => sum + ply.length, 0) + (plies.length - 1) * 1.5;
  const height = sheet.height - margins.top - margins.bottom;
  const widest = Math.max(...plies.flat().map((unit) => setting.faces.regular.widthOf(unit, 1)), 1);
  const size = Math.min(8, width / widest, height / (units * 1.15));
  const pitch = size * 1.15;
  let top = margins.top + (height - units * pitch) / 2;
  return plies.flatMap((ply) => {
    const marks = ply.flatMap((unit, index) =>
      linePiece(unit, width, { sizePt: size, align: 'center' }, setting.faces.regular).paint(left, top + index * pitch),
    );
    top += (ply.length + 1.5) * pitch;
    return marks;
  });
}

/** What goes under each other: Chinese character by character with upright brackets, other writing word by word. */
function plyUnits(text: string): string[] {
  const isChinese = /\p{Script=Han}/u.test(text);
  return isChinese ? [...text.replaceAll('（', '︵').replaceAll('）', '︶')].filter((unit) => unit !== ' ') : text.split(' ');
}
