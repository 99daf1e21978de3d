import { ReloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { filledRows } from './input.ts';
import type { RecordForm } from './useRecordForm.ts';
import { refreshablePart, useRefreshLines } from './useRefreshLines.ts';

/** "Today's prices" above the lines of an open quotation or order. */
export function RefreshPrices({ form, part }: { form: RecordForm; part: string }) {
  const { t } = useTranslation();
  const [isBusy, setBusy] = useState(false);
  const refresh = useRefreshLines(form);
  if (refreshablePart(form) !== part) return null;
  const run = async () => {
    setBusy(true);
    await refresh(part);
    setBusy(false);
  };
  return (
    <Button
      size="small"
      icon={<ReloadOutlined />}
      loading={isBusy}
      disabled={filledRows(form.definition, part, form.state.now).length === 0}
      title={t('documents.refreshPricesHelp')}
      onClick={() => void run()}
    >
      {t('documents.refreshPrices')}
    </Button>
  );
}
