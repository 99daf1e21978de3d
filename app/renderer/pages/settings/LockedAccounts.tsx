import { useQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { LockedLine } from '../../../../shared/contracts/signIns.ts';
import { api } from '../../api/http.ts';
import { queryClient } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { formatInstant } from '../../ui/format.ts';
import { useNotices } from '../../ui/notices.tsx';

const locksKey = ['locks'];

/** Whose account cannot be used after wrong passwords; nothing while there is nobody. */
export function LockedAccounts() {
  const { t } = useTranslation();
  const session = useSession();
  const notices = useNotices();
  const answer = useQuery({
    queryKey: locksKey,
    queryFn: ({ signal }) => api.get<{ rows: LockedLine[] }>('/api/locks', { signal }),
    refetchInterval: 30_000,
  });
  const rows = answer.data?.rows ?? [];
  if (rows.length === 0) return null;
  const unlock = async ({ user, userName }: LockedLine) => {
    try {
      await api.del(`/api/locks/${user}`);
      notices.done(t('safety.unlocked', { name: userName }));
    } catch (thrown) {
      notices.failed(thrown);
    }
    await queryClient.invalidateQueries({ queryKey: locksKey });
  };
  return (
    <Alert
      type="warning"
      showIcon
      title={t('safety.lockedTitle')}
      description={rows.map((row) => (
        <div key={row.user}>
          {t('safety.lockedLine', {
            name: row.userName,
            login: row.login,
            count: row.failures,
            until: formatInstant(row.until, session.language, session.settings.timeZone),
          })}
          <Button size="small" type="link" onClick={() => void unlock(row)}>
            {t('safety.unlock')}
          </Button>
        </div>
      ))}
    />
  );
}
