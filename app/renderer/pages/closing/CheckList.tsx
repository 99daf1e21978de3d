import { CheckCircleFilled, ClockCircleOutlined, ExclamationCircleFilled, LoadingOutlined, WarningFilled } from '@ant-design/icons';
import { Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type ClosingCheck, type ClosingRow, closingChecks, closingMusts } from '../../../../shared/contracts/closing.ts';
import { useCurrencies } from '../../api/currencies.ts';
import { useSession } from '../../api/session.tsx';
import { formatMoney, formatQuantity } from '../../ui/format.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { toldApart } from '../../ui/toldApart.ts';
import type { Checks } from './useChecks.ts';

/** What is looked at before a month is closed, and what was found, each with a way to it. */
export function CheckList({ checks }: { checks: Checks }) {
  const { t } = useTranslation();
  const now = checks.current ? t('books.checking', { check: t(`books.checks.${checks.current}`) }) : '';
  return (
    <>
      {checks.isRunning ? (
        <div role="status" aria-live="polite">
          <Progress percent={Math.round(checks.progress * 100)} size="small" aria-label={now} />
          <span className="tp-faint">{now}</span>
        </div>
      ) : null}
      {checks.problem ? <ProblemAlert problem={checks.problem} onRetry={() => void checks.run()} /> : null}
      <ul className="tp-checks">
        {closingChecks.map((check) => (
          <Check key={check} check={check} checks={checks} />
        ))}
      </ul>
    </>
  );
}

function Check({ check, checks }: { check: ClosingCheck; checks: Checks }) {
  const { t } = useTranslation();
  const findings = checks.found[check];
  return (
    <li>
      <Mark check={check} checks={checks} />
      <div>
        <b>{t(`books.checks.${check}`)}</b>
        {closingMusts.includes(check) ? <small className="tp-faint"> {t('books.must')}</small> : null}
        {findings ? (
          <span className={findings.count > 0 ? 'tp-check-count' : 'tp-faint'}>
            {findings.count > 0 ? t('books.found', { count: findings.count }) : t('books.clear')}
          </span>
        ) : null}
        {findings && findings.count > 0 ? (
          <p>
            {toldApart(findings.rows).map(({ key, row }) => (
              <Found key={key} row={row} />
            ))}
          </p>
        ) : null}
      </div>
    </li>
  );
}

function Mark({ check, checks }: { check: ClosingCheck; checks: Checks }) {
  if (checks.current === check) return <LoadingOutlined aria-hidden />;
  const findings = checks.found[check];
  if (!findings) return <ClockCircleOutlined aria-hidden className="tp-faint" />;
  if (findings.count === 0) return <CheckCircleFilled aria-hidden className="tp-positive" />;
  return closingMusts.includes(check) ? (
    <ExclamationCircleFilled aria-hidden className="tp-negative" />
  ) : (
    <WarningFilled aria-hidden className="tp-warning" />
  );
}

/** One finding: a list of documents in some states, a record, or what a proof says. */
function Found({ row }: { row: ClosingRow }) {
  const session = useSession();
  const currency = useCurrencies().of(row.currency ?? null);
  if (row.detail !== undefined) return <span>{row.detail}</span>;
  const type = row.type ?? '';
  const text = row.title ?? session.typeLabel(type, 'many');
  const amount = row.amount === undefined ? '' : formatMoney(row.amount, currency.digits);
  const quantity = row.quantity === undefined ? '' : formatQuantity(row.quantity);
  const label = [
    row.title && row.states === undefined && row.id === undefined ? session.typeLabel(type) : '',
    text,
    row.count,
    amount,
    quantity,
  ]
    .filter((piece) => piece !== undefined && piece !== '')
    .join(' ');
  if (!session.may(type, 'read')) return <span>{label}</span>;
  if (row.id !== undefined) return <Link to={`/record/${type}/${row.id}`}>{label}</Link>;
  const filter = row.states ? { field: 'state', is: 'in', value: row.states } : null;
  return <Link to={`/list/${type}${filter ? `?filter=${encodeURIComponent(JSON.stringify(filter))}` : ''}`}>{label}</Link>;
}
