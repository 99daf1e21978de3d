import { DatePicker, Form, Modal, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, newKey } from '../../api/http.ts';
import { LinkSelect } from '../../ui/LinkSelect.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { type BulkResult, inPortions } from './bulk.ts';

interface DialogProps {
  type: string;
  ids: number[];
  onClose: () => void;
  onDone: (results: BulkResult[]) => void;
}

/** Shares the chosen records with colleagues, to read or to write, until a day or without end. */
export function ShareDialog({ type, ids, onClose, onDone }: DialogProps) {
  const { t } = useTranslation();
  const [users, setUsers] = useState<number[]>([]);
  const [access, setAccess] = useState<'read' | 'write'>('read');
  const [until, setUntil] = useState<string | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const share = async () => {
    setBusy(true);
    try {
      const results = await inPortions(ids, {}, async (portion) => {
        const answer = await api.post<{ results: BulkResult[] }>(
          '/api/shares',
          { type, ids: portion, users, access, until: until ?? undefined },
          { idempotencyKey: newKey() },
        );
        return answer.results;
      });
      onClose();
      onDone(results);
    } catch (thrown) {
      setProblem(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t('list.shareTitle', { count: ids.length })}
      okText={t('list.share')}
      okButtonProps={{ disabled: users.length === 0, loading: isBusy }}
      onOk={() => void share()}
      onCancel={onClose}
    >
      <Form layout="vertical">
        {problem ? <ProblemAlert problem={problem} /> : null}
        <Form.Item label={t('list.colleagues')}>
          <LinkSelect many to="user" label={t('list.colleagues')} value={users} onChange={setUsers} />
        </Form.Item>
        <Form.Item label={t('list.access')}>
          <Segmented
            value={access}
            onChange={setAccess}
            options={[
              { value: 'read', label: t('list.readOnly') },
              { value: 'write', label: t('list.readWrite') },
            ]}
          />
        </Form.Item>
        <Form.Item label={`${t('list.until')} (${t('general.optional')})`}>
          <DatePicker onChange={(day) => setUntil(day ? day.format('YYYY-MM-DD') : null)} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
