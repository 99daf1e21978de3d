import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { DefinitionAnswer, RecordAnswer, Titles } from '../../../../shared/contracts/wire.ts';
import type { Value } from '../../../../shared/kernel/definition.ts';
import { mergeTitles, useRecord } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useFieldText } from '../../ui/FieldValue.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import '../form/form.css';
import { titleOf } from '../form/recordDoor.ts';
import { compareRecords, type PartComparison, type RowComparison } from './compareRecords.ts';

/** Two records of one type side by side: what was added, taken away and changed from the one to the other. */
export function ComparePage() {
  const { t } = useTranslation();
  const session = useSession();
  const { type = '', from = '', to = '' } = useParams();
  const definition = session.definitionOf(type);
  const before = useRecord(type, Number(from) || null);
  const after = useRecord(type, Number(to) || null);
  const problem = before.error ?? after.error;
  return (
    <PageFrame
      title={t('relations.compare', { type: session.typeLabel(type) })}
      onBack
      loading={!problem && (before.isPending || after.isPending)}
      problem={problem}
    >
      {definition && before.data && after.data ? <Differences definition={definition} before={before.data} after={after.data} /> : null}
    </PageFrame>
  );
}

interface DifferencesProps {
  definition: DefinitionAnswer;
  before: RecordAnswer;
  after: RecordAnswer;
}

function Differences({ definition, before, after }: DifferencesProps) {
  const { t } = useTranslation();
  const session = useSession();
  const comparison = compareRecords(definition, before, after);
  const titles = mergeTitles([before, after]);
  const show = useShow(definition.type, titles, { before, after });
  const isSame = comparison.head.length === 0 && Object.values(comparison.parts).every(({ rows }) => rows.every(isUnchanged));
  const side = (record: RecordAnswer) => (
    <>
      <Link to={`/record/${record.type}/${record.id}`}>{titleOf(session, record)}</Link>{' '}
      <StateTag type={record.type} state={record.state} />
    </>
  );
  return (
    <>
      <section className="tp-panel tp-group">
        <table className="tp-small-table tp-compare">
          <thead>
            <tr>
              <th>{t('relations.differing')}</th>
              <th>{side(before)}</th>
              <th>{side(after)}</th>
            </tr>
          </thead>
          <tbody>
            {comparison.head.map((one) => (
              <tr key={one.field}>
                <td>{session.fieldLabel(definition.type, one.field)}</td>
                <td className="tp-removed">{show(one.field, one.before, 'before')}</td>
                <td className="tp-added">{show(one.field, one.after, 'after')}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {isSame ? <EmptyState title={t('relations.noDifference')} /> : null}
      </section>
      {Object.entries(comparison.parts).map(([part, rows]) =>
        rows.rows.length === 0 ? null : <PartDifferences key={part} type={definition.type} part={part} rows={rows} show={show} />,
      )}
    </>
  );
}

type Side = 'before' | 'after';
type Show = (path: string, value: Value | undefined, side: Side) => string;

function useShow(type: string, titles: Titles, of: Record<Side, RecordAnswer>): Show {
  const session = useSession();
  const textOf = useFieldText();
  return (path, value, side) => {
    const field = session.fieldOf(type, path);
    const { currency } = of[side].values;
    const text = field ? textOf(type, path, field, value, { titles, currency: typeof currency === 'number' ? currency : null }) : '';
    return text || '—';
  };
}

const isUnchanged = (row: RowComparison): boolean => row.before !== null && row.after !== null && row.changed.size === 0;

function PartDifferences({ type, part, rows, show }: { type: string; part: string; rows: PartComparison; show: Show }) {
  const { t } = useTranslation();
  const session = useSession();
  return (
    <section className="tp-panel tp-group">
      <h2>{session.partLabel(type, part)}</h2>
      <table className="tp-small-table tp-compare">
        <thead>
          <tr>
            <th>{t('relations.deed')}</th>
            {rows.columns.map((name) => (
              <th key={name} className={isNumber(session, type, `${part}.${name}`) ? 'is-number' : undefined}>
                {session.fieldLabel(type, `${part}.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.rows.map((row) => (
            <tr key={`${row.before?.id ?? ''}:${row.after?.id ?? ''}`}>
              <td>{t(`relations.rowIs.${deedOf(row)}`)}</td>
              {rows.columns.map((name) => (
                <td key={name} className={isNumber(session, type, `${part}.${name}`) ? 'is-number' : undefined}>
                  <Cell row={row} name={name} path={`${part}.${name}`} show={show} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function deedOf(row: RowComparison): 'added' | 'removed' | 'changed' | 'same' {
  if (row.before === null) return 'added';
  if (row.after === null) return 'removed';
  return row.changed.size > 0 ? 'changed' : 'same';
}

function Cell({ row, name, path, show }: { row: RowComparison; name: string; path: string; show: Show }) {
  const { before, after, changed } = row;
  const old = before === null ? null : <span className="tp-removed">{show(path, before[name], 'before')}</span>;
  const fresh = after === null ? null : <span className="tp-added">{show(path, after[name], 'after')}</span>;
  if (before === null || after === null) return old ?? fresh;
  if (!changed.has(name)) return <>{show(path, after[name], 'after')}</>;
  return (
    <>
      {old} {fresh}
    </>
  );
}

const isNumber = (session: ReturnType<typeof useSession>, type: string, path: string): boolean =>
  ['money', 'quantity', 'price', 'rate', 'integer'].includes(session.fieldOf(type, path)?.kind ?? '');
