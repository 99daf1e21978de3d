import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Button, Flex, Input } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SecondStepLine, SecondStepsAnswer } from '../../../../shared/contracts/secondStep.ts';
import { api } from '../../api/http.ts';
import { queryClient } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { formatInstant } from '../../ui/format.ts';
import { useNotices } from '../../ui/notices.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { DataTable, type TableColumn } from '../../ui/table/DataTable.tsx';
import { useEndless } from '../../ui/useEndless.ts';
import { useTyped } from '../../ui/useTyped.ts';

const peopleKey = ['secondSteps'];

/** Who has a second step and who still has to set one up; for somebody who has lost theirs it is reset here. */
export function SecondStepPeoplePage() {
  const { t } = useTranslation();
  const session = useSession();
  const notices = useNotices();
  const [sought, setSought] = useState('');
  const typed = useTyped(sought, setSought);
  const asked = new URLSearchParams(sought.trim() ? { text: sought.trim() } : {}).toString();
  const answer = useInfiniteQuery({
    queryKey: [...peopleKey, asked],
    queryFn: ({ pageParam, signal }) =>
      api.get<SecondStepsAnswer>(`/api/second-steps?${asked}${pageParam === null ? '' : `&after=${pageParam}`}`, { signal }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => answer.data?.pages.flatMap((page) => page.rows) ?? [], [answer.data]);
  const onEnd = useEndless(answer);
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
      <Flex gap={8} wrap="wrap" align="center" className="tp-filters">
        <Input
          allowClear
          aria-label={t('secondStep.searchPeople')}
          placeholder={t('secondStep.searchPeople')}
          style={{ width: 260 }}
          {...typed}
        />
      </Flex>
      <DataTable
        label={t('secondStep.people')}
        columns={columns}
        rows={rows}
        idOf={(row) => row.user}
        onEnd={onEnd}
        isLoading={answer.isPending || answer.isFetchingNextPage}
        empty={t('list.noMatches')}
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
