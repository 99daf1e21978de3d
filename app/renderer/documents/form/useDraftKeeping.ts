import { useEffect, useMemo, useRef, useState } from 'react';
import type { AnyRow } from '../../../../shared/kernel/definition.ts';
import { useSession } from '../../api/session.tsx';
import type { DraftContent } from './calculations.ts';
import { draftPlace, forgetDraft, type KeptDraft, keepDraft, nowMs, readDraft } from './keptDraft.ts';
import type { RecordForm } from './useRecordForm.ts';

const everyMs = 3000;

export interface Kept {
  /** What an earlier window left behind, until it is taken or dropped. */
  offered: KeptDraft | null;
  take(): void;
  drop(): void;
}

/** Keeps what is typed on this computer every few seconds, and offers it back when the form is opened again. Null: keeps nothing. */
export function useDraftKeeping(form: RecordForm, openedAtMs: number | null): Kept {
  const session = useSession();
  const { definition, answer, state, isDirty } = form;
  const place = draftPlace({ company: session.company.code, user: session.user.id, type: definition.type, id: answer?.id ?? null });
  const isKeeping = openedAtMs !== null;
  const [offered, setOffered] = useState<KeptDraft | null>(() => (isKeeping ? readDraft(place) : null));
  const latest = useRef({ state, isDirty });
  useEffect(() => {
    latest.current = { state, isDirty };
  });
  const version = answer?.version ?? 0;
  const isOffering = offered !== null;
  useEffect(() => {
    if (!isKeeping || isOffering) return;
    const keep = () => {
      const { state: now, isDirty: changed } = latest.current;
      if (changed) keepDraft(place, definition, { content: now.now, titles: now.titles, version, keptAtMs: nowMs() });
    };
    const timer = setInterval(keep, everyMs);
    window.addEventListener('pagehide', keep);
    return () => {
      clearInterval(timer);
      window.removeEventListener('pagehide', keep);
    };
  }, [isKeeping, isOffering, place, definition, version]);
  // Saved or put back as it was: nothing has to be kept any more.
  const wasDirty = useRef(false);
  useEffect(() => {
    if (wasDirty.current && !isDirty) forgetDraft(place);
    wasDirty.current = isDirty;
  }, [isDirty, place]);
  return useMemo(
    () => ({
      offered,
      take: () => {
        if (!offered) return;
        form.dispatch({
          type: 'open',
          base: state.base,
          content: onTopOf(state.base, offered.content),
          titles: { ...state.titles, ...offered.titles },
        });
        form.dispatch({ type: 'reckon' });
        setOffered(null);
      },
      drop: () => {
        forgetDraft(place);
        setOffered(null);
      },
    }),
    [offered, form.dispatch, state.base, state.titles, place],
  );
}

/** What was kept is only what a person can type; everything else stays as the server knows it. */
function onTopOf(base: DraftContent, kept: DraftContent): DraftContent {
  const parts = Object.fromEntries(
    Object.entries({ ...base.parts, ...kept.parts }).map(([name]) => {
      const old = new Map((base.parts[name] ?? []).map((row) => [row.id, row]));
      return [name, (kept.parts[name] ?? []).map((row): AnyRow => ({ ...old.get(row.id), ...row }))];
    }),
  );
  return { values: { ...base.values, ...kept.values }, parts };
}
