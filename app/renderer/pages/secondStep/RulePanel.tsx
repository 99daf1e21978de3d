import { useQuery } from '@tanstack/react-query';
import { Button, Form, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type SecondStepRuleAnswer, secondStepModes } from '../../../../shared/contracts/secondStep.ts';
import { api } from '../../api/http.ts';
import { queryClient } from '../../api/queries.ts';
import { useNotices } from '../../ui/notices.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';

const ruleKey = ['secondStepRule'];

/** Who in the company is asked for a second step. */
export function SecondStepRulePanel() {
  const { t } = useTranslation();
  const answer = useQuery({
    queryKey: ruleKey,
    queryFn: ({ signal }) => api.get<SecondStepRuleAnswer>('/api/second-steps/rule', { signal }),
  });
  return (
    <section className="tp-panel tp-form">
      <h2>{t('secondStep.rule')}</h2>
      <p className="tp-faint">{t('secondStep.ruleHelp')}</p>
      {answer.error ? <ProblemAlert problem={answer.error} onRetry={() => void answer.refetch()} /> : null}
      {answer.data ? <RuleForm key={answer.data.version} answer={answer.data} /> : null}
    </section>
  );
}

function RuleForm({ answer }: { answer: SecondStepRuleAnswer }) {
  const { t } = useTranslation();
  const notices = useNotices();
  const [mode, setMode] = useState(answer.mode);
  const [positions, setPositions] = useState<readonly number[]>(answer.positions);
  const [problem, setProblem] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const isChanged = mode !== answer.mode || positions.join() !== answer.positions.join();
  const save = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const body = { version: answer.version, mode, positions };
      queryClient.setQueryData(ruleKey, await api.put<SecondStepRuleAnswer>('/api/second-steps/rule', body));
      notices.done(t('general.saved'));
    } catch (thrown) {
      setProblem(thrown);
      setBusy(false);
    }
  };
  return (
    <Form layout="vertical" onFinish={() => void save()}>
      {problem ? <ProblemAlert problem={problem} /> : null}
      <Radio.Group
        aria-label={t('secondStep.rule')}
        className="tp-step-modes"
        value={mode}
        onChange={(event) => setMode(event.target.value as typeof mode)}
        options={secondStepModes.map((value) => ({ value, label: t(`secondStep.modes.${value}`) }))}
      />
      {mode === 'required' ? (
        <Form.Item label={t('secondStep.positions')} extra={t('secondStep.requiredHelp')}>
          <Select<number[]>
            mode="multiple"
            aria-label={t('secondStep.positions')}
            value={[...positions]}
            onChange={setPositions}
            optionFilterProp="label"
            options={answer.choices.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
      ) : null}
      <Button type="primary" htmlType="submit" disabled={!isChanged} loading={isBusy}>
        {t('general.save')}
      </Button>
    </Form>
  );
}
