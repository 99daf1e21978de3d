import { UsbOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import type { BackupsAnswer, DisksAnswer, RemovableDisk } from '../../../../shared/contracts/backups.ts';
import { api } from '../../api/http.ts';
import { useSession } from '../../api/session.tsx';
import { formatInstant } from '../../ui/format.ts';
import { useNotices } from '../../ui/notices.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { backupsKey, renew } from './backupAnswers.ts';
import { useReasonText } from './reasonText.ts';
import { sizeText } from './sizeText.ts';

/** Disks plugged in at the server, each with a button that copies the newest backup there. */
export function RemovableDisks({ state }: { state: BackupsAnswer }) {
  const { t } = useTranslation();
  const disks = useQuery({
    queryKey: [...backupsKey, 'disks'],
    queryFn: ({ signal }) => api.get<DisksAnswer>('/api/backups/disks', { signal }),
    refetchInterval: 10_000,
  });
  return (
    <section className="tp-panel tp-backup-panel">
      <h2>{t('backups.disk')}</h2>
      <p className="tp-faint">{t('backups.diskHelp')}</p>
      {disks.error ? <ProblemAlert problem={disks.error} onRetry={() => void disks.refetch()} /> : null}
      {disks.data?.disks.length === 0 ? (
        <Flex gap={8} align="center" wrap="wrap">
          <span>{t('backups.diskNone')}</span>
          <Button size="small" loading={disks.isFetching} onClick={() => void disks.refetch()}>
            {t('general.refresh')}
          </Button>
        </Flex>
      ) : null}
      {disks.data?.disks.map((disk) => (
        <Disk key={disk.path} disk={disk} isBusy={state.running !== null || state.newest === null} />
      ))}
      {state.running?.kind === 'copy' ? null : <LastOnDisk state={state} disks={disks.data?.disks ?? []} />}
    </section>
  );
}

function Disk({ disk, isBusy }: { disk: RemovableDisk; isBusy: boolean }) {
  const { t } = useTranslation();
  const notices = useNotices();
  const copy = async () => {
    try {
      await renew(await api.post<BackupsAnswer>('/api/backups/disks', { path: disk.path }));
    } catch (thrown) {
      notices.failed(thrown);
    }
  };
  return (
    <Flex gap={12} align="center" wrap="wrap" className="tp-backup-disk">
      <UsbOutlined />
      <code>{disk.path}</code>
      <span className="tp-faint">{t('backups.diskFree', { free: sizeText(disk.freeBytes), all: sizeText(disk.bytes) })}</span>
      <Button disabled={isBusy} onClick={() => void copy()}>
        {t('backups.diskCopy')}
      </Button>
    </Flex>
  );
}

function LastOnDisk({ state: { lastOnDisk }, disks }: { state: BackupsAnswer; disks: readonly RemovableDisk[] }) {
  const { t } = useTranslation();
  const { language, settings } = useSession();
  const reasonText = useReasonText();
  if (!lastOnDisk) return null;
  const { place, refusal } = lastOnDisk;
  const isStillThere = disks.some(({ path }) => path === place);
  const at = formatInstant(lastOnDisk.at, language, settings.timeZone);
  return refusal ? (
    <Alert type="error" showIcon title={t('backups.diskFailed', { at, place, reason: reasonText(refusal) })} />
  ) : (
    <Alert type="success" showIcon title={t(isStillThere ? 'backups.diskDone' : 'backups.diskLast', { at, place })} />
  );
}
