import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Checkbox, DatePicker, Flex, Modal, Progress } from 'antd';
import dayjs from 'dayjs';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BatchAnswer } from '../../../../shared/contracts/settling.ts';
import { addDays, addMonths, startOfMonth } from '../../../../shared/kernel/days.ts';
import { api, newKey } from '../../api/http.ts';
import { useSession } from '../../api/session.tsx';
import { download } from '../../ui/download.ts';
import { useNotices } from '../../ui/notices.tsx';
import { useProblemText } from '../../ui/ProblemAlert.tsx';
import type { SideName } from './side.ts';

const pollMs = 700;

/** Draws the statements of everybody for a month in one go: progress, a way to stop, one archive at the end. */
export function StatementBatch({ side, onClose }: { side: SideName; onClose: () => void }) {
  const { t } = useTranslation();
  const { settings, language } = useSession();
  const notices = useNotices();
  const problemText = useProblemText();
  const month = startOfMonth(settings.today);
  const [[from, to], setPeriod] = useState<[string, string]>([addMonths(month, -1), addDays(month, -1)]);
  const [hasGoods, setGoods] = useState(false);
  const [begun, setBegun] = useState<BatchAnswer | null>(null);
  const progress = useQuery({
    queryKey: ['statements', begun?.id],
    queryFn: ({ signal }) => api.get<BatchAnswer>(`/api/statements/${begun?.id}`, { signal }),
    enabled: begun !== null,
    refetchInterval: ({ state }) => (state.error === null && (state.data ?? begun)?.state === 'running' ? pollMs : false),
  });
  const lost = begun === null ? null : progress.error;
  const batch = begun === null || lost ? null : (progress.data ?? begun);
  const isRunning = batch?.state === 'running';
  const attempt = async (deed: () => Promise<void>) => {
    try {
      await deed();
    } catch (thrown) {
      notices.failed(thrown);
    }
  };
  const begin = () =>
    attempt(async () => {
      const body = { side, from, to, goods: hasGoods, language };
      setBegun(await api.post<BatchAnswer>('/api/statements', body, { idempotencyKey: newKey() }));
    });
  const stop = () =>
    attempt(async () => {
      await api.del(`/api/statements/${begun?.id}`);
      setBegun(null);
    });
  const finished = batch?.state === 'done' ? batch.id : null;
  useEffect(() => {
    if (finished === null) return;
    void api
      .file(`/api/statements/${finished}/file`)
      .then((file) => download(file.blob, `${t('finance.statement.batch')} ${from}—${to}.zip`));
  }, [finished, from, to, t]);
  return (
    <Modal
      open
      title={t('finance.statement.batch')}
      onCancel={onClose}
      footer={
        isRunning ? (
          <Button onClick={() => void stop()}>{t('finance.statement.stop')}</Button>
        ) : (
          <Button type="primary" onClick={() => void begin()}>
            {t('finance.statement.begin')}
          </Button>
        )
      }
    >
      <Flex vertical gap={12}>
        <DatePicker.RangePicker
          aria-label={t('money.period')}
          allowClear={false}
          disabled={isRunning}
          value={[dayjs(from), dayjs(to)]}
          onChange={(days) => days?.[0] && days[1] && setPeriod([days[0].format('YYYY-MM-DD'), days[1].format('YYYY-MM-DD')])}
        />
        <Checkbox checked={hasGoods} disabled={isRunning} onChange={(event) => setGoods(event.target.checked)}>
          {t('finance.statement.goods')}
        </Checkbox>
        {lost ? <Alert type="warning" showIcon title={problemText(lost)} /> : null}
        {batch === null ? (
          <span className="tp-faint">{t('finance.statement.batchHelp')}</span>
        ) : (
          <Progress
            percent={Math.round((batch.done * 100) / Math.max(1, batch.total))}
            status={batch.state === 'failed' ? 'exception' : batch.state === 'done' ? 'success' : 'active'}
            format={() => `${batch.done} / ${batch.total}`}
          />
        )}
      </Flex>
    </Modal>
  );
}
