import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { type PlainParameter, parameters, parametersFor } from '../../../../shared/contracts/parameters.ts';
import type { SettingsAnswer } from '../../../../shared/contracts/trade.ts';
import { useSession } from '../../api/session.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { DecimalsTable } from './DecimalsTable.tsx';
import { ParameterFields } from './ParameterFields.tsx';
import { useSettings, useSettingsForm } from './useSettings.ts';

/** What the company says about itself on paper, and how the program behaves: changed only when saved. */
export function CompanySettingsPage() {
  const { t } = useTranslation();
  const answer = useSettings();
  if (answer.data === undefined) return <PageFrame title={t('settings.company')} loading={answer.isPending} problem={answer.error} />;
  return <SettingsForm key={answer.data.version} answer={answer.data} />;
}

function SettingsForm({ answer }: { answer: SettingsAnswer }) {
  const { t } = useTranslation();
  const session = useSession();
  const form = useSettingsForm(answer);
  const { changes, setChanges, problem, isBusy, save } = form;
  const isOfCompany = ({ key }: PlainParameter) => key.startsWith('company.');
  const isOfSafety = ({ key }: PlainParameter) => key.startsWith('safety.');
  return (
    <PageFrame
      title={t('settings.company')}
      actions={
        <Button type="primary" disabled={Object.keys(changes).length === 0} loading={isBusy} onClick={() => void save()}>
          {t('general.save')}
        </Button>
      }
    >
      {problem ? <ProblemAlert problem={problem} /> : null}
      <section className="tp-panel tp-form">
        <h2>{t('settings.letterhead')}</h2>
        <ParameterFields parameters={parameters.filter(isOfCompany)} answer={answer} form={form} />
      </section>
      <section className="tp-panel tp-form">
        <h2>{t('settings.parameters')}</h2>
        <ParameterFields
          parameters={parameters.filter((parameter) => !isOfCompany(parameter) && !isOfSafety(parameter))}
          answer={answer}
          form={form}
        />
      </section>
      <section className="tp-panel tp-form">
        <h2>{t('settings.decimals')}</h2>
        <p className="tp-faint">{t('settings.decimalsHelp')}</p>
        <DecimalsTable
          parameters={parametersFor(session.definitions).filter((parameter) => parameter.kind === 'decimals')}
          chosenFor={(key) => (key in changes ? changes[key] : answer.values[key]) ?? null}
          onChange={(key, value) => setChanges({ ...changes, [key]: value })}
        />
      </section>
    </PageFrame>
  );
}
