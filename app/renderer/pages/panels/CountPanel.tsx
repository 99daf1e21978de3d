import { FormOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { ListAnswer, ListQuery } from '../../../../shared/contracts/wire.ts';
import type { AnyRow } from '../../../../shared/kernel/definition.ts';
import { sumOf } from '../../../../shared/kernel/numbers.ts';
import { api } from '../../api/http.ts';
import { keys, recordPath } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import type { PanelProps } from '../../documents/form/panels.tsx';
import { formatMoney, formatQuantity } from '../../ui/format.ts';
import { StateTag } from '../../ui/StateTag.tsx';

/** How far a stock-take has come, who has counted, and what differs: as much of it as the person may know. */
export function CountPanel({ form }: PanelProps) {
  const { t } = useTranslation();
  const session = useSession();
  const navigate = useNavigate();
  const { answer } = form;
  if (!answer || answer.state === 'draft') return null;
  const lines = (answer.parts.lines ?? []) as AnyRow[];
  const counted = lines.filter((line) => typeof line.counted === 'number').length;
  const differing = lines.filter((line) => Number(line.difference ?? 0) !== 0);
  const seesBooks = lines.some((line) => 'difference' in line);
  const facts = [
    t('warehousing.count.round', { round: Number(answer.values.round ?? 1) }),
    t('warehousing.count.items', { count: lines.length }),
    t('warehousing.count.counted', { count: counted }),
    t('warehousing.count.missing', { count: lines.length - counted }),
    ...(seesBooks ? [t('warehousing.count.differences', { count: differing.length })] : []),
  ];
  return (
    <section className="tp-panel tp-fact">
      <h3>{t('warehousing.count.title')}</h3>
      <p>{facts.join(' · ')}</p>
      {answer.state === 'counting' && session.may('countSheet', 'create') ? (
        <Button size="small" icon={<FormOutlined />} onClick={() => void navigate(`/record/countSheet/new?with=count:${answer.id}`)}>
          {t('warehousing.count.enter')}
        </Button>
      ) : null}
      <Sheets count={answer.id} version={answer.version} />
      {seesBooks ? <Differences lines={differing} /> : <p className="tp-faint">{t('warehousing.count.notSeen')}</p>}
    </section>
  );
}

const sheetFields = ['number', 'counter', 'zone', 'state', 'round'];

function Sheets({ count, version }: { count: number; version: number }) {
  const { t } = useTranslation();
  const session = useSession();
  const query: ListQuery = { fields: sheetFields, filter: { field: 'count', is: 'equal', value: count }, limit: 50 };
  const { data } = useQuery({
    queryKey: [...keys.list('countSheet'), 'of', count, version],
    queryFn: ({ signal }) => api.post<ListAnswer>(`${recordPath('countSheet')}/list`, query, { signal }),
    enabled: session.may('countSheet', 'read'),
  });
  if (!data) return null;
  if (data.rows.length === 0) return <p className="tp-faint">{t('warehousing.count.noSheets')}</p>;
  return (
    <table>
      <thead>
        <tr>
          <th colSpan={2}>{t('warehousing.count.sheets')}</th>
        </tr>
      </thead>
      <tbody>
        {data.rows.map((row) => (
          <tr key={row.id}>
            <td>
              <Link to={`/record/countSheet/${row.id}`}>{String(row.values.number)}</Link>
              <div className="tp-faint">
                {[
                  data.titles.user?.[Number(row.values.counter)],
                  row.values.zone,
                  row.values.round === null ? '' : t('warehousing.count.round', { round: Number(row.values.round) }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </div>
            </td>
            <td className="is-number">
              <StateTag type="countSheet" state={row.state ?? ''} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const shownMax = 200;

function Differences({ lines }: { lines: readonly AnyRow[] }) {
  const { t } = useTranslation();
  const session = useSession();
  if (lines.length === 0) return <p className="tp-faint">{t('warehousing.count.none')}</p>;
  const worth = (sign: 1 | -1) => sumOf(lines.map((line) => Math.max(0, sign * Number(line.differenceCost ?? 0))));
  return (
    <>
      {session.hasRight('see.cost') ? (
        <dl>
          <dt>{t('warehousing.count.gain')}</dt>
          <dd className="tp-number">{formatMoney(worth(1), session.digits)}</dd>
          <dt>{t('warehousing.count.loss')}</dt>
          <dd className="tp-number tp-negative">{formatMoney(worth(-1), session.digits)}</dd>
        </dl>
      ) : null}
      <table>
        <thead>
          <tr>
            <th>{t('warehousing.count.differing')}</th>
            <th className="is-number">{session.fieldLabel('stockCount', 'lines.counted')}</th>
            <th className="is-number">{session.fieldLabel('stockCount', 'lines.difference')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.slice(0, shownMax).map((line) => (
            <tr key={line.id}>
              <td>{line.name}</td>
              <td className="is-number">{formatQuantity(Number(line.counted))}</td>
              <td className={Number(line.difference) < 0 ? 'is-number tp-negative' : 'is-number tp-positive'}>
                {Number(line.difference) > 0 ? '+' : ''}
                {formatQuantity(Number(line.difference))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
