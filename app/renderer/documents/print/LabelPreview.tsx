import { useQuery } from '@tanstack/react-query';
import { Checkbox, Flex, InputNumber, Radio, Select, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/http.ts';
import { useSession } from '../../api/session.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { PaperDrawer } from './PaperDrawer.tsx';
import { PaperFrame, usePaper } from './PaperFrame.tsx';
import { useTemplates } from './useTemplates.ts';

interface LabelPreviewProps {
  type: string;
  ids: readonly number[];
  onClose: () => void;
}

/** Labels of the chosen records before they are printed: which size, how many of each, with or without the price. */
export function LabelPreview({ type, ids, onClose }: LabelPreviewProps) {
  const { t } = useTranslation();
  const session = useSession();
  const { rows, template, choose, isPending, error } = useTemplates(type);
  const [count, setCount] = useState(1);
  const [by, setBy] = useState<'count' | 'stock'>('count');
  const [withPrice, setWithPrice] = useState(false);
  const each = by === 'stock' ? 'stock' : count;
  const labels = useQuery({
    queryKey: ['print', type, 'labels', ids, template, each, withPrice],
    queryFn: ({ signal }) => api.file(`/api/print/${type}/labels`, { ids, each, withPrice, ...(template ? { template } : {}) }, { signal }),
    enabled: !isPending,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const paper = usePaper(labels.data?.blob);
  const title = t('documents.labelsTitle', { type: session.typeLabel(type), count: ids.length });
  const hasPrices = Object.values(session.definitionOf(type)?.fields ?? {}).some((field) => field.kind === 'price');
  return (
    <PaperDrawer title={title} file={labels.data} name={title} paper={paper} canPrint={!labels.isFetching} onClose={onClose}>
      <Flex gap={12} align="center" wrap="wrap" className="tp-label-tools">
        <Select aria-label={t('documents.template')} style={{ minWidth: 190 }} value={template} onChange={choose} options={rows} />
        <Radio.Group
          value={by}
          onChange={(event) => setBy(event.target.value)}
          options={[
            { value: 'count', label: t('documents.labelsEach') },
            { value: 'stock', label: t('documents.labelsStock') },
          ]}
        />
        <InputNumber
          aria-label={t('documents.labelsEach')}
          controls={false}
          min={1}
          max={2000}
          precision={0}
          changeOnWheel={false}
          style={{ width: 72 }}
          value={count}
          disabled={by === 'stock'}
          onChange={(value) => setCount(value ?? 1)}
        />
        {hasPrices ? (
          <Checkbox checked={withPrice} onChange={(event) => setWithPrice(event.target.checked)}>
            {t('documents.labelsPrice')}
          </Checkbox>
        ) : null}
      </Flex>
      {labels.error || error ? <ProblemAlert problem={labels.error ?? error} onRetry={() => void labels.refetch()} /> : null}
      {labels.isFetching ? <Spin className="tp-paper-wait" description={t('documents.drawing')} /> : null}
      <PaperFrame paper={paper} title={title} />
    </PaperDrawer>
  );
}
