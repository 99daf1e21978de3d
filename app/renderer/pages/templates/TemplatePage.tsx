import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import type { RecordAnswer } from '../../../../shared/contracts/wire.ts';
import { useRecord } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { useNotices } from '../../ui/notices.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { LayoutForm } from './LayoutForm.tsx';
import { TemplatePreview } from './TemplatePreview.tsx';
import { draftFrom, draftOf, saveTemplate, type TemplateDraft, templateType } from './templateRecord.ts';

/** One template: the form at the left, the paper at the right. `/templates/new?type=&from=` begins with a copy. */
export function TemplatePage() {
  const { t } = useTranslation();
  const { language } = useSession();
  const { id = 'new' } = useParams();
  const [parameters] = useSearchParams();
  const known = useRecord(templateType, id === 'new' ? null : Number(id));
  const [type, from] = [parameters.get('type') ?? '', parameters.get('from') ?? ''];
  const copied = useQuery({
    queryKey: ['print', 'copy', type, from],
    queryFn: () => draftFrom(type, from, language, (name) => t('templates.copyOf', { name })),
    enabled: id === 'new',
    staleTime: Number.POSITIVE_INFINITY,
  });
  const draft = known.data ? draftOf(known.data) : copied.data;
  if (!draft)
    return (
      <PageFrame
        title={t('templates.title')}
        onBack={true}
        loading={known.isLoading || copied.isLoading}
        problem={known.error ?? copied.error}
      />
    );
  return <Editor key={id === 'new' ? 'new' : `${id}:${known.data?.version}`} first={draft} record={known.data ?? null} />;
}

function Editor({ first, record }: { first: TemplateDraft; record: RecordAnswer | null }) {
  const { t } = useTranslation();
  const session = useSession();
  const navigate = useNavigate();
  const notices = useNotices();
  const [draft, setDraft] = useState(first);
  const [problem, setProblem] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const isChanged = record === null || JSON.stringify(draft) !== JSON.stringify(first);
  const leave = async () => {
    if (isChanged && record !== null && !(await notices.ask({ title: t('templates.leaveAsk'), ok: t('templates.discard'), danger: true })))
      return;
    void navigate('/templates');
  };
  const save = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const id = await saveTemplate(draft, record);
      notices.done(t('general.savedRecord', { type: session.typeLabel(templateType), title: draft.name }));
      void navigate(`/templates/${id}`, { replace: true });
    } catch (thrown) {
      setProblem(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <PageFrame
      fill
      title={draft.name}
      onBack={() => void leave()}
      aside={<span className="tp-faint">{session.typeLabel(draft.layout.type)}</span>}
      actions={
        <Button type="primary" disabled={!isChanged || draft.name.trim() === ''} loading={isBusy} onClick={() => void save()}>
          {t('general.save')}
        </Button>
      }
    >
      {problem ? <ProblemAlert problem={problem} /> : null}
      <div className="tp-template-editor">
        <div className="tp-panel tp-template-form">
          <LayoutForm draft={draft} onChange={setDraft} />
        </div>
        <TemplatePreview layout={draft.layout} />
      </div>
    </PageFrame>
  );
}
