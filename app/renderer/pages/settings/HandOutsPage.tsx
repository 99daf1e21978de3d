import { DownloadOutlined } from '@ant-design/icons';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, DatePicker, Flex, Select } from 'antd';
import dayjs from 'dayjs';
import type { TFunction } from 'i18next';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type HandOutKind, type HandOutLine, type HandOutsAnswer, handOutKinds } from '../../../../shared/contracts/handOuts.ts';
import { api } from '../../api/http.ts';
import { type Session, useSession } from '../../api/session.tsx';
import { formatInstant } from '../../ui/format.ts';
import { LinkFilter } from '../../ui/LinkFilter.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { DataTable, type TableColumn } from '../../ui/table/DataTable.tsx';
import { useDownload } from '../../ui/useDownload.ts';
import { useEndless } from '../../ui/useEndless.ts';

interface View {
  person: number | null;
  kind: HandOutKind | null;
  span: [string, string] | null;
}

/** What left the house as a file or on paper, and who took it out. */
export function HandOutsPage() {
  const { t } = useTranslation();
  const session = useSession();
  const [view, setView] = useState<View>({ person: null, kind: null, span: null });
  const asked = new URLSearchParams({
    ...(view.person === null ? {} : { person: String(view.person) }),
    ...(view.kind === null ? {} : { kind: view.kind }),
    ...(view.span === null ? {} : { from: view.span[0], to: view.span[1] }),
  });
  const answer = useInfiniteQuery({
    queryKey: ['handOuts', asked.toString()],
    queryFn: ({ pageParam, signal }) =>
      api.get<HandOutsAnswer>(`/api/hand-outs?${asked}${pageParam === null ? '' : `&after=${pageParam}`}`, { signal }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  });
  const rows = useMemo(() => answer.data?.pages.flatMap((page) => page.rows) ?? [], [answer.data]);
  const columns = useMemo(() => columnsOf(session, t), [session, t]);
  const onEnd = useEndless(answer);
  const fetchFile = useDownload();
  const title = t('people.handOuts');
  const change = (part: Partial<View>) => setView({ ...view, ...part });
  return (
    <PageFrame
      fill
      title={title}
      problem={answer.error}
      onRetry={() => void answer.refetch()}
      actions={
        <Button
          icon={<DownloadOutlined />}
          disabled={rows.length === 0}
          onClick={() => void fetchFile(`/api/hand-outs/workbook?${asked}&language=${session.language}`, `${title}.xlsx`)}
        >
          {t('safety.exportExcel')}
        </Button>
      }
    >
      <p className="tp-faint tp-note">{t('people.handOutsHelp')}</p>
      <Flex gap={8} wrap="wrap" align="center" className="tp-filters">
        <LinkFilter
          to="user"
          placeholder={t('audit.allPeople')}
          width={170}
          value={view.person}
          onChange={(person) => change({ person })}
        />
        <Select<HandOutKind>
          allowClear
          aria-label={title}
          placeholder={t('people.allKinds')}
          value={view.kind ?? undefined}
          options={handOutKinds.map((kind) => ({ value: kind, label: t(`audit.deeds.${kind}`) }))}
          onChange={(kind) => change({ kind: kind ?? null })}
          style={{ width: 180 }}
        />
        <DatePicker.RangePicker
          aria-label={t('general.time')}
          placeholder={[t('safety.everyDay'), t('safety.everyDay')]}
          style={{ width: 250 }}
          value={view.span === null ? null : [dayjs(view.span[0]), dayjs(view.span[1])]}
          onChange={(days) => change({ span: days?.[0] && days[1] ? [days[0].format('YYYY-MM-DD'), days[1].format('YYYY-MM-DD')] : null })}
        />
      </Flex>
      <DataTable
        label={title}
        columns={columns}
        rows={rows}
        idOf={(row) => row.seq}
        onEnd={onEnd}
        isLoading={answer.isPending || answer.isFetchingNextPage}
        empty={t('list.noMatches')}
      />
    </PageFrame>
  );
}

function columnsOf(session: Session, t: TFunction): TableColumn<HandOutLine>[] {
  const subjects = t('audit.subjects', { returnObjects: true }) as Record<string, string>;
  const names: Record<string, string> = {
    ...(t('reports.names', { returnObjects: true }) as Record<string, string>),
    ...(t('people.handOutOf', { returnObjects: true }) as Record<string, string>),
  };
  const type = (of: string) => subjects[of] ?? session.typeLabel(of);
  return [
    {
      key: 'at',
      title: t('general.time'),
      widthPx: 132,
      render: (row) => formatInstant(row.at, session.language, session.settings.timeZone),
    },
    { key: 'who', title: t('general.user'), widthPx: 110, render: (row) => row.actorName },
    { key: 'kind', title: t('audit.what'), widthPx: 80, render: (row) => t(`audit.deeds.${row.kind}`) },
    {
      key: 'what',
      title: t('people.what'),
      widthPx: 220,
      grows: true,
      render: (row) => [type(row.type), row.title, row.of && (names[row.of] ?? row.of)].filter(Boolean).join(' · '),
    },
    { key: 'rows', title: t('people.rows'), widthPx: 70, render: (row) => row.rows },
    { key: 'format', title: t('people.format'), widthPx: 70, render: (row) => row.format },
    { key: 'address', title: t('settings.address'), widthPx: 120, render: (row) => row.address },
    { key: 'device', title: t('settings.device'), widthPx: 140, render: (row) => row.device },
  ];
}
