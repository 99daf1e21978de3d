import { type FieldRefusal, Refusal } from '../kernel/refusal.ts';
import { languages } from '../language/languages.ts';
import { type Findings, flag, integer, list, object, oneOf, optional, type Shape } from './shapes.ts';
import { type BlockKind, inLanguage, type PrintTemplate, paperSizes, sheetOf } from './template.ts';

/** The names a template may use: those of mergeFieldsOf and lineFieldsOf. */
export interface PrintNames {
  merge: readonly string[];
  line: readonly string[];
}

export const templateLimits = { blocks: 200, depth: 4, text: 5000, columns: 24, refusals: 50 } as const;

/**
 * What stands in the way of using this as a print template: nothing when the list is empty. The value comes from
 * outside and may be anything; every key that is not part of a template is refused, so a script, an address or a
 * path has nowhere to stand. At most 50 refusals are listed.
 */
export function checkTemplate(template: unknown, names: PrintNames): FieldRefusal[] {
  const findings: Findings = { refusals: [], max: templateLimits.refusals };
  templateShape(names)(template, '', findings);
  if (findings.refusals.length === 0) checkWhole(template as PrintTemplate, findings);
  return findings.refusals.slice(0, templateLimits.refusals);
}

/** The value as a template. Refuses 'print.templateInvalid' with all that is wrong with it. */
export function templateFrom(value: unknown, names: PrintNames): PrintTemplate {
  const refusals = checkTemplate(value, names);
  if (refusals.length > 0) throw new Refusal('print.templateInvalid', { count: refusals.length }, refusals);
  return value as PrintTemplate;
}

function templateShape(names: PrintNames): Shape {
  return object({
    version: oneOf([1]),
    name: plainText(60),
    label: printText(names, 60),
    type: plainText(60),
    paper: paperShape,
    language: optional(oneOf(languages)),
    fontSizeTenthPt: integer(60, 160),
    look: oneOf(['shaded', 'plain']),
    blocks: blocksShape(names, 1),
    footer: optional(
      object({
        left: optional(printText(names, 300)),
        center: optional(printText(names, 300)),
        right: optional(printText(names, 300)),
      }),
    ),
    plies: optional(list(printText(names, 40), 6)),
    labels: optional(object({ size: oneOf(Object.keys(paperSizes)), columns: integer(1, 10), rows: integer(1, 30) })),
    watermark: optional(printText(names, 40)),
  });
}

const marginShape = integer(10, 600);

/** Less paper than this between the margins, in tenths of a millimetre, holds nothing worth reading. */
const roomMin = 150;

const paperShape: Shape = object({
  size: (value, path, findings) =>
    typeof value === 'string'
      ? oneOf(Object.keys(paperSizes))(value, path, findings)
      : object({ widthTenthMm: integer(200, 4200), heightTenthMm: integer(150, 6000) })(value, path, findings),
  orientation: optional(oneOf(['portrait', 'landscape'])),
  marginsTenthMm: object({ top: marginShape, right: marginShape, bottom: marginShape, left: marginShape }),
  continuous: flag,
});

/** Blocks of one depth. Deeper ones are looked at only while they may be there at all. */
function blocksShape(names: PrintNames, depth: number): Shape {
  return (value, path, findings) => {
    if (depth > templateLimits.depth) {
      findings.refusals.push({ path, code: 'print.tooDeep', facts: { max: templateLimits.depth } });
      return;
    }
    list(blockShape(names, depth), templateLimits.blocks)(value, path, findings);
  };
}

function blockShape(names: PrintNames, depth: number): Shape {
  const shapes = shapesOfBlocks(names, depth);
  return (value, path, findings) => {
    const kind = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined;
    if (typeof kind === 'string' && Object.hasOwn(shapes, kind)) shapes[kind as BlockKind](value, path, findings);
    else findings.refusals.push({ path: `${path}.kind`, code: 'print.wrongShape', facts: { expected: Object.keys(shapes) } });
  };
}

