import { Button, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AdvanceProposal, advanceMax } from '../../../shared/contracts/numbering.ts';
import { typeName } from '../../../shared/language/labels.ts';
import { useLanguage } from '../api/i18n.ts';
import { byUntil, numberAfter } from './advance.ts';

interface Advancing {
  readonly rows: readonly AdvanceProposal[];
  /** How many numbers are left out, by type. */
  readonly by: Readonly<Record<string, number>>;
  readonly onChange: (by: Record<string, number>) => void;
}

/** How far each series moves on: by so many numbers, or to the last one that stands on a paper. */
export function AdvanceTable({ rows, by, onChange }: Advancing) {
  const { t } = useTranslation();
  const { words } = useLanguage();
  const [hasAll, setAll] = useState(false);
  // Types nobody used lately would bury those that matter.
  const [used] = useState(() => new Set(rows.filter((row) => row.by > 0 || (by[row.type] ?? 0) > 0).map(({ type }) => type)));
  const shown = rows.filter(({ type }) => hasAll || used.size === 0 || used.has(type) || (by[type] ?? 0) > 0);
  return (
    <>
      <p className="tp-faint">{t('numbering.paperHelp')}</p>
      <div className="tp-advance">
        <table className="tp-plain">
          <thead className="tp-advance-head">
            <tr>
              {(['type', 'next', 'paper', 'by', 'after'] as const).map((name) => (
                <th key={name}>{t(`numbering.${name}`)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <AdvanceRow
                key={row.type}
                row={row}
                name={typeName(words, row.type)}
                by={by[row.type] ?? 0}
                onChange={(count) => onChange({ ...by, [row.type]: count })}
              />
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < rows.length ? (
        <Button type="link" size="small" onClick={() => setAll(true)}>
          {t('numbering.showAll')}
        </Button>
      ) : null}
    </>
  );
}

function AdvanceRow({ row, name, by, onChange }: { row: AdvanceProposal; name: string; by: number; onChange: (by: number) => void }) {
  const { t } = useTranslation();
  const [paper, setPaper] = useState('');
  const read = (typed: string) => {
    setPaper(typed);
    const count = byUntil(row, typed);
    if (count !== null) onChange(count);
  };
  return (
    <tr>
      <td>{name}</td>
      <td className="tp-number">{numberAfter(row, 0)}</td>
      <td>
        <Input
          size="small"
          aria-label={`${name} ${t('numbering.paper')}`}
          placeholder={'28'.padStart(row.next.digits, '0')}
          value={paper}
          status={paper.trim() !== '' && byUntil(row, paper) === null ? 'error' : ''}
          maxLength={60}
          onChange={({ target }) => read(target.value)}
        />
      </td>
      <td>
        <InputNumber
          size="small"
          aria-label={`${name} ${t('numbering.by')}`}
          min={0}
          max={advanceMax}
          precision={0}
          value={by}
          onChange={(count) => {
            setPaper('');
            onChange(count ?? 0);
          }}
        />
      </td>
      <td className="tp-number">{numberAfter(row, by)}</td>
    </tr>
  );
}
