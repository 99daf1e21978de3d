import { Checkbox, Form, Modal, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, newKey } from '../../api/http.ts';
import { keys, queryClient } from '../../api/queries.ts';
import { LinkSelect } from '../../ui/LinkSelect.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { type BulkResult, inPortions } from './bulk.ts';

type How = 'one' | 'evenly';

interface DialogProps {
  type: string;
  ids: number[];
  onClose: () => void;
  onDone: (results: BulkResult[]) => void;
}

/** Gives the chosen records to one new owner, or to several in turn. */
export function AssignDialog({ type, ids, onClose, onDone }: DialogProps) {
  const { t } = useTranslation();
  const [owners, setOwners] = useState<number[]>([]);
  const [how, setHow] = useState<How>('one');
  const [withDocuments, setWithDocuments] = useState(true);
  const [problem, setProblem] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const assign = async () => {
    setBusy(true);
    try {
      const results = await inPortions(ids, undefined, async (portion) => {
        const answer = await api.post<{ results: BulkResult[] }>(
          '/api/assign',
          { type, ids: portion, owners, how, withDocuments },
          { idempotencyKey: newKey() },
        );
        return answer.results;
      });
      await queryClient.invalidateQueries({ queryKey: keys.list(type) });
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
      title={t('list.assignTitle', { count: ids.length })}
      okText={t('list.assign')}
      okButtonProps={{ disabled: owners.length === 0, loading: isBusy }}
      onOk={() => void assign()}
      onCancel={onClose}
    >
      <Form layout="vertical">
        {problem ? <ProblemAlert problem={problem} /> : null}
        <Form.Item label={t('list.how')}>
          <Segmented<How>
            value={how}
            onChange={(next) => {
              setHow(next);
              if (next === 'one') setOwners(owners.slice(0, 1));
            }}
            options={[
              { value: 'one', label: t('list.toOne') },
              { value: 'evenly', label: t('list.evenly') },
            ]}
          />
        </Form.Item>
        <Form.Item label={t('list.owners')}>
          <LinkSelect
            many
            to="user"
            label={t('list.owners')}
            value={owners}
            onChange={(chosen) => setOwners(how === 'one' ? chosen.slice(-1) : chosen)}
          />
        </Form.Item>
        <Checkbox checked={withDocuments} onChange={(event) => setWithDocuments(event.target.checked)}>
          {t('list.withDocuments')}
        </Checkbox>
      </Form>
    </Modal>
  );
}
