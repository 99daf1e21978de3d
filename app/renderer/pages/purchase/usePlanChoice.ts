import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlanRow } from '../../../../shared/contracts/purchase.ts';
import { api, newKey } from '../../api/http.ts';
import { keys, queryClient } from '../../api/queries.ts';
import { useNotices } from '../../ui/notices.tsx';

interface Wanted {
  quantity?: number;
  supplier?: number | null;
}

/** What is chosen of the plan, how much of it and from whom, until it is ordered. */
export function usePlanChoice(rows: readonly PlanRow[], onOrdered: () => void) {
  const { t } = useTranslation();
  const notices = useNotices();
  const [chosen, choose] = useState<ReadonlySet<number>>(new Set());
  const [wanted, setWanted] = useState<Readonly<Record<number, Wanted>>>({});
  const [isBusy, setBusy] = useState(false);
  const [key, setKey] = useState(newKey);
  const quantityOf = (row: PlanRow) => wanted[row.item]?.quantity ?? row.suggested;
  const supplierOf = (row: PlanRow) => (wanted[row.item]?.supplier === undefined ? row.supplier : (wanted[row.item]?.supplier ?? null));
  const lines = rows.flatMap((row) => {
    const supplier = supplierOf(row);
    if (!chosen.has(row.item) || supplier === null || quantityOf(row) === 0) return [];
    return [{ item: row.item, supplier, quantity: quantityOf(row), warehouse: row.warehouse }];
  });
  const order = async () => {
    setBusy(true);
    try {
      const { orders } = await api.post<{ orders: { number: string }[] }>('/api/purchase/plan/orders', { lines }, { idempotencyKey: key });
      notices.done(t('purchase.ordersMade', { numbers: orders.map(({ number }) => number).join('、') }));
      choose(new Set());
      setWanted({});
      setKey(newKey());
      await queryClient.invalidateQueries({ queryKey: keys.list('purchaseOrder') });
      onOrdered();
    } catch (problem) {
      notices.failed(problem);
    } finally {
      setBusy(false);
    }
  };
  /** What is changed by hand is meant to be ordered. */
  const want = (row: PlanRow, more: Wanted) => {
    setWanted((before) => ({ ...before, [row.item]: { ...before[row.item], ...more } }));
    choose((before) => new Set([...before, row.item]));
  };
  return {
    chosen,
    choose,
    quantityOf,
    supplierOf,
    want,
    isBusy,
    order: () => void order(),
    /** Lines that can be ordered, and how many suppliers get one. */
    count: lines.length,
    suppliers: new Set(lines.map((line) => line.supplier)).size,
  };
}

export type PlanChoice = ReturnType<typeof usePlanChoice>;
