import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CellRemark, ImportRowAnswer } from '../../../shared/exchange/importAnswers.ts';
import { useRefusalTexts } from '../documents/form/refusalText.ts';
import { useKindLabel } from './kindLabel.ts';

interface ProblemRowProps {
  row: ImportRowAnswer;
  type: string;
  decision: ReactNode;
}

/** A row of the file that is not simply taken: its verdict, what it is like, and which cells are wrong. */
export function ProblemRow({ row, type, decision }: ProblemRowProps) {
  const { t } = useTranslation();
  const kindLabel = useKindLabel();
  const { match } = row;
  return (
    <tr>
      <td>{row.row}</td>
      <td>{row.title}</td>
      <td>{kindLabel(row.kind)}</td>
      <td>
        {match?.row === undefined ? null : (
          <div>{t(match.likeness === 'exact' ? 'importing.sameRow' : 'importing.likeRow', { row: match.row })}</div>
        )}
        {match?.row === undefined && match?.title !== undefined ? (
          <div>
            {match.id === undefined ? null : <Link to={`/record/${type}/${match.id}`} target="_blank" aria-label={match.title} />}
            {t(match.likeness === 'exact' ? 'importing.isRecord' : 'importing.likeRecord', { title: match.title })}
          </div>
        ) : null}
        {row.problems.map((problem) => (
          <Remark key={`${problem.column}.${problem.code}`} remark={problem} isProblem />
        ))}
        {row.remarks.map((remark) => (
          <Remark key={`${remark.column}.${remark.code}`} remark={remark} />
        ))}
      </td>
      <td>{decision}</td>
    </tr>
  );
}

function Remark({ remark, isProblem }: { remark: CellRemark; isProblem?: boolean }) {
  const { t } = useTranslation();
  const refusalText = useRefusalTexts();
  return (
    <div className={isProblem ? 'tp-negative' : 'tp-faint'}>
      {remark.header ? `${remark.header}: ` : ''}
      {refusalText({ path: remark.target ?? '', code: remark.code, facts: remark.facts })}
      {remark.text ? ` ${t('importing.inCell', { text: remark.text })}` : ''}
    </div>
  );
}
