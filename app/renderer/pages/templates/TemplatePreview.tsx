import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Flex, Select, Spin } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Language, languageNames, languages } from '../../../../shared/language/languages.ts';
import type { PrintTemplate } from '../../../../shared/printing/template.ts';
import { api } from '../../api/http.ts';
import { useSession } from '../../api/session.tsx';
import { LinkSelect } from '../../ui/LinkSelect.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';

const pauseMs = 600;

/** The paper as the server draws it, with made-up figures or those of a document; follows the form with a short pause. */
export function TemplatePreview({ layout }: { layout: PrintTemplate }) {
  const { t } = useTranslation();
  const session = useSession();
  const [language, setLanguage] = useState<Language>(layout.language ?? session.language);
  const [document, setDocument] = useState<number | null>(null);
  const settled = useSettled(layout);
  const request = { layout: settled, documentType: layout.type, id: document ?? undefined, language };
  const paper = useQuery({
    queryKey: ['print', 'preview', JSON.stringify(request)],
    queryFn: ({ signal }) => api.file('/api/print/preview', request, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
    retry: false,
  });
  const address = useBlobAddress(paper.data?.blob);
  return (
    <div className="tp-panel tp-template-preview">
      <Flex gap={8} align="center" className="tp-template-tools">
        <Select<Language>
          aria-label={t('shell.language')}
          value={layout.language ?? language}
          disabled={layout.language !== undefined}
          onChange={setLanguage}
          options={languages.map((value) => ({ value, label: languageNames[value] }))}
        />
        <div style={{ width: 220 }}>
          <LinkSelect
            to={layout.type}
            allowClear
            label={t('templates.withDocument')}
            placeholder={t('templates.withSample')}
            value={document}
            onChange={setDocument}
          />
        </div>
        {paper.isFetching ? <Spin size="small" /> : null}
      </Flex>
      {paper.error ? <ProblemAlert problem={paper.error} /> : null}
      {address === null ? null : <iframe title={t('templates.preview')} src={`${address}#toolbar=0&navpanes=0&view=FitH`} />}
    </div>
  );
}

/** The value once it has not changed for a short while. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const pause = setTimeout(() => setSettled(value), pauseMs);
    return () => clearTimeout(pause);
  }, [value]);
  return settled;
}

function useBlobAddress(blob: Blob | undefined): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (blob === undefined) return;
    const made = URL.createObjectURL(blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return address;
}
