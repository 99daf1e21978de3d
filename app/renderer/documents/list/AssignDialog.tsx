import { useQuery } from '@tanstack/react-query';
import { Checkbox, Form, Modal, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AssignRule, AssignRuleAnswer } from '../../../../shared/contracts/assigning.ts';
import { api, newKey } from '../../api/http.ts';
import { keys, queryClient } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { LinkSelect } from '../../ui/LinkSelect.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { type BulkResult, inPortions } from './bulk.ts';

const ways = ['one', 'evenly', 'fewest', 'rule'] as const;
type How = (typeof ways)[number];

// One number for each new owner, so as few requests as the server takes.
const idsAtOnce = 1000;

interface DialogProps {
  type: string;
  ids: number[];
  onClose: () => void;
  onDone: (results: BulkResult[]) => void;
}

/** Gives the chosen records to one new owner, to several in turn or by number, or to whom the company's rule names. */
export function AssignDialog({ type, ids, onClose, onDone }: DialogProps) {
  const { t } = useTranslation();
  const [owners, setOwners] = useState<number[]>([]);
  const [how, setHow] = useState<How>('one');
  const [withDocuments, setWithDocuments] = useState(true);
  const [problem, setProblem] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const rule = useQuery({
    queryKey: ['assign-rule', type],
    queryFn: ({ signal }) => api.get<AssignRuleAnswer>(`/api/assign-rules/${type}`, { signal }),
    enabled: how === 'rule',
  });
  const hasRule = Boolean(rule.data?.rule);
  const assign = async () => {
    setBusy(true);
    try {
      const results = await inPortions(ids, { idsAtOnce }, async (portion) => {
        const answer = await api.post<{ results: BulkResult[] }>(
          '/api/assign',
          { type, ids: portion, owners: how === 'rule' ? [] : owners, how, withDocuments },
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
      okButtonProps={{ disabled: how === 'rule' ? !hasRule : owners.length === 0, loading: isBusy }}
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
            options={ways.map((value) => ({ value, label: t(`assigning.ways.${value}`) }))}
          />
        </Form.Item>
        {how === 'rule' ? (
          <RuleInWords type={type} rule={rule.data?.rule ?? null} isLoading={rule.isPending} />
        ) : (
          <Form.Item label={t('list.owners')} extra={how === 'fewest' ? t('assigning.fewestHelp') : undefined}>
            <LinkSelect
              many
              to="user"
              label={t('list.owners')}
              value={owners}
              onChange={(chosen) => setOwners(how === 'one' ? chosen.slice(-1) : chosen)}
            />
          </Form.Item>
        )}
        <Checkbox checked={withDocuments} onChange={(event) => setWithDocuments(event.target.checked)}>
          {t('list.withDocuments')}
        </Checkbox>
      </Form>
    </Modal>
  );
}

/** What the rule goes by; without one, where to make it. */
function RuleInWords({ type, rule, isLoading }: { type: string; rule: AssignRule | null; isLoading: boolean }) {
  const { t } = useTranslation();
  const session = useSession();
  if (isLoading) return null;
  if (rule) return <p>{t('assigning.ruleText', { field: session.fieldLabel(type, rule.field), count: rule.table.length })}</p>;
  return (
    <p>
      {t('assigning.noRule')}{' '}
      {session.hasRight('settings.change') ? <Link to="/settings/assign-rules">{t('assigning.toSettings')}</Link> : null}
    </p>
  );
}