function shapesOfBlocks(names: PrintNames, depth: number): Record<BlockKind, Shape> {
  const text = printText(names, templateLimits.text);
  const short = printText(names, 300);
  const align = optional(oneOf(['left', 'center', 'right']));
  const block = (kind: BlockKind, keys: Record<string, Shape>) => object({ kind: oneOf([kind]), onEveryPage: optional(flag), ...keys });
  return {
    letterhead: block('letterhead', { showLogo: flag, align: oneOf(['left', 'center']), name: short, lines: list(short, 8) }),
    title: block('title', { text: short, aside: optional(short) }),
    fields: block('fields', {
      columns: oneOf([1, 2, 3]),
      fields: list(
        object({ field: nameOf(names.merge), orElse: optional(nameOf(names.merge)), label: optional(short), wide: optional(flag) }),
        40,
      ),
    }),
    table: block('table', {
      columns: list(columnShape(names), templateLimits.columns, 1),
      rowsPerPage: optional(integer(1, 100)),
      pageSubtotal: optional(flag),
      carryOver: optional(flag),
      totalRow: optional(flag),
    }),
    totals: block('totals', {
      rows: list(object({ field: nameOf(names.merge), label: short, strong: optional(flag) }), 20),
    }),
    words: block('words', { label: short, field: nameOf(names.merge), withFigure: optional(flag) }),
    clauses: block('clauses', {
      heading: optional(short),
      numbering: oneOf(['chinese', 'decimal', 'none']),
      paragraphs: list(object({ heading: optional(short), text }), 60),
    }),
    text: block('text', { text, align, sizeTenthPt: optional(integer(50, 400)), bold: optional(flag) }),
    signatures: block('signatures', {
      roles: list(object({ label: short, field: optional(nameOf(names.merge)) }), 8, 1),
      roomTenthMm: integer(0, 600),
    }),
    picture: block('picture', {
      field: nameOf(names.merge),
      widthTenthMm: integer(20, 3000),
      heightTenthMm: integer(20, 3000),
      align,
    }),
    barcode: block('barcode', {
      field: nameOf(names.merge),
      orElse: optional(nameOf(names.merge)),
      heightTenthMm: integer(20, 1000),
      align,
    }),
    space: block('space', { heightTenthMm: integer(1, 1500) }),
    rule: block('rule', {}),
    sideBySide: block('sideBySide', {
      framed: optional(flag),
      parts: list((value, path, findings) => blocksShape(names, depth + 1)(value, path, findings), 4, 1),
    }),
  };
}

function columnShape(names: PrintNames): Shape {
  return object({
    field: nameOf(names.line),
    label: optional(printText(names, 100)),
    widthTenthMm: optional(integer(30, 3000)),
    share: optional(integer(1, 100)),
    align: optional(oneOf(['left', 'center', 'right'])),
    show: optional(oneOf(['always', 'whenFilled', 'never'])),
    sum: optional(flag),
  });
}

function printText(names: PrintNames, max: number): Shape {
  const text = mergeText(names, max);
  const each = object(Object.fromEntries(languages.map((language) => [language, optional(text)])));
  return (value, path, findings) => (typeof value === 'string' ? text : each)(value, path, findings);
}

function mergeText(names: PrintNames, max: number): Shape {
  const plain = plainText(max);
  return (value, path, findings) => {
    plain(value, path, findings);
    if (typeof value !== 'string' || value.length > max) return;
    const unknown = mergeNamesIn(value).find((name) => !names.merge.includes(name));
    const rest = value.replaceAll(mergeField, '');
    if (unknown !== undefined) findings.refusals.push({ path, code: 'print.unknownMergeField', facts: { name: unknown.slice(0, 60) } });
    else if (/\{\{|\}\}/.test(rest)) findings.refusals.push({ path, code: 'print.badMergeField' });
  };
}

/** A field by its name; what the document does not have is an unknown name, whatever it looks like. */
function nameOf(names: readonly string[]): Shape {
  return (value, path, findings) => {
    if (typeof value === 'string' && names.includes(value)) return;
    findings.refusals.push({ path, code: 'print.unknownMergeField', facts: { name: String(value).slice(0, 60) } });
  };
}

function plainText(max: number): Shape {
  return (value, path, findings) => {
    if (typeof value !== 'string') findings.refusals.push({ path, code: 'print.wrongShape', facts: { expected: ['text'] } });
    else if (value.length > max) findings.refusals.push({ path, code: 'print.textTooLong', facts: { max } });
  };
}

/** `{{customer.name}}`: anything between the braces counts as a name, so that an expression is an unknown name. */
export const mergeField = /\{\{([^{}]*)\}\}/g;

const mergeNamesIn = (text: string): string[] => [...text.matchAll(mergeField)].map((match) => (match[1] ?? '').trim());

/** What no single key can tell: how many blocks and tables there are, and whether the margins leave room. */
function checkWhole(template: PrintTemplate, findings: Findings): void {
  const all = template.blocks.flatMap(withInner);
  const tables = all.filter((block) => block.kind === 'table').length;
  if (all.length > templateLimits.blocks) {
    findings.refusals.push({ path: 'blocks', code: 'print.tooMany', facts: { max: templateLimits.blocks } });
  }
  if (tables > 1 || (tables === 1 && !template.blocks.some((block) => block.kind === 'table'))) {
    findings.refusals.push({ path: 'blocks', code: 'print.oneTable' });
  }
  if (inLanguage(template.label, 'zh-CN').trim() === '') findings.refusals.push({ path: 'label', code: 'print.labelMissing' });
  const sheet = sheetOf(template.paper);
  const { top, right, bottom, left } = template.paper.marginsTenthMm;
  if (sheet.widthTenthMm - left - right < roomMin || sheet.heightTenthMm - top - bottom < roomMin) {
    findings.refusals.push({ path: 'paper.marginsTenthMm', code: 'print.noRoom' });
  }
}

function withInner(block: PrintTemplate['blocks'][number]): PrintTemplate['blocks'] {
  return block.kind === 'sideBySide' ? [block, ...block.parts.flat().flatMap(withInner)] : [block];
}
