import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { browserOf } from '../../../../shared/contracts/browserOf.ts';
import { api } from '../../api/http.ts';
import { queryClient } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { formatInstant } from '../../ui/format.ts';
import { useNotices } from '../../ui/notices.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { DataTable, type TableColumn } from '../../ui/table/DataTable.tsx';
import { LockedAccounts } from './LockedAccounts.tsx';

interface SessionRow {
  id: number;
  userName: string;
  address: string;
  device: string | null;
  userAgent: string | null;
  createdAt: string;
  lastSeenAt: string;
  current: boolean;
}

/** Who is signed in and where; with the right, anybody can be signed out. */
export function SessionsPage() {
  const { t } = useTranslation();
  const session = useSession();
  const notices = useNotices();
  const mayAll = session.hasRight('sessions.manage');
  const [isAll, setAll] = useState(mayAll);
  const answer = useQuery({
    queryKey: ['sessions', isAll],
    queryFn: ({ signal }) => api.get<{ rows: SessionRow[] }>(`/api/sessions${isAll ? '?all=1' : ''}`, { signal }),
    refetchInterval: 30_000,
  });
  const end = async (row: SessionRow) => {
    if (!(await notices.ask({ title: t('settings.endSessionAsk', { name: row.userName }), ok: t('settings.endSession'), danger: true })))
      return;
    try {
      await api.del(`/api/sessions/${row.id}`);
      notices.done(t('settings.sessionEnded', { name: row.userName }));
    } catch (thrown) {
      notices.failed(thrown);
    }
    await queryClient.invalidateQueries({ queryKey: ['sessions'] });
  };
  const at = (instant: string) => formatInstant(instant, session.language, session.settings.timeZone);
  const columns: TableColumn<SessionRow>[] = [
    { key: 'user', title: t('general.user'), widthPx: 110, render: (row) => row.userName },
    {
      key: 'current',
      title: '',
      widthPx: 90,
      render: (row) => (row.current ? <span className="tp-state tp-state-active">{t('settings.thisSession')}</span> : null),
    },
    {
      key: 'device',
      title: t('settings.device'),
      widthPx: 150,
      grows: true,
      render: (row) => <span title={row.userAgent ?? ''}>{row.device ?? browserOf(row.userAgent)}</span>,
    },
    { key: 'address', title: t('settings.address'), widthPx: 120, render: (row) => row.address },
    { key: 'createdAt', title: t('settings.signedInAt'), widthPx: 136, render: (row) => at(row.createdAt) },
    { key: 'lastSeenAt', title: t('settings.lastSeenAt'), widthPx: 136, render: (row) => at(row.lastSeenAt) },
    {
      key: 'end',
      title: '',
      widthPx: 100,
      render: (row) =>
        row.current ? null : (
          <Button size="small" type="link" danger onClick={() => void end(row)}>
            {t('settings.endSession')}
          </Button>
        ),
    },
  ];
  return (
    <PageFrame
      fill
      title={t('settings.sessions')}
      problem={answer.error}
      actions={
        mayAll ? (
          <Segmented
            aria-label={t('general.user')}
            value={isAll ? 'all' : 'own'}
            onChange={(which) => setAll(which === 'all')}
            options={[
              { value: 'all', label: t('settings.everybody') },
              { value: 'own', label: t('settings.onlyMe') },
            ]}
          />
        ) : null
      }
    >
      {mayAll ? <LockedAccounts /> : null}
      <DataTable
        label={t('settings.sessions')}
        columns={columns}
        rows={answer.data?.rows ?? []}
        idOf={(row) => row.id}
        isLoading={answer.isPending}
        empty={t('general.none')}
      />
    </PageFrame>
  );
}
