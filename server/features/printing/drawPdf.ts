import pdfmake from 'pdfmake';
import type { Content, ContentSection, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { printWords } from '../../../shared/printing/printWords.ts';
import { printable, type Typefaces } from './fonts.ts';
import type { Mark } from './marks.ts';
import { type Setting, said } from './setting.ts';

/** Gives pdfmake the faces once, and shuts every door to the network and the disk. */
export function preparePdf(faces: Typefaces): void {
  const files = (pdfmake as unknown as { virtualfs: { writeFileSync(name: string, bytes: Buffer): void } }).virtualfs;
  for (const face of [faces.regular, faces.bold]) files.writeFileSync(face.fileName, face.bytes);
  pdfmake.setFonts({ [FONT]: { normal: faces.regular.fileName, bold: faces.bold.fileName } });
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => false);
}

/** One document laid out. */
export interface Paper {
  readonly pages: readonly Mark[][];
  readonly setting: Setting;
}

/** The documents, one behind the other, as a PDF whose page boxes are the sheets themselves, to the fraction of a point. */
export async function drawPdf(papers: readonly [Paper, ...Paper[]]): Promise<Uint8Array> {
  const [{ setting }] = papers;
  const { data } = setting.place;
  const definition: TDocumentDefinitions = {
    pageSize: setting.sheet,
    pageMargins: 0,
    content: papers.map(sectionOf),
    images: Object.fromEntries(papers.flatMap(picturesIn)),
    defaultStyle: { font: FONT },
    info: { title: papers.length === 1 ? `${data.title} ${data.number}`.trim() : data.title, creator: 'Tradepost', producer: 'Tradepost' },
    language: setting.place.language,
  };
  return await pdfmake.createPdf(definition).getBuffer();
}

/** Each document keeps its own sheet and its own mark across the page. */
const sectionOf = ({ pages, setting }: Paper, paper: number): ContentSection => ({
  section: pages.flatMap((marks, index) => pageContent(marks, index, paper)),
  pageSize: setting.sheet,
  pageMargins: 0,
  watermark: watermarkOf(setting) ?? null,
});

const picturesIn = ({ setting }: Paper, paper: number): [string, string][] =>
  [...setting.pictures].map(([name, picture]) => [pictureName(paper, name), dataUrl(picture)]);

/** Two documents may carry different pictures in the same place. */
const pictureName = (paper: number, name: string): string => `${paper}:${name}`;

const FONT = 'NotoSansSC';

/** Above the ink of a line there is air: this much of its size lies between the top of the text and the middle of the ink. */
const INK_MIDDLE = 0.78;
const LINE_MIDDLE = 0.7;

/** Vectors lie under the text; everything has its own place, so the order of the content means nothing else. */
function pageContent(marks: readonly Mark[], index: number, paper: number): Content[] {
  const vectors = [...marks.filter((mark) => mark.kind === 'fill'), ...marks.filter((mark) => mark.kind === 'line')];
  return [
    ...(index === 0 ? [] : [{ text: '', pageBreak: 'before' as const }]),
    ...(vectors.length === 0 ? [] : [{ canvas: vectors.map(vectorOf), absolutePosition: { x: 0, y: 0 } }]),
    ...marks.flatMap((mark) => contentOf(mark, paper)),
  ];
}

function vectorOf(mark: Mark & { kind: 'fill' | 'line' }) {
  if (mark.kind === 'fill')
    return { type: 'rect' as const, x: mark.x, y: mark.y, w: mark.width, h: mark.height, color: mark.color, lineWidth: 0 };
  return { type: 'line' as const, x1: mark.x1, y1: mark.y1, x2: mark.x2, y2: mark.y2, lineWidth: mark.widthPt, lineColor: mark.color };
}

function contentOf(mark: Mark, paper: number): Content[] {
  if (mark.kind === 'picture') {
    return [{ image: pictureName(paper, mark.name), width: mark.width, height: mark.height, absolutePosition: { x: mark.x, y: mark.y } }];
  }
  if (mark.kind !== 'text') return [];
  return [
    {
      text: mark.text,
      fontSize: mark.sizePt,
      bold: mark.bold,
      color: mark.color,
      noWrap: true,
      preserveLeadingSpaces: true,
      absolutePosition: { x: mark.x, y: mark.y + (LINE_MIDDLE - INK_MIDDLE) * mark.sizePt },
    },
  ];
}

function watermarkOf(setting: Setting): TDocumentDefinitions['watermark'] {
  const { template, place, faces, sheet } = setting;
  const own = place.data.watermark === undefined ? said(template.watermark, setting) : printable(place.data.watermark, faces);
  const text = (place.data.practice ? `${printWords[place.language].practice} ${own}` : own).replaceAll('\n', ' ').trim();
  if (text === '') return undefined;
  // Turned by 30 degrees it takes its length times the cosine and its height times the sine of the sheet's width.
  const fontSize = Math.min(sheet.height * 0.3, (0.9 * sheet.width) / (faces.bold.widthOf(text, 1) * 0.87 + 0.7));
  return { text, fontSize, bold: true, color: '#000000', opacity: 0.08, angle: -30 };
}

function dataUrl({ bytes, type }: { bytes: Uint8Array; type: 'png' | 'jpg' }): string {
  return `data:image/${type === 'jpg' ? 'jpeg' : 'png'};base64,${Buffer.from(bytes).toString('base64')}`;
}
