import type { ComponentType } from 'react';
import type { RecordForm } from './useRecordForm.ts';
import type { StepRequest } from './useStanding.ts';

/** What shows more about a warning than its words: it is told the form and the step that was asked for. */
export type Explanation = ComponentType<{ form: RecordForm; asked: StepRequest }>;

const registered = new Map<string, Explanation>();

/** Puts an explanation below the question that a warning with this code asks. */
export const registerExplanation = (code: string, explanation: Explanation): void => void registered.set(code, explanation);

export const explanationFor = (code: string): Explanation | null => registered.get(code) ?? null;
