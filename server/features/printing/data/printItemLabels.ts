import type { Definition } from '../../../../shared/kernel/definition.ts';
import { ONE } from '../../../../shared/kernel/numbers.ts';
import { Refusal } from '../../../../shared/kernel/refusal.ts';
import type { Language } from '../../../../shared/language/languages.ts';
import type { PrintData } from '../../../../shared/printing/printData.ts';
import { visibleIds } from '../../../access/visibility.ts';
import { writeAudit } from '../../../engine/audit.ts';
import type { Work } from '../../../work.ts';
import { stockRows } from '../../trade/stock.ts';
import type { BatchPrint } from '../renderPdf.ts';
import { lineFieldsIn } from './linePictures.ts';
import { printDataFor } from './printDataFor.ts';
import { ownLanguage } from './printDocument.ts';
import { chooseTemplate } from './templates.ts';

export interface LabelsWanted {
  readonly ids: readonly number[];
  /** So many of each, or as many as lie in all warehouses together. */
  readonly each: number | 'stock';
  readonly withPrice?: boolean | undefined;
  readonly template?: string | undefined;
  readonly language?: Language | undefined;
}

/** More than a roll of labels holds. */
export const labelsMax = 2000;

/**
 * The labels of some items, each as often as it is wanted. A price stands on them only when asked for, and only for whoever may
 * see it. Refuses 'print.noTemplate', 'print.noLabels' when there is none to print, 'print.tooManyLabels' {count, max}.
 */
export async function printItemLabels(work: Work, definition: Definition, wanted: LabelsWanted): Promise<BatchPrint[]> {
  const seen = await visibleIds(work, definition, wanted.ids, 'print');
  const ids = [...new Set(wanted.ids)].filter((id) => seen.has(id));
  const counts = await countsOf(work, ids, wanted.each);
  const count = [...counts.values()].reduce((sum, one) => sum + one, 0);
  if (count === 0) throw new Refusal('print.noLabels');
  if (count > labelsMax) throw new Refusal('print.tooManyLabels', { count, max: labelsMax });
  const template = await chooseTemplate(work, definition, wanted.template);
  const language = template.language ?? wanted.language ?? (await ownLanguage(work));
  const prints: BatchPrint[] = [];
  for (const [id, copies] of counts) {
    const data = await printDataFor(work, definition, id, { language, shown: lineFieldsIn(template) });
    await writeAudit(work, {
      action: 'print',
      type: definition.type,
      recordId: id,
      changes: { template: template.name, language, copies },
    });
    prints.push({ template, data: wanted.withPrice ? data : withoutPrices(data), language, copies });
  }
  return prints;
}

async function countsOf(work: Work, ids: readonly number[], each: number | 'stock'): Promise<Map<number, number>> {
  if (each !== 'stock') return new Map(ids.map((id) => [id, each]));
  const stock = await stockRows(work, ids);
  const whole = ids.map((id): [number, number] => {
    const held = (stock.get(id) ?? []).reduce((sum, row) => sum + row.onHand, 0);
    return [id, Math.max(0, Math.floor(held / ONE))];
  });
  return new Map(whole.filter(([, count]) => count > 0));
}

const withoutPrices = (data: PrintData): PrintData => ({
  ...data,
  fields: Object.fromEntries(Object.entries(data.fields).filter(([, value]) => value.kind !== 'price')),
});
