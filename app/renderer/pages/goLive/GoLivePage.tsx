import { Alert, Button, Flex, Steps } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { differs, type GoLiveAnswer, mustAgree } from '../../../../shared/contracts/goLive.ts';
import { useSession } from '../../api/session.tsx';
import { formatInstant } from '../../ui/format.ts';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { BringIn } from './BringIn.tsx';
import { FiguresTable } from './FiguresTable.tsx';
import './goLive.css';
import '../../documents/form/form.css';
import { LockedPanel } from './LockedPanel.tsx';
import { LockPanel } from './LockPanel.tsx';
import { figuresIn, type OpeningStep, openingSteps } from './steps.ts';
import { type GoLiveDesk, useGoLive } from './useGoLive.ts';

/** From the old system to the first day: bring figures in, compare them with the old system's totals until nothing differs, lock them. */
export function GoLivePage() {
  const { t } = useTranslation();
  const desk = useGoLive();
  const { answer, problem } = desk;
  return (
    <PageFrame title={t('settings.live')} loading={desk.isLoading} problem={desk.failure ?? undefined} onRetry={() => void desk.refresh()}>
      {problem ? <ProblemAlert problem={problem} /> : null}
      {answer === undefined ? null : answer.isLive ? <LockedPanel answer={answer} desk={desk} /> : <Wizard answer={answer} desk={desk} />}
    </PageFrame>
  );
}

function Wizard({ answer, desk }: { answer: GoLiveAnswer; desk: GoLiveDesk }) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const at = Math.max(
    openingSteps.findIndex(({ name }) => name === search.get('step')),
    0,
  );
  const step = openingSteps[at] as OpeningStep;
  const go = (next: number) => setSearch({ step: openingSteps[next]?.name ?? 'items' });
  const figures = figuresIn(step, answer.figures);
  const empty = figures.filter((figure) => figure.control === null && figure.amount === 0 && mustAgree(figure));
  const keepZeros = () => void desk.keep(Object.fromEntries(empty.map(({ key }) => [key, 0])));
  return (
    <>
      <Steps
        size="small"
        className="tp-opening-steps"
        current={at}
        onChange={go}
        items={openingSteps.map((one) => ({ title: t(`goLive.steps.${one.name}`), status: statusOf(one, step, answer) }))}
      />
      {answer.agreed ? <Reopened agreed={answer.agreed} /> : null}
      <p className="tp-faint">{t(`goLive.stepHelp.${step.name}`)}</p>
      {step.name === 'check' ? <LockPanel answer={answer} desk={desk} /> : null}
      <section className="tp-panel tp-group">
        <FiguresTable figures={figures} onKeep={(key, total) => void desk.keep({ [key]: total })} />
        {empty.length > 0 ? (
          <Button size="small" type="link" onClick={keepZeros}>
            {t('goLive.zeros', { count: empty.length })}
          </Button>
        ) : null}
      </section>
      {step.name === 'check' ? null : (
        <BringIn
          types={step.types}
          from={`/settings/live?step=${step.name}`}
          drafts={answer.drafts}
          onChanged={() => void desk.refresh()}
        />
      )}
      <Flex gap={8}>
        {at > 0 ? <Button onClick={() => go(at - 1)}>{t('goLive.before')}</Button> : null}
        {at < openingSteps.length - 1 ? (
          <Button type={figures.some(differs) ? 'default' : 'primary'} onClick={() => go(at + 1)}>
            {t('goLive.next')}
          </Button>
        ) : null}
      </Flex>
    </>
  );
}

/** A step is done when everything in it agrees; the last one when everything does. */
function statusOf(one: OpeningStep, current: OpeningStep, { figures, drafts }: GoLiveAnswer) {
  if (one.name === current.name) return 'process' as const;
  const own = figuresIn(one, figures);
  const waits = one.types.some((type) => (drafts[type] ?? 0) > 0);
  const isWrong = own.some((figure) => figure.control !== null && differs(figure)) || waits;
  const isDone = own.every((figure) => !differs(figure)) && own.some(({ count, control }) => count > 0 || control !== null);
  return isWrong ? ('error' as const) : isDone ? ('finish' as const) : ('wait' as const);
}

function Reopened({ agreed }: { agreed: NonNullable<GoLiveAnswer['agreed']> }) {
  const { t } = useTranslation();
  const session = useSession();
  const at = formatInstant(agreed.at, session.language, session.settings.timeZone);
  return <Alert type="info" showIcon title={t('goLive.reopened', { by: agreed.by, at, reason: agreed.reason ?? '' })} />;
}
