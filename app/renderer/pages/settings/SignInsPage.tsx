import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/http.ts';
import { useSession } from '../../api/session.tsx';
import { formatInstant } from '../../ui/format.ts';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { DataTable, type TableColumn } from '../../ui/table/DataTable.tsx';
import { useEndless } from '../../ui/useEndless.ts';

interface SignInRow {
  id: number;
  at: string;
  login: string;
  address: string;
  device: string | null;
  result: 'signedIn' | 'refused' | 'throttled';
  endedAt: string | null;
  endReason: 'signedOut' | 'revoked' | 'passwordChanged' | 'positionsChanged' | 'left' | 'idle' | null;
}

/** Who came in, who was turned away, and when they left. */
export function SignInsPage() {
  const { t } = useTranslation();
  const session = useSession();
  const history = useInfiniteQuery({
    queryKey: ['signIns'],
    queryFn: ({ pageParam, signal }) =>
      api.get<{ rows: SignInRow[]; next: number | null }>(`/api/sign-ins${pageParam === null ? '' : `?after=${pageParam}`}`, { signal }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  });
  const onEnd = useEndless(history);
  const at = (instant: string | null) => (instant === null ? '' : formatInstant(instant, session.language, session.settings.timeZone));
  const columns: TableColumn<SignInRow>[] = [
    { key: 'at', title: t('general.time'), widthPx: 136, render: (row) => at(row.at) },
    { key: 'login', title: t('gate.login'), widthPx: 140, render: (row) => row.login },
    {
      key: 'result',
      title: t('settings.result'),
      widthPx: 120,
      render: (row) => (
        <span className={`tp-state ${row.result === 'signedIn' ? 'tp-state-done' : 'tp-state-waiting'}`}>
          {t(`settings.results.${row.result}`)}
        </span>
      ),
    },
    { key: 'address', title: t('settings.address'), widthPx: 120, render: (row) => row.address },
    { key: 'device', title: t('settings.device'), widthPx: 120, grows: true, render: (row) => row.device },
    { key: 'endedAt', title: t('settings.leftAt'), widthPx: 136, render: (row) => at(row.endedAt) },
    {
      key: 'endReason',
      title: t('settings.leftBy'),
      widthPx: 120,
      render: (row) => (row.endReason ? t(`settings.ends.${row.endReason}`) : null),
    },
  ];
  const rows = history.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <PageFrame fill title={t('settings.signIns')} problem={history.error}>
      <DataTable
        label={t('settings.signIns')}
        columns={columns}
        rows={rows}
        idOf={(row) => row.id}
        onEnd={onEnd}
        isLoading={history.isPending || history.isFetchingNextPage}
        empty={t('general.none')}
      />
    </PageFrame>
  );
}
