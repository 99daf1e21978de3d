import { useQuery } from '@tanstack/react-query';
import { Select, Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Language, languageNames, languages } from '../../../../shared/language/languages.ts';
import { api } from '../../api/http.ts';
import { useSession } from '../../api/session.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { usePreference } from '../../ui/preference.ts';
import { PaperDrawer } from './PaperDrawer.tsx';
import { PaperFrame, usePaper } from './PaperFrame.tsx';
import { useTemplates } from './useTemplates.ts';

interface PrintPreviewProps {
  type: string;
  id: number;
  title: string;
  onClose: () => void;
}

/** The paper itself before it is printed: the very PDF, in the template and language that are chosen. */
export function PrintPreview({ type, id, title, onClose }: PrintPreviewProps) {
  const { t } = useTranslation();
  const session = useSession();
  const [kept, keep] = usePreference<{ language?: Language }>(`print.${type}`, {});
  const { rows, template, choose, isPending, error } = useTemplates(type);
  const language = kept.language;
  const asked = new URLSearchParams({ ...(template ? { template } : {}), ...(language ? { language } : {}) });
  const paper = useQuery({
    queryKey: ['print', type, id, asked.toString()],
    queryFn: ({ signal }) => api.file(`/api/print/${type}/${id}?${asked}`, undefined, { signal }),
    enabled: !isPending,
    gcTime: 0,
    staleTime: 0,
    retry: false,
  });
  const shown = usePaper(paper.data?.blob);
  return (
    <PaperDrawer
      title={`${t('general.print')} · ${title}`}
      file={paper.data}
      name={title}
      paper={shown}
      tools={
        <>
          <Select
            aria-label={t('documents.template')}
            style={{ minWidth: 160 }}
            value={template}
            placeholder={t('documents.template')}
            onChange={choose}
            options={rows}
          />
          <Select
            aria-label={t('documents.paperLanguage')}
            style={{ minWidth: 120 }}
            value={language ?? ''}
            onChange={(value) => keep({ language: languages.find((one) => one === value) })}
            options={[
              { value: '' as const, label: t('documents.customersLanguage') },
              ...languages.map((value) => ({ value, label: languageNames[value] })),
            ]}
          />
        </>
      }
      onClose={onClose}
    >
      {paper.error ? <ProblemAlert problem={paper.error} onRetry={() => void paper.refetch()} /> : null}
      {error ? <ProblemAlert problem={error} /> : null}
      {paper.isFetching ? <Spin className="tp-paper-wait" description={t('documents.drawing')} /> : null}
      <PaperFrame paper={shown} title={`${session.typeLabel(type)} ${title}`} />
    </PaperDrawer>
  );
}
