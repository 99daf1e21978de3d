import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Flex, Select, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AddressRule, AddressRules, AddressRulesAnswer } from '../../../../shared/contracts/addressRules.ts';
import type { DoorsWhatIf } from '../../../../shared/contracts/whatIf.ts';
import { clockTimeOf } from '../../../../shared/kernel/days.ts';
import { ApiProblem, api } from '../../api/http.ts';
import { queryClient } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { useNotices } from '../../ui/notices.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { DoorChanges } from '../people/DoorChanges.tsx';
import { useRehearsal } from '../people/useRehearsal.tsx';
import { AddressRuleDialog } from './AddressRuleDialog.tsx';
import { AddressRulesTable } from './AddressRulesTable.tsx';

const rulesKey = ['addressRules'];

/** Who may work from where and when. */
export function AddressRulesPage() {
  const { t } = useTranslation();
  const answer = useQuery({
    queryKey: rulesKey,
    queryFn: ({ signal }) => api.get<AddressRulesAnswer>('/api/address-rules', { signal }),
    // While rules are only tried they may go by themselves.
    refetchInterval: ({ state }) => (state.data?.trialUntil ? 5_000 : false),
  });
  if (answer.data === undefined)
    return (
      <PageFrame title={t('safety.addresses')} loading={answer.isPending} problem={answer.error} onRetry={() => void answer.refetch()} />
    );
  return <RulesForm key={`${answer.data.version}.${answer.data.trialUntil}`} answer={answer.data} />;
}

/** The place of the rule that is being edited; null where it is a new one. */
type Edited = { at: number | null } | null;

function RulesForm({ answer }: { answer: AddressRulesAnswer }) {
  const { t } = useTranslation();
  const { isOn, otherwise, rules } = answer;
  const [draft, setDraft] = useState<AddressRules>({ isOn, otherwise, rules });
  const [edited, setEdited] = useState<Edited>(null);
  const { problem, isBusy, save, dialog } = useSave(answer);
  const change = (part: Partial<AddressRules>) => setDraft({ ...draft, ...part });
  const isChanged = JSON.stringify(draft) !== JSON.stringify({ isOn, otherwise, rules });
  const keep = (rule: AddressRule) => {
    const at = edited?.at ?? null;
    change({ rules: at === null ? [...draft.rules, rule] : draft.rules.with(at, rule) });
    setEdited(null);
  };
  return (
    <PageFrame
      title={t('safety.addresses')}
      actions={
        <Button type="primary" disabled={!isChanged} loading={isBusy} onClick={() => void save(draft)}>
          {t('general.save')}
        </Button>
      }
    >
      {dialog}
      {problem ? <ProblemAlert problem={problem} /> : null}
      {answer.trialUntil === null ? null : <Trial until={answer.trialUntil} />}
      <section className="tp-panel tp-form tp-form-wide">
        <p className="tp-faint">{t('safety.addressesHelp')}</p>
        <Flex gap={24} wrap="wrap" align="center" style={{ marginBlockEnd: 12 }}>
          <Flex gap={8} align="center">
            <Switch aria-label={t('safety.rulesOn')} checked={draft.isOn} onChange={(on) => change({ isOn: on })} />
            <span>{t('safety.rulesOn')}</span>
          </Flex>
          <span className="tp-faint">{t('safety.yourAddress', { address: answer.ownAddress })}</span>
        </Flex>
        <AddressRulesTable
          rules={draft.rules}
          names={answer.names}
          onChange={(changed) => change({ rules: changed })}
          onEdit={(at) => setEdited({ at })}
        />
        <Flex gap={8} align="center" style={{ marginBlock: 12 }}>
          <span>{t('safety.otherwise')}</span>
          <Select<'allow' | 'refuse'>
            aria-label={t('safety.otherwise')}
            value={draft.otherwise}
            style={{ width: 130 }}
            options={(['allow', 'refuse'] as const).map((effect) => ({ value: effect, label: t(`safety.effects.${effect}`) }))}
            onChange={(chosen) => change({ otherwise: chosen })}
          />
        </Flex>
        <Button icon={<PlusOutlined />} onClick={() => setEdited({ at: null })}>
          {t('safety.newRule')}
        </Button>
      </section>
      {edited ? (
        <AddressRuleDialog
          rule={edited.at === null ? null : (draft.rules[edited.at] ?? null)}
          onKeep={keep}
          onClose={() => setEdited(null)}
        />
      ) : null}
    </PageFrame>
  );
}

/** Rules that are tried are shown with the way to keep them. */
function Trial({ until }: { until: string }) {
  const { t } = useTranslation();
  const session = useSession();
  const notices = useNotices();
  const keep = async () => {
    try {
      queryClient.setQueryData(rulesKey, await api.put<AddressRulesAnswer>('/api/address-rules/keep'));
      notices.done(t('safety.kept'));
    } catch (thrown) {
      notices.failed(thrown);
    }
  };
  return (
    <Alert
      type="warning"
      showIcon
      title={t('safety.trial', { until: clockTimeOf(until, session.settings.timeZone) })}
      action={
        <Button size="small" type="primary" onClick={() => void keep()}>
          {t('safety.keep')}
        </Button>
      }
    />
  );
}

/** Saves the rules; those that would keep their author out only after a question. */
function useSave({ version, ownAddress }: AddressRulesAnswer) {
  const { t } = useTranslation();
  const notices = useNotices();
  const [problem, setProblem] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const send = async (rules: AddressRules, isConfirmed: boolean) => {
    // What the server answers is shown as it is: rules that keep their author out let nothing more be read.
    queryClient.setQueryData(rulesKey, await api.put<AddressRulesAnswer>('/api/address-rules', { version, rules, isConfirmed }));
    notices.done(isConfirmed ? t('safety.tried') : t('general.saved'));
  };
  const { ask, dialog } = useRehearsal();
  const save = async (rules: AddressRules) => {
    setBusy(true);
    setProblem(null);
    try {
      const doors = await api.post<DoorsWhatIf>('/api/address-rules/what-if', { rules });
      if (doors.rows.length > 0 && !(await ask(<DoorChanges rows={doors.rows} />))) return;
      await send(rules, false).catch(async (thrown: unknown) => {
        if (!(thrown instanceof ApiProblem) || thrown.code !== 'addressRules.lockOut') throw thrown;
        const question = {
          title: t('safety.lockOutTitle'),
          text: t('safety.lockOutText', { address: ownAddress }),
          ok: t('safety.tryThem'),
        };
        if (await notices.ask({ ...question, danger: true })) await send(rules, true);
      });
    } catch (thrown) {
      setProblem(thrown);
    } finally {
      setBusy(false);
    }
  };
  return { problem, isBusy, save, dialog };
}
