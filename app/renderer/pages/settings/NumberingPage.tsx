import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NumberingAnswer } from '../../../../shared/contracts/trade.ts';
import { api, newKey } from '../../api/http.ts';
import { queryClient } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { useNotices } from '../../ui/notices.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { AdvanceDialog, RestoredAlert, useAdvance } from './AdvanceDialog.tsx';

const numberingKey = ['numbering'];

/** How each type is numbered, and what the next number would be. */
export function NumberingPage() {
  const { t } = useTranslation();
  const session = useSession();
  const notices = useNotices();
  const [changes, setChanges] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<unknown>(null);
  const answer = useQuery({ queryKey: numberingKey, queryFn: ({ signal }) => api.get<NumberingAnswer>('/api/numbering', { signal }) });
  const advance = useAdvance();
  const [isAdvancing, setAdvancing] = useState(false);
  const save = async () => {
    setProblem(null);
    try {
      const saved = await api.patch<NumberingAnswer>(
        '/api/numbering',
        { version: answer.data?.version, series: changes },
        { idempotencyKey: newKey() },
      );
      queryClient.setQueryData(numberingKey, saved);
      setChanges({});
      notices.done(t('general.saved'));
    } catch (thrown) {
      setProblem(thrown);
    }
  };
  return (
    <PageFrame
      title={t('settings.numbering')}
      loading={answer.isPending}
      problem={answer.error}
      actions={
        <>
          <Button disabled={!advance.data} onClick={() => setAdvancing(true)}>
            {t('numbering.open')}
          </Button>
          <Button type="primary" disabled={Object.keys(changes).length === 0} onClick={() => void save()}>
            {t('general.save')}
          </Button>
        </>
      }
    >
      {problem ? <ProblemAlert problem={problem} /> : null}
      {advance.data?.restore && advance.data.advancedAt === null ? <RestoredAlert restore={advance.data.restore} /> : null}
      {isAdvancing && advance.data ? (
        <AdvanceDialog
          answer={advance.data}
          onClose={(isDone) => {
            setAdvancing(false);
            if (isDone) void answer.refetch();
          }}
        />
      ) : null}
      <section className="tp-panel tp-form">
        <p className="tp-faint">{t('settings.numberingHelp')}</p>
        <table className="tp-plain">
          <thead>
            <tr>
              <th>{t('settings.type')}</th>
              <th>{t('settings.rule')}</th>
              <th>{t('settings.nextNumber')}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {(answer.data?.rows ?? []).map((row) => (
              <tr key={row.type}>
                <td>{session.typeLabel(row.type)}</td>
                <td>
                  <Input
                    aria-label={`${session.typeLabel(row.type)} ${t('settings.rule')}`}
                    value={changes[row.type] ?? row.series}
                    maxLength={60}
                    onChange={(event) => setChanges({ ...changes, [row.type]: event.target.value })}
                  />
                </td>
                <td className="tp-number">{row.type in changes ? '…' : row.next}</td>
                <td>
                  {(changes[row.type] ?? row.series) === row.standard ? null : (
                    <Button size="small" type="link" onClick={() => setChanges({ ...changes, [row.type]: row.standard })}>
                      {t('general.reset')}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </PageFrame>
  );
}
