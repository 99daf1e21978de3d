import { useCallback, useMemo } from 'react';
import type { DefinitionAnswer, RecordAnswer, Titles } from '../../../../shared/contracts/wire.ts';
import type { DraftContent } from './calculations.ts';
import type { Defaults } from './defaults.ts';
import type { DraftAction } from './draft.ts';
import { type Editability, editabilityOf } from './editability.ts';
import { isChanged } from './input.ts';
import { contentOf } from './recordDoor.ts';
import { type Deeds, useDeeds } from './useDeeds.ts';
import { type Draft, useDraft } from './useDraft.ts';
import { useFollowing } from './useFollowing.ts';
import { type Standing, settled, useStanding } from './useStanding.ts';

export interface FormStart {
  definition: DefinitionAnswer;
  answer: RecordAnswer | null;
  content: DraftContent;
  titles: Titles;
  defaults: Defaults;
  /** It begins as a copy of another record. */
  isCopy?: boolean;
}

/** An open form: what stands in it, what is wrong with it, and what can be done with it. */
export interface RecordForm extends Draft, Standing, Deeds {
  definition: DefinitionAnswer;
  defaults: Defaults;
  editability: Editability;
  isDirty: boolean;
  tellProblem(place: string, code: string | null): void;
  /** Takes what the server holds, dropping what was typed. */
  adopt(answer: RecordAnswer): void;
  /** Goes on from what the server holds, with this content on top. */
  goOnFrom(answer: RecordAnswer, content: DraftContent): void;
  /** Lays what the server holds beside what was typed, to choose from. */
  showConflict(answer: RecordAnswer): void;
  dismiss(what: 'question' | 'conflict' | 'refusal'): void;
}

export function useRecordForm(start: FormStart, onSaved: (answer: RecordAnswer, wasNew: boolean) => void): RecordForm {
  const { definition } = start;
  const draft = useDraft(definition.type, start);
  const { standing, update, forget, tellProblem } = useStanding(start.answer);
  const { answer } = standing;
  const { state } = draft;
  const isDirty = useMemo(() => isChanged(definition, state.base, state.now), [definition, state.base, state.now]);
  const deeds = useDeeds({ definition, draft, standing, update, isDirty, onSaved });
  const editability = useMemo(() => editabilityOf(definition, answer), [definition, answer]);
  const follow = useFollowing({ definition, draft, editability });
  const dispatch = useCallback(
    (action: DraftAction) => {
      draft.dispatch(action);
      forget(action);
      follow(action);
    },
    [draft.dispatch, forget, follow],
  );
  return {
    ...draft,
    ...standing,
    ...deeds,
    dispatch,
    definition,
    defaults: start.defaults,
    editability,
    isDirty,
    tellProblem,
    adopt: (newer) => {
      draft.dispatch({ type: 'open', content: contentOf(newer), titles: newer.titles });
      update({ ...settled, answer: newer });
    },
    goOnFrom: (newer, content) => {
      draft.dispatch({ type: 'rebase', base: contentOf(newer), now: content, titles: newer.titles });
      update({ answer: newer, conflict: null, refusal: null });
    },
    showConflict: (newer) => update({ conflict: newer }),
    dismiss: (what) => update({ [what]: null }),
  };
}
