import type { CostSource, Stock } from '../../../shared/documents/costReplay.ts';
import type { Day } from '../../../shared/kernel/days.ts';
import type { AnyRecord, AnyRow } from '../../../shared/kernel/definition.ts';
import { loadRecords } from '../../database/rows.ts';
import { partTableOf, tableOf } from '../../database/tables.ts';
import type { StoredMove } from '../../ledger/post.ts';
import type { Work } from '../../work.ts';

/** The documents behind moves, each read once. */
export class Papers {
  readonly #work: Work;
  readonly #known = new Map<string, AnyRecord | null>();

  constructor(work: Work) {
    this.#work = work;
  }

  async bring(moves: readonly Pick<StoredMove, 'document_type' | 'document_id'>[]): Promise<void> {
    for (const [type, group] of Map.groupBy(moves, ({ document_type }) => document_type)) {
      const ids = [...new Set(group.map(({ document_id }) => document_id))];
      for (const paper of await loadRecords(this.#work.tx, this.#work.company.catalogue.get(type), ids, { parts: true }))
        this.#known.set(`${type}:${paper.id}`, paper);
    }
  }

  async paper(type: string, id: number): Promise<AnyRecord | null> {
    const key = `${type}:${id}`;
    if (!this.#known.has(key)) {
      const [paper] = await loadRecords(this.#work.tx, this.#work.company.catalogue.get(type), [id], { parts: true });
      this.#known.set(key, paper ?? null);
    }
    return this.#known.get(key) ?? null;
  }

  /** Where a row's goods left, and what had come back of it before the day from which costs are reckoned. */
  async sourceOf(type: string, line: AnyRow, of: { readonly item: number; readonly from: Day }): Promise<CostSource | undefined> {
    const { sourceType, source, sourceRow } = line;
    if (!sourceType || !source || !sourceRow) return undefined;
    const left = (await this.paper(String(sourceType), Number(source)))?.parts.lines?.find(({ id }) => id === sourceRow);
    return {
      key: `${sourceType}:${source}:${sourceRow}:${of.item}`,
      quantity: Number(line.quantity),
      whole: Number(left?.quantity ?? 0),
      cost: Number(left?.cost ?? 0),
      before: await this.#returnedBefore(type, Number(sourceRow), of.from),
    };
  }

  async #returnedBefore(type: string, sourceRow: number, from: Day): Promise<Stock> {
    const definition = this.#work.company.catalogue.get(type);
    const row = (await this.#work
      .tx({ line: partTableOf(definition, 'lines') })
      .join({ head: tableOf(definition) }, 'head.id', 'line.parent')
      .where({ 'head.state': 'posted', 'line.source_row': sourceRow })
      .where('head.day', '<', from)
      .sum({ quantity: 'line.quantity', value: 'line.cost' })
      .first()) as { quantity: number | null; value: number | null };
    return { quantity: row.quantity ?? 0, value: row.value ?? 0 };
  }
}
