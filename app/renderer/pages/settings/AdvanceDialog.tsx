import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Flex, Form, Input, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AdvanceAnswer, advanceMax } from '../../../../shared/contracts/numbering.ts';
import { api, newKey } from '../../api/http.ts';
import { useLanguage } from '../../api/i18n.ts';
import { queryClient } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { AdvanceTable } from '../../ui/AdvanceTable.tsx';
import { asProposed } from '../../ui/advance.ts';
import { formatDay, formatInstant } from '../../ui/format.ts';
import { useNotices } from '../../ui/notices.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';

/** What moving the number series on would mean, as the server sees it now. */
export function useAdvance() {
  return useQuery({ queryKey: advanceKey, queryFn: ({ signal }) => api.get<AdvanceAnswer>('/api/numbering/advance', { signal }) });
}
const advanceKey = ['numbering', 'advance'];

/** Moves the number series on, so that no number that stands on a paper comes again. */
export function AdvanceDialog({ answer, onClose }: { answer: AdvanceAnswer; onClose: (isDone: boolean) => void }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const notices = useNotices();
  const [by, setBy] = useState(() => asProposed(answer.rows));
  const [each, setEach] = useState<number | null>(null);
  const [reason, setReason] = useState(answer.restore ? t('numbering.reasonUsual') : '');
  const [problem, setProblem] = useState<unknown>(null);
  const [modal, asking] = Modal.useModal();
  const all = (count: number) => setBy(Object.fromEntries(answer.rows.map(({ type }) => [type, count])));
  const isNothing = Object.values(by).every((count) => count === 0);
  const save = async () => {
    if (!(await modal.confirm({ title: t('numbering.confirm'), okText: t('numbering.go'), cancelText: t('general.cancel') }))) return;
    setProblem(null);
    try {
      const saved = await api.post<AdvanceAnswer>('/api/numbering/advance', { by, reason: reason.trim() }, { idempotencyKey: newKey() });
      queryClient.setQueryData(advanceKey, saved);
      notices.done(t('numbering.done'));
      onClose(true);
    } catch (thrown) {
      setProblem(thrown);
    }
  };
  return (
    <Modal
      open
      width={900}
      title={t('numbering.title')}
      okText={t('numbering.go')}
      cancelText={t('general.cancel')}
      okButtonProps={{ disabled: isNothing || reason.trim() === '' }}
      onOk={save}
      onCancel={() => onClose(false)}
    >
      {asking}
      {problem ? <ProblemAlert problem={problem} /> : null}
      <p>{t('numbering.help')}</p>
      <Standing answer={answer} />
      <p className="tp-faint">
        {t(answer.days.from === answer.days.to ? 'numbering.day' : 'numbering.days', {
          from: formatDay(answer.days.from, language),
          to: formatDay(answer.days.to, language),
        })}
      </p>
      <Flex gap={8} align="center" wrap="wrap" className="tp-advance-ways">
        {answer.restore && answer.advancedAt === null ? (
          <Button size="small" title={t('numbering.usualHelp')} onClick={() => setBy(asProposed(answer.rows))}>
            {t('numbering.usual')}
          </Button>
        ) : null}
        <Button size="small" onClick={() => all(0)}>
          {t('numbering.no')}
        </Button>
        <span>{t('numbering.each')}</span>
        <InputNumber size="small" aria-label={t('numbering.each')} min={0} max={advanceMax} precision={0} value={each} onChange={setEach} />
        <Button size="small" disabled={each === null} onClick={() => all(each ?? 0)}>
          {t('numbering.applyEach')}
        </Button>
      </Flex>
      <AdvanceTable rows={answer.rows} by={by} onChange={setBy} />
      <Form layout="vertical">
        <Form.Item label={t('numbering.reason')} required>
          <Input value={reason} maxLength={200} onChange={({ target }) => setReason(target.value)} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** Whether the company was restored, and whether its numbers were moved on since. */
function Standing({ answer: { restore, advancedAt } }: { answer: AdvanceAnswer }) {
  const { t } = useTranslation();
  const { language, timeZone } = useFormat();
  if (!restore) return <p className="tp-faint">{t('numbering.none')}</p>;
  if (advancedAt !== null)
    return <p className="tp-faint">{t('numbering.advanced', { at: formatInstant(advancedAt, language, timeZone) })}</p>;
  return <RestoredAlert restore={restore} />;
}

/** Tells that numbers may come again. */
export function RestoredAlert({ restore, action }: { restore: NonNullable<AdvanceAnswer['restore']>; action?: React.ReactNode }) {
  const { t } = useTranslation();
  const { language, timeZone } = useFormat();
  const title = t('numbering.restored', { takenAt: formatInstant(restore.takenAt, language, timeZone) });
  return <Alert type="warning" showIcon title={title} {...(action ? { action } : {})} />;
}

function useFormat() {
  const { language, settings } = useSession();
  return { language, timeZone: settings.timeZone };
}
