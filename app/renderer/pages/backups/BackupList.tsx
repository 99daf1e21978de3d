import { LockOutlined } from '@ant-design/icons';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { BackupLine, BackupListAnswer } from '../../../../shared/contracts/backups.ts';
import { api } from '../../api/http.ts';
import { useSession } from '../../api/session.tsx';
import { formatDay, formatInstant } from '../../ui/format.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { listKey } from './backupAnswers.ts';
import { useTook } from './NewestBackup.tsx';
import { useReasonText } from './reasonText.ts';
import { sizeText } from './sizeText.ts';

const looks = { good: 'done', failed: 'void', cancelled: 'draft', misdated: 'waiting', removed: 'draft', gone: 'waiting' } as const;

/** Every backup that was made or tried, the newest first. */
export function BackupList() {
  const { t } = useTranslation();
  const list = useInfiniteQuery({
    queryKey: listKey,
    queryFn: ({ pageParam, signal }) =>
      api.get<BackupListAnswer>(`/api/backups/list${pageParam === null ? '' : `?after=${pageParam}`}`, { signal }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  });
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const heads = ['day', 'kind', 'result', 'finished', 'duration', 'size', 'copies'] as const;
  return (
    <section className="tp-panel tp-backup-panel" aria-busy={list.isPending}>
      <h2>{t('backups.list')}</h2>
      {list.error ? <ProblemAlert problem={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.data && rows.length === 0 ? <p className="tp-faint">{t('backups.empty')}</p> : null}
      {rows.length > 0 ? (
        <table className="tp-backup-list" aria-label={t('backups.list')}>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {t(`backups.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Line key={row.id} row={row} />
            ))}
          </tbody>
        </table>
      ) : null}
      {list.hasNextPage ? (
        <Button type="link" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('backups.more')}
        </Button>
      ) : null}
    </section>
  );
}

function Line({ row }: { row: BackupLine }) {
  const { t } = useTranslation();
  const { language, settings } = useSession();
  const reasonText = useReasonText();
  const took = useTook();
  const state = row.state === 'good' && !row.isThere ? 'gone' : row.state;
  return (
    <tr>
      <td>{formatDay(row.day, language)}</td>
      <td>
        {t(`backups.kinds.${row.kind}`)} {row.by}
      </td>
      <td>
        <span className={`tp-state tp-state-${looks[state]}`}>{t(`backups.states.${state}`)}</span>{' '}
        {row.isEncrypted && row.state === 'good' ? <LockOutlined title={t('backups.encrypted')} /> : null}
        {row.state === 'failed' && row.refusal ? reasonText(row.refusal) : null}
        {row.bytes === null ? null : <code>{row.name}</code>}
      </td>
      <td>{formatInstant(row.finishedAt, language, settings.timeZone)}</td>
      <td>{took(row)}</td>
      <td>{row.bytes === null ? '' : sizeText(row.bytes)}</td>
      <td className="tp-backup-copies">
        <Copies row={row} />
      </td>
    </tr>
  );
}

/** Where else it lies. */
function Copies({ row }: { row: BackupLine }) {
  const good = row.copies.filter(({ state }) => state === 'good');
  return [...new Set(good.map(({ place }) => place))].map((place) => <div key={place}>{place}</div>);
}
