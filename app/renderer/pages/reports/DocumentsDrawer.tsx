import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DrillQuestion, DrillRow, ReportInfo } from '../../../../shared/contracts/reports.ts';
import { useSession } from '../../api/session.tsx';
import { formatDay } from '../../ui/format.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { DataTable, type TableColumn } from '../../ui/table/DataTable.tsx';
import { useEndless } from '../../ui/useEndless.ts';
import { useFigureText } from './figureText.ts';
import { useDocumentsBehind, useReportWords } from './reportAnswers.ts';

/** A figure somebody asks about, and what its row and column are called. */
export interface Behind {
  question: DrillQuestion;
  about: string[];
}

type Row = DrillRow & { at: number };

/** The documents a figure is made of, each with its part of it. */
export function DocumentsDrawer({ report, behind, onClose }: { report: ReportInfo; behind: Behind; onClose: () => void }) {
  const { question, about } = behind;
  const { t } = useTranslation();
  const session = useSession();
  const words = useReportWords();
  const text = useFigureText();
  const answer = useDocumentsBehind(report.name, question);
  const measure = words.measure(question.measure);
  const kind = report.measures[question.measure]?.kind ?? 'count';
  const onEnd = useEndless(answer);
  const rows = (answer.data?.pages.flatMap((page) => page.rows) ?? []).map((row, at): Row => ({ ...row, at }));
  const total = answer.data?.pages[0]?.total;
  const figure = (value: number) => <span className={value < 0 ? 'tp-number tp-negative' : 'tp-number'}>{text(kind, value)}</span>;
  const columns: TableColumn<Row>[] = [
    { key: 'day', title: t('general.day'), widthPx: 110, foot: t('general.total'), render: (row) => formatDay(row.day, session.language) },
    {
      key: 'document',
      title: t('reports.document'),
      widthPx: 200,
      render: (row) =>
        row.number === undefined ? (
          <span className="tp-faint">{session.typeLabel(row.type)}</span>
        ) : (
          <Link to={`/record/${row.type}/${row.id}`}>
            {session.typeLabel(row.type)} {row.number}
          </Link>
        ),
    },
    { key: 'party', title: t('reports.party'), widthPx: 170, grows: true, render: (row) => <span title={row.party}>{row.party}</span> },
    {
      key: 'figure',
      title: measure,
      widthPx: 130,
      align: 'end',
      foot: total === undefined ? null : figure(total),
      render: (row) => figure(row.figure),
    },
  ];
  return (
    <Drawer open size={760} title={t('reports.documentsOf', { measure })} onClose={onClose} className="tp-report-drawer">
      {about.length > 0 ? <p className="tp-report-about">{about.join(' · ')}</p> : null}
      {answer.error ? <ProblemAlert problem={answer.error} /> : null}
      <DataTable
        label={t('reports.documents')}
        columns={columns}
        rows={rows}
        idOf={(row) => row.at}
        onEnd={onEnd}
        isLoading={answer.isPending || answer.isFetchingNextPage}
        hasFoot={rows.length > 0}
        empty={t('reports.noDocuments')}
      />
    </Drawer>
  );
}
