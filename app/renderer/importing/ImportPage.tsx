import { Steps } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import type { ImportState } from '../../../shared/exchange/importAnswers.ts';
import { useSession } from '../api/session.tsx';
import { PageFrame } from '../ui/PageFrame.tsx';
import { CheckStep } from './CheckStep.tsx';
import { ColumnsStep } from './ColumnsStep.tsx';
import { FileStep } from './FileStep.tsx';
import '../documents/form/form.css';
import './importing.css';
import { ResultStep } from './ResultStep.tsx';
import { RunningStep } from './RunningStep.tsx';
import { useImport } from './useImport.ts';

const stepOf: Record<ImportState, number> = {
  read: 1,
  checking: 2,
  checked: 2,
  committing: 3,
  done: 4,
  cancelled: 4,
  failed: 4,
  undone: 4,
};

/** From a file to records, step by step: choose it, say what its columns mean, look at what would happen, let it happen, or take it back. */
export function ImportPage() {
  const { type = '' } = useParams();
  const { t } = useTranslation();
  const session = useSession();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const id = search.get('id') === null ? null : Number(search.get('id'));
  // Whoever was sent here by another page goes back there; an address of the program, never one outside.
  const from = search.get('from')?.startsWith('/') ? search.get('from') : null;
  const show = (asked: Record<string, string>) => setSearch({ ...asked, ...(from === null ? {} : { from }) });
  const open = (next: number | null) => show(next === null ? {} : { id: String(next) });
  const desk = useImport(id, open);
  const { answer, error } = desk;
  const isChanging = search.get('columns') !== null;
  const step = id === null ? 0 : answer === null ? 1 : isChanging ? 1 : stepOf[answer.state];
  const typeLabel = session.typeLabel(type, 'many');
  return (
    <PageFrame
      title={t('importing.title', { type: typeLabel })}
      onBack={from === null ? true : () => void navigate(from)}
      loading={id !== null && answer === null && !error}
      problem={error ?? undefined}
    >
      <Steps
        size="small"
        current={step}
        className="tp-import-steps"
        items={(['stepFile', 'stepColumns', 'stepCheck', 'stepCommit', 'stepResult'] as const).map((name) => ({
          title: t(`importing.${name}`),
        }))}
      />
      {id === null ? <FileStep type={type} desk={desk} onOpen={open} /> : null}
      {answer !== null && step === 1 ? <ColumnsStep key={answer.id} answer={answer} desk={desk} onChecked={() => open(answer.id)} /> : null}
      {answer !== null && step > 1 && (answer.state === 'checking' || answer.state === 'committing') ? (
        <RunningStep answer={answer} desk={desk} />
      ) : null}
      {answer !== null && step === 2 && answer.state === 'checked' ? (
        <CheckStep key={answer.id} answer={answer} desk={desk} onColumns={() => show({ id: String(answer.id), columns: '1' })} />
      ) : null}
      {answer !== null && step === 4 ? (
        <ResultStep
          answer={answer}
          desk={desk}
          from={from}
          onAnother={() => open(null)}
          onColumns={() => show({ id: String(answer.id), columns: '1' })}
        />
      ) : null}
    </PageFrame>
  );
}
