import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Select, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/http.ts';
import { useSession } from '../../api/session.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { PaperDrawer } from './PaperDrawer.tsx';
import { PaperFrame, usePaper } from './PaperFrame.tsx';
import { useTemplates } from './useTemplates.ts';

interface BatchPreviewProps {
  type: string;
  ids: readonly number[];
  onClose: () => void;
}

/** Several documents as one PDF, to look through, print or keep. Making it can be given up at any time. */
export function BatchPreview({ type, ids, onClose }: BatchPreviewProps) {
  const { t } = useTranslation();
  const session = useSession();
  const { rows, template, choose, isPending, error } = useTemplates(type);
  const [isGivenUp, setGivenUp] = useState(false);
  const stack = useQuery({
    queryKey: ['print', type, 'batch', ids, template],
    queryFn: ({ signal }) => api.file(`/api/print/${type}/batch`, { ids, ...(template ? { template } : {}) }, { signal }),
    enabled: !isPending && !isGivenUp,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const paper = usePaper(stack.data?.blob);
  const title = t('documents.batchTitle', { type: session.typeLabel(type), count: ids.length });
  return (
    <PaperDrawer
      title={title}
      file={stack.data}
      name={title}
      paper={paper}
      tools={
        <Select
          aria-label={t('documents.template')}
          style={{ minWidth: 160 }}
          value={template}
          placeholder={t('documents.template')}
          onChange={choose}
          options={rows}
        />
      }
      onClose={onClose}
    >
      {stack.error || error ? <ProblemAlert problem={stack.error ?? error} onRetry={() => void stack.refetch()} /> : null}
      {isGivenUp ? (
        <EmptyState title={t('documents.batchGivenUp')} action={{ label: t('documents.batchAgain'), onClick: () => setGivenUp(false) }} />
      ) : null}
      {stack.isFetching && !isGivenUp ? (
        <Flex vertical align="center" gap={12} className="tp-paper-wait">
          <Spin description={t('documents.batchDrawing', { count: ids.length })} />
          <Button onClick={() => setGivenUp(true)}>{t('general.cancel')}</Button>
        </Flex>
      ) : null}
      {isGivenUp ? null : <PaperFrame paper={paper} title={title} />}
    </PaperDrawer>
  );
}
