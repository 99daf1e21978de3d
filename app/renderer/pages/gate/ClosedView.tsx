import { Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ClosedCompany } from '../../../../shared/contracts/upgrades.ts';
import { useReasonText } from '../backups/reasonText.ts';

/** Why nobody can work in a company now: how far its upgrade is, or what keeps it closed and what to do about it. */
export function ClosedView({ name, closed }: { name: string; closed: ClosedCompany }) {
  const { t } = useTranslation();
  const reasonText = useReasonText();
  const { phase, done, all, refusal } = closed;
  if (phase === 'failed')
    return (
      <div role="alert">
        <p>
          <strong>{name}</strong>
        </p>
        <p>{refusal ? reasonText(refusal) : null}</p>
        <p className="tp-faint">{t('companies.staysHelp')}</p>
      </div>
    );
  const phaseText = t(`companies.phases.${phase}`);
  return (
    <div role="status" aria-live="polite">
      <p>
        <strong>{name}</strong>
      </p>
      <Progress percent={all === 0 ? 0 : Math.floor((done / all) * 100)} status="active" aria-label={phaseText} />
      <p>{all === 0 ? phaseText : t('companies.stepOf', { phase: phaseText, done, all })}</p>
      <p className="tp-faint">{t('companies.upgradingHelp')}</p>
    </div>
  );
}
