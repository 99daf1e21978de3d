import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Drawer, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountRulesAnswer } from '../../../../shared/contracts/vouchers.ts';
import type { AccountRule } from '../../../../shared/exchange/voucherRules.ts';
import type { UiWords } from '../../../../shared/language/ui/index.ts';
import { api, newKey } from '../../api/http.ts';
import { keys, queryClient } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { useNotices } from '../../ui/notices.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';

const rulesKey = ['voucherAccounts'];

/** Which account of the accounting program stands for which place of our ledgers. */
export function AccountRules({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const notices = useNotices();
  const [changed, setChanged] = useState<Record<string, AccountRule>>({});
  const [problem, setProblem] = useState<unknown>(null);
  const answer = useQuery({
    queryKey: rulesKey,
    queryFn: ({ signal }) => api.get<AccountRulesAnswer>('/api/vouchers/accounts', { signal }),
  });
  const rules = (answer.data?.rules ?? []).map((rule) => changed[nameOf(rule)] ?? rule);
  const save = async () => {
    setProblem(null);
    try {
      const body = { version: answer.data?.version, rules };
      queryClient.setQueryData(rulesKey, await api.put<AccountRulesAnswer>('/api/vouchers/accounts', body, { idempotencyKey: newKey() }));
      await queryClient.invalidateQueries({ queryKey: keys.money });
      setChanged({});
      notices.done(t('books.accountRulesSaved'));
    } catch (thrown) {
      setProblem(thrown);
    }
  };
  const change = (rule: AccountRule, to: Partial<AccountRule>) => setChanged({ ...changed, [nameOf(rule)]: { ...rule, ...to } });
  return (
    <Drawer
      open
      size={760}
      title={t('books.accountRules')}
      onClose={onClose}
      loading={answer.isPending}
      extra={
        <Button type="primary" disabled={Object.keys(changed).length === 0} onClick={() => void save()}>
          {t('general.save')}
        </Button>
      }
    >
      <p className="tp-faint">{t('books.accountRulesHelp')}</p>
      {problem || answer.error ? <ProblemAlert problem={problem ?? answer.error} /> : null}
      <table className="tp-plain">
        <thead>
          <tr>
            <th>{t('books.rule')}</th>
            <th>{t('books.voucherCells.code')}</th>
            <th>{t('books.voucherCells.name')}</th>
            <th>{t('books.auxiliaryFlag')}</th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <RuleRow key={nameOf(rule)} rule={rule} onChange={(to) => change(rule, to)} />
          ))}
        </tbody>
      </table>
    </Drawer>
  );
}

function RuleRow({ rule, onChange }: { rule: AccountRule; onChange: (to: Partial<AccountRule>) => void }) {
  const { t } = useTranslation();
  const session = useSession();
  const places = t('books.places', { returnObjects: true }) as UiWords['books']['places'];
  const what = places[rule.place as keyof typeof places] ?? t('books.wholeLedger');
  const label = `${session.words.ledgers[rule.ledger] ?? rule.ledger} · ${what}`;
  return (
    <tr>
      <td>{label}</td>
      <td>
        <Input
          aria-label={`${label} ${t('books.voucherCells.code')}`}
          value={rule.code}
          maxLength={40}
          onChange={(event) => onChange({ code: event.target.value })}
        />
      </td>
      <td>
        <Input
          aria-label={`${label} ${t('books.voucherCells.name')}`}
          value={rule.name}
          maxLength={80}
          onChange={(event) => onChange({ name: event.target.value })}
        />
      </td>
      <td>
        <Checkbox
          aria-label={`${label} ${t('books.auxiliaryFlag')}`}
          checked={rule.auxiliary}
          onChange={(event) => onChange({ auxiliary: event.target.checked })}
        />
      </td>
    </tr>
  );
}

const nameOf = ({ ledger, place }: AccountRule): string => `${ledger}/${place}`;
