import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Select, Timeline } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ownPast, type TimelineAnswer, type TimelineRow } from '../../../../shared/contracts/relations.ts';
import type { Titles } from '../../../../shared/contracts/wire.ts';
import { useCurrencies } from '../../api/currencies.ts';
import { api } from '../../api/http.ts';
import { mergeTitles } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { deedLabel } from '../../documents/form/deedLabel.ts';
import type { PanelProps } from '../../documents/form/panels.tsx';
import { useFieldText } from '../../ui/FieldValue.tsx';
import { formatInstant, formatMoney } from '../../ui/format.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import './relations.css';

/** Everything that happened with a record and what is linked to it, in one list; it can be narrowed to some kinds. */
export function TimelinePanel({ form }: PanelProps) {
  const { t } = useTranslation();
  const { answer } = form;
  const [kinds, setKinds] = useState<string[]>([]);
  const kindLabel = useKindLabel();
  const asked = kinds.length > 0 ? `&kinds=${kinds.join(',')}` : '';
  const past = useInfiniteQuery({
    queryKey: ['record', answer?.type, answer?.id, 'timeline', answer?.version, asked],
    queryFn: ({ pageParam, signal }) =>
      api.get<TimelineAnswer>(
        `/api/timeline/${answer?.type}/${answer?.id}?limit=40${asked}${pageParam === null ? '' : `&after=${pageParam}`}`,
        { signal },
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
    enabled: answer !== null,
    staleTime: 0,
  });
  const pages = past.data?.pages ?? [];
  const titles = mergeTitles(pages);
  const rows = pages.flatMap((page) => page.rows);
  return (
    <div className="tp-panel tp-group tp-history">
      {past.error ? <ProblemAlert problem={past.error} /> : null}
      <Select
        mode="multiple"
        allowClear
        className="tp-timeline-kinds"
        maxTagCount="responsive"
        aria-label={t('relations.kinds')}
        placeholder={t('relations.allKinds')}
        value={kinds}
        options={(pages[0]?.kinds ?? []).map((kind) => ({ value: kind, label: kindLabel(kind) }))}
        optionFilterProp="label"
        onChange={setKinds}
      />
      {rows.length === 0 && !past.isFetching ? <p className="tp-faint">{t('relations.nothingYet')}</p> : null}
      <Timeline items={rows.map((row) => ({ key: row.seq, content: <Entry row={row} titles={titles} /> }))} />
      {past.hasNextPage ? (
        <Button size="small" loading={past.isFetchingNextPage} onClick={() => void past.fetchNextPage()}>
          {t('relations.earlier')}
        </Button>
      ) : null}
    </div>
  );
}

type OwnPast = (typeof ownPast)[number];
const isOwnPast = (kind: string): kind is OwnPast => (ownPast as readonly string[]).includes(kind);

function useKindLabel(): (kind: string) => string {
  const { t } = useTranslation();
  const session = useSession();
  return (kind) => (isOwnPast(kind) ? t(`relations.past.${kind}`) : session.typeLabel(kind));
}

function Entry({ row, titles }: { row: TimelineRow; titles: Titles }) {
  const { t } = useTranslation();
  const session = useSession();
  const currencies = useCurrencies();
  const isLinked = !isOwnPast(row.kind) || (row.kind === 'files' && row.title !== '');
  const currency = currencies.of(row.currency);
  return (
    <>
      <span className="tp-faint">{formatInstant(row.at, session.language, session.settings.timeZone)}</span> {session.typeLabel(row.type)}{' '}
      {isLinked ? <Link to={`/record/${row.type}/${row.id}`}>{row.title}</Link> : null}{' '}
      <strong>{deedLabel(session, t, row.type, row.action)}</strong>
      {row.file ? ` ${row.file}` : ''}
      {row.amount === undefined ? null : (
        <span className="tp-number">
          {' '}
          {currency.code} {formatMoney(row.amount, currency.digits)}
        </span>
      )}{' '}
      {row.state ? <StateTag type={row.type} state={row.state} /> : null}{' '}
      <span className="tp-faint">{row.byName ?? t('relations.program')}</span>
      {row.reason ? <div>{row.reason}</div> : null}
      {row.changes.length === 0 ? null : (
        <dl>
          {row.changes.map((change) => (
            <Change key={change.path} type={row.type} change={change} titles={titles} />
          ))}
        </dl>
      )}
    </>
  );
}

function Change({ type, change, titles }: { type: string; change: TimelineRow['changes'][number]; titles: Titles }) {
  const session = useSession();
  const textOf = useFieldText();
  const path = change.path.replace(/\.\d+\./, '.');
  const field = session.fieldOf(type, path);
  if (!field || field.hidden) return null;
  const show = (value: TimelineRow['changes'][number]['before']) => textOf(type, path, field, value, { titles }) || '—';
  return (
    <>
      <dt>{session.fieldLabel(type, path)}</dt>
      <dd className="tp-change">
        <span className="tp-removed">{show(change.before)}</span> → <span className="tp-added">{show(change.after)}</span>
      </dd>
    </>
  );
}
