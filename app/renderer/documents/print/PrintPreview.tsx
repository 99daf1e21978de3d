import { DownloadOutlined, PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Flex, Select, Spin } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Language, languageNames, languages } from '../../../../shared/language/languages.ts';
import { api } from '../../api/http.ts';
import { useSession } from '../../api/session.tsx';
import { download } from '../../ui/download.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { usePreference } from '../../ui/preference.ts';
import './print.css';

interface TemplateRow {
  id?: number;
  name?: string;
  title: string;
  language?: string | null;
  main?: boolean;
}

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
  const [kept, keep] = usePreference<{ template?: string; language?: Language }>(`print.${type}`, {});
  const templates = useQuery({
    queryKey: ['print', type, 'templates'],
    queryFn: ({ signal }) => api.get<{ rows: TemplateRow[] }>(`/api/print/${type}/templates`, { signal }),
  });
  const rows = templates.data?.rows ?? [];
  const main = rows.find((row) => keyOf(row) === kept.template) ?? rows.find((row) => row.main) ?? rows[0];
  const template = main ? keyOf(main) : undefined;
  const language = kept.language;
  const asked = new URLSearchParams({ ...(template ? { template } : {}), ...(language ? { language } : {}) });
  const paper = useQuery({
    queryKey: ['print', type, id, asked.toString()],
    queryFn: ({ signal }) => api.file(`/api/print/${type}/${id}?${asked}`, undefined, { signal }),
    enabled: !templates.isPending,
    gcTime: 0,
    staleTime: 0,
    retry: false,
  });
  const frame = useRef<HTMLIFrameElement>(null);
  const address = useAddress(paper.data?.blob);
  return (
    <Drawer
      open
      size="min(1080px, 92vw)"
      title={`${t('general.print')} · ${title}`}
      onClose={onClose}
      styles={{ body: { padding: 0, display: 'flex', flexDirection: 'column' } }}
      extra={
        <Flex gap={8}>
          <Select
            aria-label={t('documents.template')}
            style={{ minWidth: 160 }}
            value={template}
            placeholder={t('documents.template')}
            onChange={(value) => keep({ ...kept, template: value })}
            options={rows.map((row) => ({ value: keyOf(row), label: row.title }))}
          />
          <Select
            aria-label={t('documents.paperLanguage')}
            style={{ minWidth: 120 }}
            value={language ?? ''}
            onChange={(value) => keep({ ...kept, language: languages.find((one) => one === value) })}
            options={[
              { value: '' as const, label: t('documents.customersLanguage') },
              ...languages.map((value) => ({ value, label: languageNames[value] })),
            ]}
          />
          <Button
            icon={<DownloadOutlined />}
            disabled={!paper.data}
            onClick={() => paper.data && download(paper.data.blob, paper.data.name ?? `${title}.pdf`)}
          >
            {t('general.download')}
          </Button>
          <Button type="primary" icon={<PrinterOutlined />} disabled={address === null} onClick={() => printFrame(frame.current, address)}>
            {t('general.print')}
          </Button>
        </Flex>
      }
    >
      {paper.error ? <ProblemAlert problem={paper.error} onRetry={() => void paper.refetch()} /> : null}
      {templates.error ? <ProblemAlert problem={templates.error} /> : null}
      {paper.isFetching ? <Spin className="tp-paper-wait" description={t('documents.drawing')} /> : null}
      {address === null ? null : hasPdfViewer() ? (
        <iframe ref={frame} className="tp-paper" title={`${session.typeLabel(type)} ${title}`} src={address} />
      ) : (
        <p className="tp-paper-none">
          {t('documents.noViewer')}{' '}
          <a href={address} target="_blank" rel="noreferrer">
            {t('documents.openPaper')}
          </a>
        </p>
      )}
    </Drawer>
  );
}

const keyOf = (row: TemplateRow): string => String(row.id ?? row.name ?? row.title);

/** Browsers say whether they can show a PDF in the page; without it the file is opened beside it. */
const hasPdfViewer = (): boolean => navigator.pdfViewerEnabled;

function printFrame(frame: HTMLIFrameElement | null, address: string | null): void {
  if (frame?.contentWindow) frame.contentWindow.print();
  else if (address !== null) window.open(address);
}

function useAddress(blob: Blob | undefined): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (!blob) return setAddress(null);
    const made = URL.createObjectURL(blob.type === '' ? new Blob([blob], { type: 'application/pdf' }) : blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return address;
}
