import { FileTextOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { AnyRow } from '../../../../shared/kernel/definition.ts';
import { useSession } from '../../api/session.tsx';
import type { PanelProps } from '../../documents/form/panels.tsx';
import type { Source } from '../../documents/form/recordDoor.ts';

/** Invoices what was delivered: the lines of its orders, as much of each as went out. The orders count what is invoiced. */
export function InvoiceDeliveryPanel({ form }: PanelProps) {
  const { t } = useTranslation();
  const session = useSession();
  const navigate = useNavigate();
  const { answer } = form;
  const sources = sourcesOf(answer?.parts.lines ?? []);
  if (answer?.state !== 'posted' || sources.length === 0 || !session.may('salesInvoice', 'create')) return null;
  return (
    <Button icon={<FileTextOutlined />} onClick={() => void navigate('/record/salesInvoice/new', { state: { sources } })}>
      {t('books.invoiceDelivery')}
    </Button>
  );
}

function sourcesOf(lines: readonly AnyRow[]): Source[] {
  const ordered = lines.filter((line) => line.order && line.orderRow);
  return [...Map.groupBy(ordered, (line) => Number(line.order))].map(([id, rows]) => ({
    type: 'salesOrder',
    id,
    rows: rows.map((line) => ({ id: Number(line.orderRow), amount: Number(line.quantity) - Number(line.returned ?? 0) })),
  }));
}
