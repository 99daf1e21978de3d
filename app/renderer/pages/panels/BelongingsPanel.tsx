import { useQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Belonging, type BelongingsAnswer, isLeaving } from '../../../../shared/contracts/leaving.ts';
import { api } from '../../api/http.ts';
import { keys } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import type { PanelProps } from '../../documents/form/panels.tsx';
import { formatDay, formatMoney } from '../../ui/format.ts';
import { HandOverDialog } from '../people/HandOverDialog.tsx';

/** What a person answers for, each with its list: loud when they leave or have left, with the way to hand it over in one step. */
export function BelongingsPanel({ form }: PanelProps) {
  const { t } = useTranslation();
  const session = useSession();
  const { answer } = form;
  const [isOpen, setOpen] = useState(false);
  const { data } = useQuery({
    queryKey: [...keys.record('user', answer?.id ?? 0), 'belongings'],
    queryFn: ({ signal }) => api.get<BelongingsAnswer>(`/api/users/${answer?.id}/belongings`, { signal }),
    enabled: answer !== null,
    // The list is opened from here and comes back with less.
    staleTime: 0,
  });
  if (!answer || !data) return null;
  const leaves = isLeaving(answer.values);
  const isEmpty = data.rows.length + data.claims.length + data.shares + data.approvals === 0 && !data.advance;
  if (isEmpty) return leaves ? <Alert type="success" showIcon title={t('leaving.none')} /> : null;
  const hasLeft = answer.values.employment === 'left';
  const isSettled = data.rows.length + data.shares + data.approvals === 0;
  const loud = hasLeft
    ? t('leaving.titleLeft')
    : t('leaving.titleLeaving', { day: formatDay(String(answer.values.leftOn), session.language) });
  return (
    <>
      <Alert
        type={leaves ? 'warning' : 'info'}
        showIcon={leaves}
        title={leaves && !isSettled ? loud : t('leaving.title')}
        description={<Listed data={data} owner={answer.id} isQuiet={!leaves} />}
        action={
          leaves && !isSettled ? (
            <Button type="primary" onClick={() => setOpen(true)}>
              {t('leaving.handOver')}
            </Button>
          ) : null
        }
      />
      {isOpen ? (
        <HandOverDialog user={answer.id} name={String(answer.values.name)} rows={data.rows} onClose={() => setOpen(false)} />
      ) : null}
    </>
  );
}

function Listed({ data, owner, isQuiet }: { data: BelongingsAnswer; owner: number; isQuiet: boolean }) {
  const { t } = useTranslation();
  const session = useSession();
  const { rows, claims, shares, approvals, advance } = data;
  const loose = [
    shares > 0 ? t('leaving.shares', { count: shares }) : '',
    approvals > 0 ? t('leaving.approvals', { count: approvals }) : '',
    advance ? t('leaving.advance', { amount: formatMoney(advance, session.digits) }) : '',
  ].filter(Boolean);
  return (
    <>
      {rows.map((row) => (
        <Owned key={row.type} row={row} owner={owner} />
      ))}
      {loose.length > 0 ? <div>{loose.join(' · ')}</div> : null}
      {claims.length > 0 ? (
        <div>
          {t('leaving.claims')}{' '}
          {claims.map((row) => (
            <Owned key={row.type} row={row} owner={owner} />
          ))}
        </div>
      ) : null}
      {isQuiet ? <div className="tp-faint">{t('leaving.help')}</div> : null}
    </>
  );
}

function Owned({ row: { type, field, count, states }, owner }: { row: Belonging; owner: number }) {
  const session = useSession();
  const theirs = { field, is: 'equal', value: owner };
  const filter = states === null ? theirs : { all: [theirs, { field: 'state', is: 'in', value: states }] };
  return (
    <Link to={`/list/${type}?filter=${encodeURIComponent(JSON.stringify(filter))}`} style={{ marginInlineEnd: 16 }}>
      {session.typeLabel(type, 'many')} {count}
    </Link>
  );
}
