import { CloseOutlined, DeleteOutlined, PrinterOutlined, ShareAltOutlined, UndoOutlined, UserSwitchOutlined } from '@ant-design/icons';
import { Button, Flex, Progress } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DefinitionAnswer, ListQuery, ListRow } from '../../../../shared/contracts/wire.ts';
import { useSession } from '../../api/session.tsx';
import { useNotices } from '../../ui/notices.tsx';
import { AssignDialog } from './AssignDialog.tsx';
import { BulkReport } from './BulkReport.tsx';
import { allIds, type BulkDeed, type BulkResult, runBulk } from './bulk.ts';
import { ShareDialog } from './ShareDialog.tsx';

const LabelPreview = lazy(async () => ({ default: (await import('../print/LabelPreview.tsx')).LabelPreview }));
const BatchPreview = lazy(async () => ({ default: (await import('../print/BatchPreview.tsx')).BatchPreview }));

/** As many documents as the server prints in one go, and as many items whose labels it prints. */
const batchMax = 50;
const labelItemsMax = 200;

interface BulkBarProps {
  definition: DefinitionAnswer;
  chosen: ReadonlySet<number>;
  rows: readonly ListRow[];
  query: ListQuery;
  count: number | undefined;
  isBin: boolean;
  onChoose: (chosen: ReadonlySet<number>) => void;
}

/** What can be done with the chosen rows, or with all rows that match; ends in a report, row by row. */
export function BulkBar({ definition, chosen, rows, query, count, isBin, onChoose }: BulkBarProps) {
  const { t } = useTranslation();
  const session = useSession();
  const notices = useNotices();
  const [dialog, setDialog] = useState<'share' | 'assign' | 'print' | null>(null);
  const [results, setResults] = useState<BulkResult[] | null>(null);
  const [last, setLast] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { type, operations } = definition;
  const ids = [...chosen];
  const printMax = definition.print?.labels ? labelItemsMax : batchMax;
  const [done, setDone] = useState(0);
  const run = async (operation: string, label: string, danger = false) => {
    if (!(await notices.ask({ title: t('list.bulkAsk', { action: label, count: ids.length }), ok: label, danger }))) return;
    setLast(operation);
    await carryOut({ operation, ids });
  };
  const insist = async (held: readonly number[], confirmed: readonly string[]) => {
    const others = results?.filter(({ id }) => !held.includes(id)) ?? [];
    setResults(null);
    if (last !== null) await carryOut({ operation: last, ids: held, confirmed }, others);
  };
  const carryOut = async (deed: BulkDeed, others: readonly BulkResult[] = []) => {
    setBusy(true);
    try {
      setResults([...others, ...(await runBulk(type, deed, setDone))]);
    } catch (thrown) {
      notices.failed(thrown);
    } finally {
      setBusy(false);
    }
  };
  const report = (told: BulkResult[]) => {
    setLast(null);
    setResults(told);
  };
  const chooseAll = async () => {
    setBusy(true);
    try {
      onChoose(new Set(await allIds(type, query, definition.title)));
    } catch (thrown) {
      notices.failed(thrown);
    } finally {
      setBusy(false);
    }
  };
  const steps = isBin
    ? []
    : stepsFor(
        definition,
        rows.filter((row) => chosen.has(row.id)),
      );
  return (
    <Flex gap={8} align="center" wrap="wrap" className="tp-bulk">
      <b>{t('general.selected', { count: ids.length })}</b>
      {count !== undefined && count > chosen.size ? (
        <Button size="small" type="link" disabled={isBusy} onClick={() => void chooseAll()}>
          {t('list.chooseAll', { count })}
        </Button>
      ) : null}
      {steps.map((step) => (
        <Button
          key={step}
          size="small"
          disabled={isBusy}
          onClick={() => void run(step, session.stepLabel(type, step), definition.steps?.[step]?.danger)}
        >
          {session.stepLabel(type, step)}
        </Button>
      ))}
      {definition.print && operations.includes('print') && !isBin ? (
        <Button
          size="small"
          icon={<PrinterOutlined />}
          onClick={() =>
            ids.length > printMax ? notices.info(t('documents.batchTooMany', { count: ids.length, most: printMax })) : setDialog('print')
          }
        >
          {definition.print.labels ? t('documents.printLabels') : t('general.print')}
        </Button>
      ) : null}
      {operations.includes('share') && !isBin ? (
        <Button size="small" icon={<ShareAltOutlined />} onClick={() => setDialog('share')}>
          {t('list.share')}
        </Button>
      ) : null}
      {operations.includes('assign') && !isBin ? (
        <Button size="small" icon={<UserSwitchOutlined />} onClick={() => setDialog('assign')}>
          {t('list.assign')}
        </Button>
      ) : null}
      {operations.includes('delete') ? (
        <Button
          size="small"
          danger={!isBin}
          disabled={isBusy}
          icon={isBin ? <UndoOutlined /> : <DeleteOutlined />}
          onClick={() => void run(isBin ? 'restore' : 'delete', isBin ? t('general.restore') : t('general.delete'), !isBin)}
        >
          {isBin ? t('general.restore') : t('general.delete')}
        </Button>
      ) : null}
      {isBin && session.hasRight('recycleBin.purge') ? (
        <Button size="small" danger disabled={isBusy} icon={<DeleteOutlined />} onClick={() => void run('purge', t('list.purge'), true)}>
          {t('list.purge')}
        </Button>
      ) : null}
      {isBusy && done > 0 ? (
        <Progress percent={Math.round((done / ids.length) * 100)} size="small" style={{ width: 140, margin: 0 }} />
      ) : null}
      <Button
        size="small"
        type="text"
        icon={<CloseOutlined />}
        aria-label={t('list.clearChoice')}
        title={t('list.clearChoice')}
        onClick={() => onChoose(new Set())}
        style={{ marginInlineStart: 'auto' }}
      />
      {dialog === 'print' ? (
        <Suspense>
          {definition.print?.labels ? (
            <LabelPreview type={type} ids={ids} onClose={() => setDialog(null)} />
          ) : (
            <BatchPreview type={type} ids={ids} onClose={() => setDialog(null)} />
          )}
        </Suspense>
      ) : null}
      {dialog === 'share' ? <ShareDialog type={type} ids={ids} onClose={() => setDialog(null)} onDone={report} /> : null}
      {dialog === 'assign' ? <AssignDialog type={type} ids={ids} onClose={() => setDialog(null)} onDone={report} /> : null}
      {results === null ? null : (
        <BulkReport
          type={type}
          titleField={definition.title}
          rows={rows}
          results={results}
          onInsist={(held, confirmed) => void insist(held, confirmed)}
          onClose={() => {
            setResults(null);
            onChoose(new Set(results.filter((result) => !result.ok).map((result) => result.id)));
          }}
        />
      )}
    </Flex>
  );
}

/** Steps that a person can take with at least one of the rows; those that ask for a reason are taken one by one. */
function stepsFor(definition: DefinitionAnswer, rows: readonly ListRow[]): string[] {
  return Object.entries(definition.steps ?? {})
    .filter(
      ([, step]) => !step.automatic && !step.asksReason && rows.some((row) => row.state !== undefined && step.from.includes(row.state)),
    )
    .map(([name]) => name);
}
