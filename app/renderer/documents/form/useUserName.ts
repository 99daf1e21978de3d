import { useQuery } from '@tanstack/react-query';
import { useSession } from '../../api/session.tsx';
import { nameOf } from './defaults.ts';

/** What a colleague is called; null until it is known. */
export function useUserName(id: number | null): string | null {
  const session = useSession();
  const { data } = useQuery({
    queryKey: ['name', 'user', id],
    queryFn: async () => (await nameOf(session, 'user', id ?? 0))?.title ?? null,
    enabled: id !== null,
    staleTime: 300_000,
  });
  return id === session.user.id ? session.user.name : (data ?? null);
}
