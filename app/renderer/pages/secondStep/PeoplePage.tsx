import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SecondStepLine } from '../../../../shared/contracts/secondStep.ts';
import { api } from '../../api/http.ts';
import { queryClient } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { formatInstant } from '../../ui/format.ts';
import { useNotices } from '../../ui/notices.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { DataTable, type TableColumn } from '../../ui/table/DataTable.tsx';

const peopleKey = ['secondSteps'];

/** Who has a second step and who still has to set one up; for somebody who has lost theirs it is reset here. */
export function SecondStepPeoplePage() {
  const { t } = useTranslation();
  const session = useSession();
  const notices = useNotices();
  const answer = useQuery({
    queryKey: peopleKey,
    queryFn: ({ signal }) => api.get<{ rows: SecondStepLine[] }>('/api/second-steps', { signal }),
  });
  const reset = async ({ user, name }: SecondStepLine) => {
    const question = { title: t('secondStep.resetAsk', { name }), text: t('secondStep.resetText', { name }), ok: t('secondStep.reset') };
    if (!(await notices.ask({ ...question, danger: true }))) return;
    try {
      await api.del(`/api/second-steps/${user}`);
      notices.done(t('secondStep.resetDone', { name }));
    } catch (thrown) {
      notices.failed(thrown);
    }
    await queryClient.invalidateQueries({ queryKey: peopleKey });
  };
  const columns: TableColumn<SecondStepLine>[] = [
    { key: 'name', title: t('general.user'), widthPx: 140, render: (row) => row.name },
    { key: 'login', title: t('gate.login'), widthPx: 140, render: (row) => row.login },
    { key: 'way', title: t('secondStep.way'), widthPx: 220, grows: true, render: (row) => <Ways line={row} /> },
    {
      key: 'since',
      title: t('secondStep.addedAt'),
      widthPx: 140,
      render: (row) => (row.codeSince ? formatInstant(row.codeSince, session.language, session.settings.timeZone) : null),
    },
    {
      key: 'recovery',
      title: t('secondStep.recovery'),
      widthPx: 120,
      render: (row) => (hasOne(row) ? t('secondStep.recoveryLeft', { count: row.recoveryLeft }) : null),
    },
    { key: 'required', title: t('secondStep.demanded'), widthPx: 90, render: (row) => (row.isRequired ? '✓' : null) },
    {
      key: 'reset',
      title: '',
      widthPx: 90,
      render: (row) =>
        hasOne(row) ? (
          <Button size="small" type="link" danger onClick={() => void reset(row)}>
            {t('secondStep.reset')}
          </Button>
        ) : null,
    },
  ];
  return (
    <PageFrame fill title={t('secondStep.people')} problem={answer.error} onRetry={() => void answer.refetch()}>
      <p className="tp-faint tp-note">{t('secondStep.peopleHelp')}</p>
      <DataTable
        label={t('secondStep.people')}
        columns={columns}
        rows={answer.data?.rows ?? []}
        idOf={(row) => row.user}
        isLoading={answer.isPending}
        empty={t('general.none')}
      />
    </PageFrame>
  );
}

const hasOne = (line: SecondStepLine): boolean => line.codeSince !== null || line.keys > 0;

function Ways({ line }: { line: SecondStepLine }) {
  const { t } = useTranslation();
  if (line.isSealedElsewhere) return <span className="tp-state tp-state-waiting">{t('secondStep.sealedShort')}</span>;
  if (!hasOne(line))
    return line.isRequired ? (
      <span className="tp-state tp-state-waiting">{t('secondStep.missing')}</span>
    ) : (
      <span className="tp-faint">{t('secondStep.none')}</span>
    );
  const ways = [line.codeSince ? t('secondStep.appShort') : null, line.keys > 0 ? t('secondStep.keyCount', { count: line.keys }) : null];
  return <span>{ways.filter(Boolean).join(' · ')}</span>;
}
