import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { FieldWhy, OperationWhy, StepWhy, WhyAnswer } from '../../../../shared/contracts/explaining.ts';
import { api } from '../../api/http.ts';
import { keys, recordPath } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { useGroundsText } from './groundsText.ts';

/** Everything one person can and cannot do with a record, each with the reason. */
export function WhyRecord({ type, id, person }: { type: string; id: number; person: number }) {
  const { t } = useTranslation();
  const session = useSession();
  const why = useQuery({
    queryKey: [...keys.record(type, id), 'why', person],
    queryFn: ({ signal }) => api.get<WhyAnswer>(`${recordPath(type, id)}/why?user=${person}`, { signal }),
    staleTime: 0,
  });
  if (why.error) return <ProblemAlert problem={why.error} />;
  if (!why.data) return null;
  const { operations, steps, fields, door } = why.data;
  const owned = session.definitionOf(type)?.fields.owner !== undefined;
  return (
    <>
      <h3>{t('people.whyTitle', { name: why.data.person.name })}</h3>
      {owned ? (
        <p className="tp-faint">
          {t('people.belongsTo', { owner: why.data.owner ?? t('people.nobody'), department: why.data.department ?? t('people.nobody') })}
        </p>
      ) : null}
      {operations.map((operation) => (
        <OperationLine key={operation.operation} why={operation} />
      ))}
      {steps.length > 0 ? <h4>{t('people.steps')}</h4> : null}
      {steps.map((step) => (
        <StepLine key={step.step} type={type} why={step} />
      ))}
      {fields.length > 0 ? <h4>{t('people.fields')}</h4> : null}
      {fields.map((field) => (
        <FieldLine key={field.path} type={type} why={field} />
      ))}
      {door ? <p className="tp-faint">{t(`people.doors.${door.admission}`, { address: door.address })}</p> : null}
    </>
  );
}

function Verdict({ isAllowed }: { isAllowed: boolean }) {
  const { t } = useTranslation();
  return <span className={isAllowed ? 'tp-state tp-state-done' : 'tp-state'}>{t(isAllowed ? 'people.can' : 'people.cannot')}</span>;
}

function OperationLine({ why: { operation, isAllowed, positions, grounds, lacking } }: { why: OperationWhy }) {
  const { t } = useTranslation();
  const { words } = useSession();
  const say = useGroundsText();
  const position = (isEnough: boolean) =>
    positions
      .filter((one) => one.isEnough === isEnough)
      .map(({ name, scope }) =>
        t(isEnough ? 'people.byPosition' : 'people.notEnough', { position: name, scope: words.scopes[scope] ?? scope }),
      );
  const reasons = isAllowed
    ? [...position(true), say(grounds)]
    : [...(lacking ? [t(`people.lacking.${lacking}`)] : []), ...position(false)];
  return (
    <div className="tp-why">
      <strong>{words.operations[operation] ?? operation}</strong>
      <Verdict isAllowed={isAllowed} />
      <span>{reasons.join(' · ')}</span>
    </div>
  );
}

function StepLine({ type, why: { step, operation, isAllowed, lacking } }: { type: string; why: StepWhy }) {
  const { t } = useTranslation();
  const session = useSession();
  return (
    <div className="tp-why">
      <strong>{session.stepLabel(type, step)}</strong>
      <Verdict isAllowed={isAllowed} />
      <span>{lacking ? t(`people.stepLacking.${lacking}`, { operation: session.words.operations[operation] ?? operation }) : ''}</span>
    </div>
  );
}

/** A field and what keeps it; of another type where the person looks at all of them. */
export function FieldLine({ type, why: { path, access, because, right } }: { type: string; why: FieldWhy }) {
  const { t } = useTranslation();
  const session = useSession();
  const needed = right ? (session.words.rights[right] ?? right) : '';
  const [part] = path.split('.');
  const partName = path.includes('.') ? `${session.partLabel(type, part ?? '')} · ` : '';
  const isPart = session.definitionOf(type)?.parts[path] !== undefined;
  return (
    <div className="tp-why">
      <span>{isPart ? session.partLabel(type, path) : partName + session.fieldLabel(type, path)}</span>
      <span className="tp-faint">{t(access === 'hidden' ? 'people.fieldHidden' : 'people.fieldReadOnly')}</span>
      <span>{t(`people.fieldBecause.${because}`, { right: needed })}</span>
    </div>
  );
}
