import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupLine, BackupsAnswer } from '../../../../shared/contracts/backups.ts';
import { msOf } from '../../../../shared/kernel/days.ts';
import { useSession } from '../../api/session.tsx';
import { formatDay, formatInstant } from '../../ui/format.ts';
import { sizeText } from './sizeText.ts';

const missedShown = 6;

/** The newest backup that was proven, when the next one comes, and the days that have none. */
export function NewestBackup({ state }: { state: BackupsAnswer }) {
  const { t } = useTranslation();
  const { language } = useSession();
  const { newest, next, missed, folder } = state;
  const named = missed
    .slice(0, missedShown)
    .map((day) => formatDay(day, language))
    .join(language === 'en' ? ', ' : '、');
  const rest = missed.length > missedShown ? ` ${t('backups.missedMore', { count: missed.length })}` : '';
  return (
    <section className="tp-panel tp-backup-panel">
      <h2>{t('backups.newest')}</h2>
      <dl>
        {newest ? <NewestFacts newest={newest} /> : <Fact name={t('backups.finished')}>{t('backups.noNewest')}</Fact>}
        <Fact name={t('backups.next')}>
          {next.isDue ? t('backups.nextSoon') : t('backups.nextAt', { day: formatDay(next.day, language), at: next.at })}
        </Fact>
        <Fact name={t('backups.missed')}>
          <span className={missed.length > 0 ? 'tp-negative' : undefined}>
            {missed.length > 0 ? named + rest : t('backups.missedNone')}
          </span>
        </Fact>
        <Fact name={t('backups.folder')}>
          <code>{folder}</code>
        </Fact>
      </dl>
    </section>
  );
}

function NewestFacts({ newest }: { newest: BackupLine }) {
  const { t } = useTranslation();
  const { language, settings } = useSession();
  const took = useTook();
  return (
    <>
      <Fact name={t('backups.finished')}>
        {formatInstant(newest.finishedAt, language, settings.timeZone)} · {t(`backups.kinds.${newest.kind}`)}
      </Fact>
      <Fact name={t('backups.proven')}>{t('backups.provenYes')}</Fact>
      <Fact name={t('backups.size')}>{sizeText(newest.bytes ?? 0)}</Fact>
      <Fact name={t('backups.duration')}>{took(newest)}</Fact>
      <Fact name={t('backups.rows')}>{newest.rows}</Fact>
      <Fact name={t('backups.files')}>{newest.files}</Fact>
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** How long a backup took, in words. */
export function useTook(): (line: BackupLine) => string {
  const { t } = useTranslation();
  return ({ startedAt, finishedAt }) => {
    const seconds = Math.max(0, Math.round((msOf(finishedAt) - msOf(startedAt)) / 1000));
    if (seconds < 60) return t('backups.seconds', { count: seconds });
    return t('backups.minutes', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
  };
}
