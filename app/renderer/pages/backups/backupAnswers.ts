import { useQuery } from '@tanstack/react-query';
import type { BackupStanding, BackupsAnswer } from '../../../../shared/contracts/backups.ts';
import { api } from '../../api/http.ts';
import { queryClient } from '../../api/queries.ts';

export const backupsKey = ['backups'];
const stateKey = [...backupsKey, 'state'];
export const listKey = [...backupsKey, 'list'];

/** While something runs the server is asked this often how far it is. */
const askEveryMs = 700;

/** How the backups stand; while one is made its progress follows by itself, whoever began it. */
export const useBackups = () =>
  useQuery({
    queryKey: stateKey,
    queryFn: async ({ signal }) => {
      const before = queryClient.getQueryData<BackupsAnswer>(stateKey);
      const answer = await api.get<BackupsAnswer>('/api/backups', { signal });
      if (before?.running && !answer.running) void queryClient.invalidateQueries({ queryKey: listKey });
      return answer;
    },
    refetchInterval: (query) => (query.state.data?.running ? askEveryMs : 30_000),
  });

/** The sign alone, for whoever may see to it. */
export const useStanding = (isAsked: boolean) =>
  useQuery({
    queryKey: [...backupsKey, 'standing'],
    queryFn: ({ signal }) => api.get<BackupStanding>('/api/backups/standing', { signal }),
    enabled: isAsked,
  });

/** What a deed has answered is the newest state; the list and the sign follow. */
export async function renew(answer: BackupsAnswer): Promise<void> {
  queryClient.setQueryData(stateKey, answer);
  await queryClient.invalidateQueries({ queryKey: listKey });
  await queryClient.invalidateQueries({ queryKey: [...backupsKey, 'standing'] });
}
