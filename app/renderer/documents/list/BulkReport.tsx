import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons';
import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ListRow } from '../../../../shared/contracts/wire.ts';
import { useProblemText } from '../../ui/ProblemAlert.tsx';
import { type BulkResult, warnedOf } from './bulk.ts';

interface BulkReportProps {
  type: string;
  titleField: string;
  rows: readonly ListRow[];
  results: readonly BulkResult[];
  onClose: () => void;
  /** Does it all the same with those that only a warning held up, now that it was read. */
  onInsist?: (ids: readonly number[], confirmed: readonly string[]) => void;
}

/** What became of each row; the ones that failed first. */
export function BulkReport({ titleField, rows, results, onClose, onInsist }: BulkReportProps) {
  const { t } = useTranslation();
  const textOf = useProblemText();
  const titles = new Map(rows.map((row) => [row.id, String(row.values[titleField] ?? `#${row.id}`)]));
  const failed = results.filter((result) => !result.ok);
  const done = results.length - failed.length;
  const warned = warnedOf(results);
  const insist =
    onInsist && warned.ids.length > 0 ? (
      <Button onClick={() => onInsist(warned.ids, warned.codes)}>{t('list.insist', { count: warned.ids.length })}</Button>
    ) : null;
  return (
    <Modal
      open
      title={t('list.report')}
      onOk={onClose}
      onCancel={onClose}
      footer={(_, { OkBtn }) => (
        <>
          {insist}
          <OkBtn />
        </>
      )}
      okText={t('general.close')}
    >
      <p>
        <CheckCircleFilled style={{ color: 'var(--tp-success)' }} /> {t('list.reportDone', { count: done })}
        {failed.length === 0 ? null : (
          <>
            {' · '}
            <CloseCircleFilled style={{ color: 'var(--tp-error)' }} /> {t('list.reportFailed', { count: failed.length })}
          </>
        )}
      </p>
      {failed.length === 0 ? null : (
        <ul className="tp-report">
          {failed.slice(0, 200).map((result) => (
            <li key={result.id}>
              <b>{titles.get(result.id) ?? `#${result.id}`}</b> {result.problem ? textOf(result.problem) : t('problems.fault')}
            </li>
          ))}
        </ul>
      )}
    </Modal>
  );
}
