import type { PickRow, RecordAnswer, RecordInput, Titles } from '../../../../shared/contracts/wire.ts';
import { api, newKey } from '../../api/http.ts';
import { keys, queryClient, recordPath } from '../../api/queries.ts';
import type { Session } from '../../api/session.tsx';
import type { DraftContent } from './calculations.ts';

/** An unsaved proposal for a new record, made from others. */
export interface Proposal {
  values: DraftContent['values'];
  parts: Record<string, Record<string, DraftContent['values'][string]>[]>;
  titles: Titles;
}
/** A record that becomes another one: whole, or some of its rows with the amount each gives. */
export interface Source {
  type: string;
  id: number;
  rows?: { id: number; amount: number }[];
}

interface StepBody {
  version: number;
  reason?: string;
  confirmed?: readonly string[];
}

/** The calls a form makes; every answer of a saved record goes into the cache of the window. */
export const recordDoor = {
  create: (type: string, input: RecordInput, idempotencyKey: string) =>
    api.post<RecordAnswer>(recordPath(type), input, { idempotencyKey }).then(remembered),
  change: (type: string, id: number, input: RecordInput, idempotencyKey: string = newKey()) =>
    api.patch<RecordAnswer>(recordPath(type, id), input, { idempotencyKey }).then(remembered),
  step: (type: string, id: number, step: string, body: StepBody, idempotencyKey: string = newKey()) =>
    api.post<RecordAnswer>(`${recordPath(type, id)}/steps/${step}`, body, { idempotencyKey }).then(remembered),
  remove: (type: string, id: number, version: number) => api.del(`${recordPath(type, id)}?version=${version}`),
  restore: (type: string, id: number) => api.post<RecordAnswer>(`${recordPath(type, id)}/restore`).then(remembered),
  make: (type: string, sources: Source[], step: string) =>
    api.post<RecordAnswer>(`${recordPath(type)}/make`, { sources, step: { name: step } }, { idempotencyKey: newKey() }).then(remembered),
  become: (type: string, sources: Source[]) => api.post<Proposal>(`${recordPath(type)}/become`, { sources }),
};

function remembered(answer: RecordAnswer): RecordAnswer {
  queryClient.setQueryData(keys.record(answer.type, answer.id), answer);
  void queryClient.invalidateQueries({ queryKey: keys.list(answer.type) });
  return answer;
}

export const contentOf = (answer: Pick<RecordAnswer, 'values' | 'parts'>): DraftContent => ({ values: answer.values, parts: answer.parts });

/** What a saved record is called, for links to it. */
export function titleOf(session: Pick<Session, 'definitionOf'>, answer: Pick<RecordAnswer, 'type' | 'id' | 'values'>): string {
  const definition = session.definitionOf(answer.type);
  return String(answer.values[definition?.title ?? ''] ?? `#${answer.id}`);
}

/** A saved record as a picker would have found it. */
export function pickRowOf(session: Pick<Session, 'definitionOf'>, answer: RecordAnswer): PickRow {
  return { id: answer.id, title: titleOf(session, answer), values: answer.values, titles: answer.titles };
}

/** The record from the cache or the server. */
export function fetchRecord(type: string, id: number, options: { staleTime?: number } = {}): Promise<RecordAnswer> {
  return queryClient.fetchQuery({
    ...options,
    queryKey: keys.record(type, id),
    queryFn: ({ signal }) => api.get<RecordAnswer>(recordPath(type, id), { signal }),
  });
}
