import { useState } from 'react';
import type { ComparisonOffer, ComparisonQuotation } from '../../../../shared/contracts/purchase.ts';
import type { RecordAnswer } from '../../../../shared/contracts/wire.ts';
import { api } from '../../api/http.ts';
import { recordPath } from '../../api/queries.ts';
import { recordDoor } from '../../documents/form/recordDoor.ts';
import { useNotices } from '../../ui/notices.tsx';

/** What is typed of a supplier's answer to one line. */
export interface AnswerTyped {
  grossPrice: number | null;
  leadDays: number | null;
  minQuantity: number | null;
}

/** Answers as they are typed, and how they are written into the supplier's quotation and confirmed. */
export function useAnswers(onChanged: () => void) {
  const notices = useNotices();
  const [typed, setTyped] = useState<Readonly<Record<number, AnswerTyped>>>({});
  const [busy, setBusy] = useState<number | null>(null);
  const save = async (quotation: ComparisonQuotation) => {
    setBusy(quotation.id);
    try {
      const known = await api.get<RecordAnswer>(recordPath('supplierQuotation', quotation.id));
      const lines = (known.parts.lines ?? []).map(({ id }) => {
        const own = typed[id];
        return own ? { id, grossPrice: own.grossPrice, priceBasis: 'gross', leadDays: own.leadDays, minQuantity: own.minQuantity } : { id };
      });
      const changed = await recordDoor.change('supplierQuotation', quotation.id, { version: known.version, parts: { lines } });
      await recordDoor.step('supplierQuotation', quotation.id, 'answer', { version: changed.version });
      onChanged();
    } catch (problem) {
      notices.failed(problem);
    } finally {
      setBusy(null);
    }
  };
  return {
    busy,
    save,
    typedFor: (offer: ComparisonOffer): AnswerTyped =>
      typed[offer.row] ?? { grossPrice: offer.grossPrice || null, leadDays: offer.leadDays, minQuantity: offer.minQuantity },
    type: (offer: ComparisonOffer, next: AnswerTyped) => setTyped((before) => ({ ...before, [offer.row]: next })),
  };
}
