import { useInfiniteQuery } from '@tanstack/react-query';
import { DatePicker, Flex, Select } from 'antd';
import dayjs from 'dayjs';
import type { TFunction } from 'i18next';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { type AuditAnswer, type AuditDeed, type AuditLine, auditDeeds } from '../../../../shared/contracts/audit.ts';
import { wordOf } from '../../../../shared/language/labels.ts';
import type { UiWords } from '../../../../shared/language/ui/index.ts';
import { api } from '../../api/http.ts';
import { type Session, useSession } from '../../api/session.tsx';
import { deedLabel } from '../../documents/form/deedLabel.ts';
import { formatInstant } from '../../ui/format.ts';
import { LinkSelect } from '../../ui/LinkSelect.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { DataTable, type TableColumn } from '../../ui/table/DataTable.tsx';
import { useEndless } from '../../ui/useEndless.ts';

interface View {
  person: number | null;
  day: string | null;
  deed: AuditDeed | null;
}

/** Everything that was done in the company and everything that was refused, the newest first; a press opens the record. */
export function AuditPage() {
  const { t } = useTranslation();
  const session = useSession();
  const navigate = useNavigate();
  const [view, setView] = useState<View>({ person: null, day: null, deed: null });
  const change = (part: Partial<View>) => setView({ ...view, ...part });
  const trail = useTrail(view);
  const rows = useMemo(() => trail.data?.pages.flatMap((page) => page.rows) ?? [], [trail.data]);
  const columns = useMemo(() => columnsOf(session, t), [session, t]);
  const onEnd = useEndless(trail);
  const open = (row: AuditLine) => {
    if (row.title !== undefined && row.record !== null) void navigate(`/record/${row.type}/${row.record}`);
  };
  return (
    <PageFrame fill title={t('audit.title')} problem={trail.error} onRetry={() => void trail.refetch()}>
      <p className="tp-faint">{t('audit.help')}</p>
      <Flex gap={8} wrap="wrap" align="center" className="tp-filters">
        <div style={{ width: 180 }}>
          <LinkSelect
            to="user"
            allowClear
            label={t('audit.who')}
            placeholder={t('audit.allPeople')}
            value={view.person}
            onChange={(person) => change({ person })}
          />
        </div>
        <DatePicker
          aria-label={t('audit.anyDay')}
          placeholder={t('audit.anyDay')}
          value={view.day === null ? null : dayjs(view.day)}
          onChange={(day) => change({ day: day ? day.format('YYYY-MM-DD') : null })}
          style={{ width: 160 }}
        />
        <Select<AuditDeed>
          allowClear
          aria-label={t('audit.what')}
          placeholder={t('audit.allDeeds')}
          value={view.deed ?? undefined}
          options={auditDeeds.map((deed) => ({ value: deed, label: t(`audit.deeds.${deed}`) }))}
          onChange={(deed) => change({ deed: deed ?? null })}
          style={{ width: 180 }}
        />
      </Flex>
      <DataTable
        label={t('audit.title')}
        columns={columns}
        rows={rows}
        idOf={(row) => row.seq}
        onOpen={open}
        onEnd={onEnd}
        isLoading={trail.isPending || trail.isFetchingNextPage}
        empty={t('audit.none')}
      />
    </PageFrame>
  );
}

function useTrail(view: View) {
  return useInfiniteQuery({
    queryKey: ['audit', view],
    queryFn: ({ pageParam, signal }) => {
      const asked = Object.entries({ ...view, after: pageParam }).filter(([, value]) => value !== null);
      return api.get<AuditAnswer>(`/api/audit?${new URLSearchParams(asked.map(([name, value]) => [name, String(value)]))}`, { signal });
    },
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  });
}

function columnsOf(session: Session, t: TFunction): TableColumn<AuditLine>[] {
  const subjects = t('audit.subjects', { returnObjects: true }) as Record<string, string>;
  const nameOf = (type: string) => subjects[type] ?? session.typeLabel(type);
  return [
    {
      key: 'at',
      title: t('general.time'),
      widthPx: 136,
      render: (row) => formatInstant(row.at, session.language, session.settings.timeZone),
    },
    { key: 'who', title: t('audit.who'), widthPx: 96, render: (row) => row.actorName ?? whoElse(row, t) },
    {
      key: 'what',
      title: t('audit.what'),
      widthPx: 130,
      render: (row) =>
        row.refusal ? (
          <span className="tp-state tp-state-waiting">{t('audit.deeds.refused')}</span>
        ) : (
          deedLabel(session, t, row.type, row.action)
        ),
    },
    {
      key: 'about',
      title: t('audit.about'),
      widthPx: 190,
      render: (row) => [nameOf(row.type), row.title ?? (row.record === null ? '' : `#${row.record}`)].filter(Boolean).join(' '),
    },
    {
      key: 'detail',
      title: t('audit.detail'),
      widthPx: 260,
      grows: true,
      render: (row) => <Detail text={reasonText(row, session, t)} />,
    },
    { key: 'place', title: t('audit.place'), widthPx: 150, render: (row) => [row.address, row.device].filter(Boolean).join(' · ') },
  ];
}

/** Too long for its column more often than not: the rest is read by pointing at it. */
const Detail = ({ text }: { text: string }) => <span title={text}>{text}</span>;

/** A line under no name: the program at work, or somebody who was turned away at the door. */
const whoElse = (row: AuditLine, t: TFunction): string => (row.refusal ? t('audit.nobody') : row.actor === 0 ? t('audit.program') : '');

function reasonText({ refusal }: AuditLine, session: Session, t: TFunction): string {
  if (!refusal) return '';
  const wanted = refusal.wanted === undefined ? null : wordOf({ ...session.words.operations, ...session.words.rights }, refusal.wanted);
  const more = refusal.count === undefined ? null : t('audit.more', { count: refusal.count });
  return [t(`audit.reasons.${reasonOf(refusal.code)}`), wanted, more, refusal.route].filter(Boolean).join(' · ');
}

function reasonOf(code: string): keyof UiWords['audit']['reasons'] {
  if (code === 'access.badPassword' || code === 'password.wrong' || /^(setup|captcha|secondStep)\./.test(code)) return 'signIn';
  if (code === 'access.throttled' || code === 'access.locked') return 'throttled';
  if (code === 'access.signedOut') return 'signedOut';
  if (code === 'access.badHost' || code === 'access.badOrigin') return 'stranger';
  if (/^access\.(device|proveAgain|otherDevice)/.test(code)) return 'device';
  if (/^(access|token)\./.test(code)) return 'denied';
  if (code === 'record.notFound' || code === 'flow.noWay') return 'record';
  if (/^(step|opening)\.|^record\.locked$/.test(code)) return 'step';
  if (/^(price|credit)\./.test(code)) return 'limit';
  return /^(file|workbook)\./.test(code) ? 'file' : 'malformed';
}
