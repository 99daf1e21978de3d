import { useCallback, useMemo, useRef, useState } from 'react';
import type { DefinitionAnswer, Problem, RecordAnswer, Titles } from '../../../../shared/contracts/wire.ts';
import { ApiProblem, newKey } from '../../api/http.ts';
import type { DraftContent } from './calculations.ts';
import type { Defaults } from './defaults.ts';
import type { DraftAction } from './draft.ts';
import { type Editability, editabilityOf } from './editability.ts';
import { type FieldProblems, noProblems, placeProblems, withoutPlaces } from './fieldProblems.ts';
import { isChanged, parcelOf } from './input.ts';
import { contentOf, recordDoor } from './recordDoor.ts';
import { makeSaver } from './saver.ts';
import { type Draft, useDraft } from './useDraft.ts';

export interface FormStart {
  definition: DefinitionAnswer;
  answer: RecordAnswer | null;
  content: DraftContent;
  titles: Titles;
  defaults: Defaults;
}

/** An open form: what stands in it, what is wrong with it, and what can be done with it. */
export interface RecordForm extends Draft {
  definition: DefinitionAnswer;
  /** The record as last saved; null for a new one. */
  answer: RecordAnswer | null;
  defaults: Defaults;
  editability: Editability;
  isDirty: boolean;
  busy: string | null;
  problems: FieldProblems;
  /** The refusal that stands above the form until the next try. */
  refusal: Problem | null;
  /** A question that has to be answered before the record can be saved. */
  question: Problem | null;
  /** Somebody else saved in between: what the server holds. */
  conflict: RecordAnswer | null;
  tellProblem(place: string, code: string | null): void;
  save(confirmed?: readonly string[]): Promise<RecordAnswer | null>;
  takeStep(step: string, reason?: string): Promise<RecordAnswer | null>;
  /** Takes what the server holds, dropping what was typed. */
  adopt(answer: RecordAnswer): void;
  /** Goes on from what the server holds, with this content on top. */
  goOnFrom(answer: RecordAnswer, content: DraftContent): void;
  /** Lays what the server holds beside what was typed, to choose from. */
  showConflict(answer: RecordAnswer): void;
  dismiss(what: 'question' | 'conflict' | 'refusal'): void;
}

interface Standing {
  answer: RecordAnswer | null;
  busy: string | null;
  problems: FieldProblems;
  refusal: Problem | null;
  question: Problem | null;
  conflict: RecordAnswer | null;
}

/** A question is a refusal that a person may answer with yes. */
const questions = ['record.nearDuplicate'];

export function useRecordForm(start: FormStart, onSaved: (answer: RecordAnswer, wasNew: boolean) => void): RecordForm {
  const { definition } = start;
  const draft = useDraft(definition.type, start);
  const [standing, setStanding] = useState<Standing>({
    answer: start.answer,
    busy: null,
    problems: noProblems,
    refusal: null,
    question: null,
    conflict: null,
  });
  const update = useCallback((change: Partial<Standing>) => setStanding((now) => ({ ...now, ...change })), []);
  const saver = useRef(
    makeSaver(
      {
        create: (input, key) => recordDoor.create(definition.type, input, key),
        change: (id, input) => recordDoor.change(definition.type, id, input),
      },
      newKey,
    ),
  );
  const isLocked = useRef(false);
  const { answer } = standing;
  const { state } = draft;
  const isDirty = useMemo(() => isChanged(definition, state.base, state.now), [definition, state.base, state.now]);

  const settle = (saved: RecordAnswer) => {
    draft.dispatch({ type: 'open', content: contentOf(saved), titles: saved.titles });
    update({ answer: saved, busy: null, problems: noProblems, refusal: null, question: null, conflict: null });
  };

  /** One thing at a time: a second press while the first is under way does nothing. */
  const attempt = async (busy: string, work: () => Promise<RecordAnswer>): Promise<RecordAnswer | null> => {
    if (isLocked.current) return null;
    isLocked.current = true;
    update({ busy, refusal: null, question: null });
    const rowIds = parcelOf(definition, null, state.now).rowIds;
    try {
      const saved = await work();
      settle(saved);
      return saved;
    } catch (thrown) {
      update({ busy: null, ...outcomeOf(thrown, rowIds) });
      return null;
    } finally {
      isLocked.current = false;
    }
  };

  const store = (confirmed: readonly string[]): Promise<RecordAnswer> =>
    saver.current.save({ definition, saved: answer, base: state.base, now: state.now, confirmed });

  const save = async (confirmed: readonly string[] = []) => {
    if (standing.problems.size > 0 && [...standing.problems.values()].some(({ code }) => code.startsWith('form.'))) return null;
    const saved = await attempt('save', () => store(confirmed));
    if (saved) onSaved(saved, answer === null);
    return saved;
  };

  const takeStep = async (step: string, reason?: string) => {
    const taken = await attempt(step, async () => {
      const saved = isDirty || answer === null ? await store([]) : answer;
      return recordDoor.step(definition.type, saved.id, step, { version: saved.version, ...(reason ? { reason } : {}) });
    });
    if (taken) onSaved(taken, answer === null);
    return taken;
  };

  const dispatch = useCallback(
    (action: DraftAction) => {
      draft.dispatch(action);
      setStanding((now) => ({ ...now, problems: withoutPlaces(now.problems, placesOf(action)) }));
    },
    [draft.dispatch],
  );
  const tellProblem = useCallback((place: string, code: string | null) => {
    setStanding((now) => {
      const others = withoutPlaces(now.problems, [place]);
      return { ...now, problems: code === null ? others : new Map([...others, [place, { path: place, code: `form.${code}` }]]) };
    });
  }, []);

  return {
    ...draft,
    ...standing,
    dispatch,
    definition,
    defaults: start.defaults,
    editability: useMemo(() => editabilityOf(definition, answer), [definition, answer]),
    isDirty,
    tellProblem,
    save,
    takeStep,
    adopt: settle,
    goOnFrom: (newer, content) => {
      draft.dispatch({ type: 'rebase', base: contentOf(newer), now: content, titles: newer.titles });
      update({ answer: newer, conflict: null, refusal: null });
    },
    showConflict: (newer) => update({ conflict: newer }),
    dismiss: (what) => update({ [what]: null }),
  };
}

function outcomeOf(thrown: unknown, rowIds: Readonly<Record<string, readonly number[]>>): Partial<Standing> {
  const problem: Problem =
    thrown instanceof ApiProblem ? thrown.problem : { type: 'about:blank', title: String(thrown), status: -1, code: 'screen.failed' };
  if (questions.includes(problem.code)) return { question: problem };
  if (problem.status === 409 && problem.current) return { conflict: problem.current };
  return { refusal: problem, problems: placeProblems(problem.fields ?? [], rowIds) };
}

function placesOf(action: DraftAction): string[] {
  if (action.type === 'values') return Object.keys(action.values);
  if (action.type === 'cells')
    return action.changes.flatMap(({ row, values }) => Object.keys(values).map((name) => `${action.part}.${row}.${name}`));
  return [];
}
