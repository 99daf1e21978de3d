import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Belonging } from '../../../../shared/contracts/signIns.ts';
import { api } from '../../api/http.ts';
import { keys } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import type { PanelProps } from '../../documents/form/panels.tsx';

/** What a person answers for, each with its list: loud when they have left, so that nothing stays with nobody. */
export function BelongingsPanel({ form }: PanelProps) {
  const { t } = useTranslation();
  const { answer } = form;
  const { data } = useQuery({
    queryKey: [...keys.record('user', answer?.id ?? 0), 'belongings'],
    queryFn: ({ signal }) => api.get<{ rows: Belonging[] }>(`/api/users/${answer?.id}/belongings`, { signal }),
    enabled: answer !== null,
    // The list is opened from here and comes back with less.
    staleTime: 0,
  });
  if (!answer || !data) return null;
  const hasLeft = answer.values.employment === 'left';
  if (data.rows.length === 0) return hasLeft ? <Alert type="success" showIcon title={t('safety.belongingsNone')} /> : null;
  return (
    <Alert
      type={hasLeft ? 'warning' : 'info'}
      showIcon={hasLeft}
      title={hasLeft ? t('safety.belongingsLeft') : t('safety.belongings')}
      description={
        <>
          {data.rows.map((row) => (
            <Owned key={row.type} row={row} owner={answer.id} />
          ))}
          {hasLeft ? null : <div className="tp-faint">{t('safety.belongingsHelp')}</div>}
        </>
      }
    />
  );
}

function Owned({ row: { type, count, states }, owner }: { row: Belonging; owner: number }) {
  const session = useSession();
  const theirs = { field: 'owner', is: 'equal', value: owner };
  const filter = states === null ? theirs : { all: [theirs, { field: 'state', is: 'in', value: states }] };
  return (
    <Link to={`/list/${type}?filter=${encodeURIComponent(JSON.stringify(filter))}`} style={{ marginInlineEnd: 16 }}>
      {session.typeLabel(type, 'many')} {count}
    </Link>
  );
}
