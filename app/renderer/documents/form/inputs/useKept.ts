import { useQuery } from '@tanstack/react-query';
import type { RecordAnswer } from '../../../../../shared/contracts/wire.ts';
import type { Value } from '../../../../../shared/kernel/definition.ts';
import { api } from '../../../api/http.ts';
import { keys, recordPath } from '../../../api/queries.ts';
import { useSession } from '../../../api/session.tsx';

/** The record behind a link of a form, for the lists it keeps; null until it is known, and for whom may not read it. */
export function useKept(type: string, link: string, id: Value): RecordAnswer | null {
  const session = useSession();
  const field = session.definitionOf(type)?.fields[link];
  const to = field?.kind === 'link' ? field.to : '';
  const chosen = typeof id === 'number' ? id : 0;
  const { data } = useQuery({
    queryKey: keys.record(to, chosen),
    queryFn: ({ signal }) => api.get<RecordAnswer>(recordPath(to, chosen), { signal }),
    enabled: chosen > 0 && session.definitionOf(to) !== undefined,
    retry: false,
  });
  return data ?? null;
}
