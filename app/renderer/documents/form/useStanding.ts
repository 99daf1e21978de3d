import { useCallback, useState } from 'react';
import type { Problem, RecordAnswer } from '../../../../shared/contracts/wire.ts';
import { ApiProblem } from '../../api/http.ts';
import type { DraftAction } from './draft.ts';
import { type FieldProblems, noProblems, placeProblems, withoutPlaces } from './fieldProblems.ts';

/** Whoever may pass over a rule has to say why. */
export const reasonWanted = 'step.overrideReasonMissing';

/** How an open form stands with the server, besides what is typed in it. */
export interface Standing {
  /** The record as last saved; null for a new one. */
  answer: RecordAnswer | null;
  /** What is under way: 'save' or the name of a step. */
  busy: string | null;
  problems: FieldProblems;
  /** The refusal that stands above the form until the next try. */
  refusal: Problem | null;
  /** A question that has to be answered before the record can be saved. */
  question: Problem | null;
  /** The step that the question was asked about; null when it is about saving. */
  asked: StepRequest | null;
  /** Somebody else saved in between: what the server holds. */
  conflict: RecordAnswer | null;
}

/** A step as it was asked for: why, and which warnings were read. */
export interface StepRequest {
  step: string;
  reason?: string | undefined;
  confirmed?: readonly string[] | undefined;
}

export const settled: Omit<Standing, 'answer'> = {
  busy: null,
  problems: noProblems,
  refusal: null,
  question: null,
  asked: null,
  conflict: null,
};

export function useStanding(answer: RecordAnswer | null) {
  const [standing, setStanding] = useState<Standing>({ ...settled, answer });
  const update = useCallback((change: Partial<Standing>) => setStanding((now) => ({ ...now, ...change })), []);
  /** What was wrong at places that are changed now is wrong no longer. */
  const forget = useCallback(
    (action: DraftAction) => setStanding((now) => ({ ...now, problems: withoutPlaces(now.problems, placesOf(action)) })),
    [],
  );
  const tellProblem = useCallback((place: string, code: string | null) => {
    setStanding((now) => {
      const others = withoutPlaces(now.problems, [place]);
      return { ...now, problems: code === null ? others : new Map([...others, [place, { path: place, code: `form.${code}` }]]) };
    });
  }, []);
  return { standing, update, forget, tellProblem };
}

/** A question is a refusal that a person may answer: with yes, or with a reason. */
const questions = ['record.nearDuplicate', reasonWanted];
const isQuestion = ({ code, facts }: Problem): boolean => questions.includes(code) || facts?.level === 'warn';

/** What something thrown means for the form: a question, a conflict, or a refusal with its places. */
export function outcomeOf(thrown: unknown, rowIds: Readonly<Record<string, readonly number[]>>): Partial<Standing> {
  const problem: Problem =
    thrown instanceof ApiProblem ? thrown.problem : { type: 'about:blank', title: String(thrown), status: -1, code: 'screen.failed' };
  if (isQuestion(problem)) return { question: problem };
  if (problem.status === 409 && problem.current) return { conflict: problem.current };
  return { refusal: problem, problems: placeProblems(problem.fields ?? [], rowIds) };
}

function placesOf(action: DraftAction): string[] {
  if (action.type === 'values') return Object.keys(action.values);
  if (action.type !== 'cells') return [];
  return action.changes.flatMap(({ row, values }) => Object.keys(values).map((name) => `${action.part}.${row}.${name}`));
}
