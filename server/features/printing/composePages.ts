import type { Block, TableBlock } from '../../../shared/printing/template.ts';
import { piecesOf } from './blocks.ts';
import type { Mark, Piece } from './marks.ts';
import { Flow } from './pageFlow.ts';
import { marginMarks } from './pageMargins.ts';
import { placeLines } from './placeLines.ts';
import { contentWidthOf, type Setting } from './setting.ts';

/**
 * The pages of a print. Each begins with the blocks above the lines that stand on every page and ends with those below
 * that do; a row, a total and a signature are never cut by the end of a page. Refuses 'print.noRoom' when the
 * repeated parts leave no room for a single line, 'print.tooLong' above 2,000 pages.
 */
export function composePages(setting: Setting): Mark[][] {
  const flow = new Flow(setting);
  const { blocks } = setting.template;
  const at = blocks.findIndex((block) => block.kind === 'table');
  const table = blocks[at];
  const above = at < 0 ? blocks : blocks.slice(0, at);
  const below = at < 0 ? [] : blocks.slice(at + 1);
  flow.head = piecesOn('everyPage', above, setting);
  flow.foot = piecesOn('everyPage', below, setting);
  flow.placeFirstHead(above.flatMap((block) => (isTable(block) ? [] : piecesOf(block, flow.width, setting))));
  const after = piecesOn('once', below, setting);
  if (table?.kind === 'table') placeLines(flow, { block: table, after }, setting);
  flow.placeAll(after);
  const pages = flow.finish();
  return pages.map((marks, index) => [...marks, ...marginMarks({ number: index + 1, count: pages.length }, setting)]);
}

function piecesOn(pages: 'everyPage' | 'once', blocks: readonly Block[], setting: Setting): Piece[] {
  return blocks.flatMap((block) =>
    isTable(block) || (block.onEveryPage === true) !== (pages === 'everyPage') ? [] : piecesOf(block, contentWidthOf(setting), setting),
  );
}

const isTable = (block: Block): block is TableBlock => block.kind === 'table';
