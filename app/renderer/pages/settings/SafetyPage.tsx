import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { parameters } from '../../../../shared/contracts/parameters.ts';
import type { SettingsAnswer } from '../../../../shared/contracts/trade.ts';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { SecondStepRulePanel } from '../secondStep/RulePanel.tsx';
import { ParameterFields } from './ParameterFields.tsx';
import { useSettings, useSettingsForm } from './useSettings.ts';

/** How hard it is to come in: when accounts are locked, when a picture must be read, what passwords must be like. */
export function SafetyPage() {
  const { t } = useTranslation();
  const answer = useSettings();
  if (answer.data === undefined) return <PageFrame title={t('safety.title')} loading={answer.isPending} problem={answer.error} />;
  return <SafetyForm key={answer.data.version} answer={answer.data} />;
}

const lockKeys = ['safety.captcha', 'safety.lockAfter', 'safety.lockMinutes'];
const passwordKeys = ['safety.passwordLength', 'safety.passwordWords'];

function SafetyForm({ answer }: { answer: SettingsAnswer }) {
  const { t } = useTranslation();
  const form = useSettingsForm(answer);
  const { changes, problem, isBusy, save } = form;
  const fields = (keys: readonly string[]) => (
    <ParameterFields parameters={parameters.filter(({ key }) => keys.includes(key))} answer={answer} form={form} />
  );
  return (
    <PageFrame
      title={t('safety.title')}
      actions={
        <Button type="primary" disabled={Object.keys(changes).length === 0} loading={isBusy} onClick={() => void save()}>
          {t('general.save')}
        </Button>
      }
    >
      {problem ? <ProblemAlert problem={problem} /> : null}
      <section className="tp-panel tp-form">
        <h2>{t('safety.lockRules')}</h2>
        <p className="tp-faint">{t('safety.lockHelp')}</p>
        {fields(lockKeys)}
      </section>
      <section className="tp-panel tp-form">
        <h2>{t('safety.passwordRules')}</h2>
        <p className="tp-faint">{t('safety.passwordHelp')}</p>
        {fields(passwordKeys)}
      </section>
      <SecondStepRulePanel />
    </PageFrame>
  );
}
