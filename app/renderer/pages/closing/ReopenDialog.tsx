import { Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClosingAnswer } from '../../../../shared/contracts/closing.ts';
import { addMonths, endOfMonth, startOfMonth } from '../../../../shared/kernel/days.ts';
import { api, newKey } from '../../api/http.ts';
import { useSession } from '../../api/session.tsx';
import { formatDay } from '../../ui/format.ts';
import { useNotices } from '../../ui/notices.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';

interface ReopenDialogProps {
  state: ClosingAnswer;
  onDone: (answer: ClosingAnswer) => Promise<void>;
  onClose: () => void;
}

const monthsBack = 12;
/** Stands for no day at all: everything is opened. */
const everything = 'all';

/** Opens closed months again, back to a month's end, with a reason that stays in the history. */
export function ReopenDialog({ state, onDone, onClose }: ReopenDialogProps) {
  const { t } = useTranslation();
  const { language } = useSession();
  const notices = useNotices();
  const first = startOfMonth(state.closedThrough ?? '');
  const days = Array.from({ length: monthsBack }, (_, index) => endOfMonth(addMonths(first, -index - 1)));
  const [through, setThrough] = useState<string>(days[0] ?? everything);
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<unknown>(null);
  const reopen = async () => {
    setProblem(null);
    try {
      const body = { through: through === everything ? null : through, reason };
      await onDone(await api.post<ClosingAnswer>('/api/closing/reopen', body, { idempotencyKey: newKey() }));
      notices.done(t('books.reopened'));
      onClose();
    } catch (thrown) {
      setProblem(thrown);
    }
  };
  return (
    <Modal
      open
      title={t('books.reopen')}
      okText={t('books.reopen')}
      cancelText={t('general.cancel')}
      okButtonProps={{ danger: true, disabled: reason.trim() === '' }}
      onOk={() => void reopen()}
      onCancel={onClose}
    >
      {problem ? <ProblemAlert problem={problem} /> : null}
      <Form layout="vertical">
        <Form.Item label={t('books.reopenTo')}>
          <Select
            aria-label={t('books.reopenTo')}
            value={through}
            onChange={setThrough}
            options={[
              ...days.map((day) => ({ value: day, label: formatDay(day, language) })),
              { value: everything, label: t('books.reopenAll') },
            ]}
          />
        </Form.Item>
        <Form.Item label={t('books.reopenReason')} required>
          <Input.TextArea
            aria-label={t('books.reopenReason')}
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
