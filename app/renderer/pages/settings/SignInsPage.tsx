import { DownloadOutlined } from '@ant-design/icons';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, DatePicker, Flex, Input, Select } from 'antd';
import dayjs from 'dayjs';
import type { TFunction } from 'i18next';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { browserOf } from '../../../../shared/contracts/browserOf.ts';
import { type SignInLine, type SignInResult, type SignInsAnswer, signInResults } from '../../../../shared/contracts/signIns.ts';
import { msOf } from '../../../../shared/kernel/days.ts';
import { api } from '../../api/http.ts';
import { type Session, useSession } from '../../api/session.tsx';
import { formatInstant } from '../../ui/format.ts';
import { LinkFilter } from '../../ui/LinkFilter.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { DataTable, type TableColumn } from '../../ui/table/DataTable.tsx';
import { useDownload } from '../../ui/useDownload.ts';
import { useEndless } from '../../ui/useEndless.ts';
import { useTyped } from '../../ui/useTyped.ts';

interface View {
  user: number | null;
  address: string;
  result: SignInResult | null;
  span: [string, string] | null;
}

/** Who came in, who was turned away and why, and when they left. */
export function SignInsPage() {
  const { t } = useTranslation();
  const session = useSession();
  const mayAll = session.hasRight('sessions.manage');
  const [view, setView] = useState<View>({ user: null, address: '', result: null, span: null });
  const asked = askedOf(view);
  const history = useInfiniteQuery({
    queryKey: ['signIns', asked.toString()],
    queryFn: ({ pageParam, signal }) =>
      api.get<SignInsAnswer>(`/api/sign-ins?${asked}${pageParam === null ? '' : `&after=${pageParam}`}`, { signal }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  });
  const rows = useMemo(() => history.data?.pages.flatMap((page) => page.rows) ?? [], [history.data]);
  const columns = useMemo(() => columnsOf(session, t), [session, t]);
  const onEnd = useEndless(history);
  const fetchFile = useDownload();
  return (
    <PageFrame
      fill
      title={t('settings.signIns')}
      problem={history.error}
      onRetry={() => void history.refetch()}
      actions={
        mayAll ? (
          <Button
            icon={<DownloadOutlined />}
            disabled={rows.length === 0}
            onClick={() => void fetchFile(`/api/sign-ins/workbook?${asked}&language=${session.language}`, `${t('settings.signIns')}.xlsx`)}
          >
            {t('safety.exportExcel')}
          </Button>
        ) : null
      }
    >
      <Filters view={view} mayAll={mayAll} onChange={(part) => setView((before) => ({ ...before, ...part }))} />
      <DataTable
        label={t('settings.signIns')}
        columns={columns}
        rows={rows}
        idOf={(row) => row.id}
        onEnd={onEnd}
        isLoading={history.isPending || history.isFetchingNextPage}
        empty={t('list.noMatches')}
      />
    </PageFrame>
  );
}

function askedOf({ user, address, result, span }: View): URLSearchParams {
  const beginning = address.trim();
  return new URLSearchParams({
    ...(user === null ? {} : { user: String(user) }),
    ...(/^[\da-f.:]{1,45}$/i.test(beginning) ? { address: beginning } : {}),
    ...(result === null ? {} : { result }),
    ...(span === null ? {} : { from: span[0], to: span[1] }),
  });
}

function Filters({ view, mayAll, onChange }: { view: View; mayAll: boolean; onChange: (part: Partial<View>) => void }) {
  const { t } = useTranslation();
  const search = useCallback((address: string) => onChange({ address }), [onChange]);
  const typed = useTyped(view.address, search);
  return (
    <Flex gap={8} wrap="wrap" align="center" className="tp-filters">
      {mayAll ? (
        <LinkFilter to="user" placeholder={t('audit.allPeople')} width={170} value={view.user} onChange={(user) => onChange({ user })} />
      ) : null}
      <Select<SignInResult>
        allowClear
        aria-label={t('settings.result')}
        placeholder={t('safety.anyResult')}
        value={view.result ?? undefined}
        options={signInResults.map((result) => ({ value: result, label: t(`settings.results.${result}`) }))}
        onChange={(result) => onChange({ result: result ?? null })}
        style={{ width: 150 }}
      />
      <Input allowClear aria-label={t('settings.address')} placeholder={t('safety.addressHint')} style={{ width: 190 }} {...typed} />
      <DatePicker.RangePicker
        aria-label={t('general.time')}
        placeholder={[t('safety.everyDay'), t('safety.everyDay')]}
        style={{ width: 250 }}
        value={view.span === null ? null : [dayjs(view.span[0]), dayjs(view.span[1])]}
        onChange={(days) => onChange({ span: days?.[0] && days[1] ? [days[0].format('YYYY-MM-DD'), days[1].format('YYYY-MM-DD')] : null })}
      />
    </Flex>
  );
}

function columnsOf(session: Session, t: TFunction): TableColumn<SignInLine>[] {
  const at = (instant: string | null) => (instant === null ? '' : formatInstant(instant, session.language, session.settings.timeZone));
  return [
    { key: 'at', title: t('general.time'), widthPx: 132, render: (row) => at(row.at) },
    {
      key: 'login',
      title: t('general.user'),
      widthPx: 104,
      render: (row) => <span title={row.login}>{row.userName ?? row.login}</span>,
    },
    {
      key: 'result',
      title: t('settings.result'),
      widthPx: 150,
      render: (row) => (
        <span className={`tp-state ${row.result === 'signedIn' ? 'tp-state-done' : 'tp-state-waiting'}`}>{resultOf(row, t)}</span>
      ),
    },
    { key: 'address', title: t('settings.address'), widthPx: 120, render: (row) => row.address },
    {
      key: 'device',
      title: t('settings.device'),
      widthPx: 140,
      grows: true,
      render: (row) => <span title={row.userAgent ?? ''}>{[row.device, browserOf(row.userAgent)].filter(Boolean).join(' · ')}</span>,
    },
    {
      key: 'endedAt',
      title: t('settings.leftAt'),
      widthPx: 132,
      render: (row) => (row.isOpen ? <span className="tp-state tp-state-active">{t('safety.now')}</span> : at(row.endedAt)),
    },
    { key: 'lasted', title: t('safety.lasted'), widthPx: 84, render: (row) => lasted(row, t) },
    {
      key: 'endReason',
      title: t('settings.leftBy'),
      widthPx: 140,
      render: (row) => <span title={howEnded(row, t)}>{howEnded(row, t)}</span>,
    },
  ];
}

function resultOf({ result, viewer }: SignInLine, t: TFunction): string {
  const how = t(`settings.results.${result}`);
  return viewer === null ? how : t('safety.by', { how, who: viewer });
}

function lasted({ at, endedAt }: SignInLine, t: TFunction): string {
  if (endedAt === null) return '';
  const all = Math.max(0, Math.round((msOf(endedAt) - msOf(at)) / 60_000));
  const [hours, minutes] = [Math.floor(all / 60), all % 60];
  return hours === 0 ? t('safety.minutesOnly', { minutes }) : t('safety.hours', { hours, minutes });
}

function howEnded({ endReason, endedBy }: SignInLine, t: TFunction): string {
  if (endReason === null) return '';
  const how = t(`settings.ends.${endReason}`);
  return endedBy === null ? how : t('safety.by', { how, who: endedBy });
}
