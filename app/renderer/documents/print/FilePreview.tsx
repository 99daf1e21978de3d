import { PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/http.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { PaperDrawer } from './PaperDrawer.tsx';
import { PaperFrame, usePaper } from './PaperFrame.tsx';

interface FileAsked {
  title: string;
  /** Where the server draws it; with a body it is asked by POST. */
  path: string;
  body?: unknown;
}

/** A button that shows a PDF of the server before it is printed or kept. */
export function PrintButton(asked: FileAsked) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button icon={<PrinterOutlined />} onClick={() => setOpen(true)}>
        {t('general.print')}
      </Button>
      {isOpen ? <FilePreview {...asked} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function FilePreview({ title, path, body, onClose }: FileAsked & { onClose: () => void }) {
  const { t } = useTranslation();
  const paper = useQuery({
    queryKey: ['print', path, body ?? null],
    queryFn: ({ signal }) => api.file(path, body, { signal }),
    gcTime: 0,
    staleTime: 0,
    retry: false,
  });
  const shown = usePaper(paper.data?.blob);
  return (
    <PaperDrawer title={`${t('general.print')} · ${title}`} file={paper.data} name={title} paper={shown} onClose={onClose}>
      {paper.error ? <ProblemAlert problem={paper.error} onRetry={() => void paper.refetch()} /> : null}
      {paper.isFetching ? <Spin className="tp-paper-wait" description={t('documents.drawing')} /> : null}
      <PaperFrame paper={shown} title={title} />
    </PaperDrawer>
  );
}
