import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { ReportAnswer, ReportInfo, ReportQuestion } from '../../../../shared/contracts/reports.ts';
import { api } from '../../api/http.ts';
import { useSession } from '../../api/session.tsx';
import { useListKeys } from '../../documents/list/useListKeys.ts';
import { PrintButton } from '../../documents/print/FilePreview.tsx';
import { download } from '../../ui/download.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useNotices } from '../../ui/notices.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { usePreference } from '../../ui/preference.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { useEndless } from '../../ui/useEndless.ts';
import { type Behind, DocumentsDrawer } from './DocumentsDrawer.tsx';
import { periodOf } from './periods.ts';
import { ReportBar } from './ReportBar.tsx';
import { type Arrangement, useOfferedReports, useReport, useReportWords } from './reportAnswers.ts';
import { type ShownRow, useReportColumns } from './reportColumns.tsx';

/** One report: what it is told apart by, over which days, and the figures, each of which opens its documents. */
export function ReportPage() {
  const { name = '' } = useParams();
  const { reports, isPending, error } = useOfferedReports();
  const words = useReportWords();
  const report = reports.find((one) => one.name === name);
  if (report === undefined) return <PageFrame title={words.name(name)} onBack loading={isPending} problem={error} />;
  return <Report key={name} report={report} />;
}

function Report({ report }: { report: ReportInfo }) {
  const { t } = useTranslation();
  const words = useReportWords();
  const { question, arrangement, arrange, setDays } = useQuestion(report);
  const answer = useReport(report.name, question, true);
  useListKeys({ onRefresh: () => void answer.refetch() });
  const [behind, setBehind] = useState<Behind | null>(null);
  const whole = useMemo(() => joined(answer.data?.pages ?? []), [answer.data]);
  const columns = useReportColumns(report, whole, question, setBehind);
  const rows = useMemo(() => (whole?.rows ?? []).map((row, at): ShownRow => ({ ...row, at })), [whole]);
  const onEnd = useEndless(answer);
  const onSort = (by: string) => {
    const sort = question.sort?.by === by ? question.sort : undefined;
    arrange({ sort: { by, direction: sort?.direction === 'descending' ? 'ascending' : 'descending' } });
  };
  return (
    <PageFrame
      fill
      onBack
      title={words.name(report.name)}
      aside={whole ? <span className="tp-faint">{t('reports.rowCount', { count: whole.count })}</span> : null}
      problem={answer.error}
      onRetry={() => void answer.refetch()}
      actions={report.mayExport ? <Takeaways report={report} question={question} /> : null}
    >
      <ReportBar report={report} question={question} arrangement={arrangement} onArrange={arrange} onDays={setDays} />
      <DataTable
        label={words.name(report.name)}
        columns={columns}
        rows={rows}
        idOf={(row) => row.at}
        frozen={1}
        sort={question.sort ? [{ field: question.sort.by, direction: question.sort.direction }] : []}
        onSort={onSort}
        onEnd={onEnd}
        isLoading={answer.isPending || answer.isFetchingNextPage}
        memory={`report.${report.name}`}
        hasFoot={rows.length > 0}
        empty={<EmptyState title={t('reports.empty')} text={t('reports.emptyHelp')} />}
      />
      {behind ? <DocumentsDrawer report={report} behind={behind} onClose={() => setBehind(null)} /> : null}
    </PageFrame>
  );
}

/** Days are of the moment; the arrangement stays for the next time. */
function useQuestion(report: ReportInfo) {
  const { settings } = useSession();
  const [from, to] = periodOf('thisMonth', settings.today);
  const [days, setDays] = useState<{ from?: string; to?: string }>(
    report.time === 'period' ? { from, to } : report.time === 'day' ? { to: settings.today } : {},
  );
  const own: Arrangement = { groupBy: report.groupBy, filters: {}, pivot: report.pivot };
  const [kept, keep] = usePreference<Arrangement>(`report.${report.name}`, own);
  const arrangement = useMemo(() => fitting(report, kept), [report, kept]);
  const question = useMemo((): ReportQuestion => ({ ...arrangement, ...days, limit: 200 }), [arrangement, days]);
  const arrange = (part: Partial<Arrangement>) => keep({ ...arrangement, ...part });
  return { question, arrangement, arrange, setDays };
}

/** What was kept, without axes and measures that the person no longer has, and without an order nothing is shown of. */
function fitting(report: ReportInfo, kept: Arrangement): Arrangement {
  const groupBy = kept.groupBy.filter((axis) => report.axes[axis] !== undefined);
  const filters = Object.fromEntries(
    Object.entries(kept.filters).filter(([axis, ids]) => report.axes[axis] !== undefined && ids.length > 0),
  );
  const { pivot } = kept;
  const isPivot = pivot && report.axes[pivot.axis] && report.measures[pivot.measure] && !groupBy.includes(pivot.axis);
  const measures = isPivot ? [pivot.measure] : Object.keys(report.measures);
  const isSort = kept.sort && [...groupBy, ...measures].includes(kept.sort.by);
  return {
    groupBy: groupBy.length > 0 ? groupBy : report.groupBy,
    filters,
    pivot: isPivot ? pivot : null,
    ...(isSort ? { sort: kept.sort } : {}),
  };
}

/** All pages that were fetched, as one answer. */
function joined(pages: readonly ReportAnswer[]): ReportAnswer | null {
  const [first] = pages;
  if (first === undefined) return null;
  const labels: ReportAnswer['labels'] = {};
  for (const page of pages) for (const [axis, names] of Object.entries(page.labels)) labels[axis] = { ...labels[axis], ...names };
  return { ...first, rows: pages.flatMap((page) => page.rows), labels };
}

/** The whole of it on paper and as a workbook. */
function Takeaways({ report, question }: { report: ReportInfo; question: ReportQuestion }) {
  const words = useReportWords();
  const { language } = useSession();
  const { limit: _page, ...whole } = question;
  return (
    <>
      <PrintButton title={words.name(report.name)} path={`/api/reports/${report.name}/print`} body={{ question: whole, language }} />
      <ExportButton report={report} question={question} />
    </>
  );
}

function ExportButton({ report, question }: { report: ReportInfo; question: ReportQuestion }) {
  const { t } = useTranslation();
  const words = useReportWords();
  const { language } = useSession();
  const notices = useNotices();
  const [isBusy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    const { limit: _page, ...whole } = question;
    try {
      const file = await api.file(`/api/reports/${report.name}/export`, { question: whole, language });
      download(file.blob, file.name ?? `${words.name(report.name)}.xlsx`);
    } catch (thrown) {
      notices.failed(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button icon={<DownloadOutlined />} loading={isBusy} onClick={() => void save()}>
      {t('reports.export')}
    </Button>
  );
}
