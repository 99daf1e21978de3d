import { CopyOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { DeliveryStatus } from '../../../../shared/contracts/selling.ts';
import { api } from '../../api/http.ts';
import { useSession } from '../../api/session.tsx';
import type { PanelProps } from '../../documents/form/panels.tsx';
import { PrintButton } from '../../documents/print/FilePreview.tsx';
import { copyText } from '../../ui/copyText.ts';
import { formatDay, formatQuantity } from '../../ui/format.ts';
import { useNotices } from '../../ui/notices.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';

/** Where the goods of an order are, line by line and parcel by parcel; on paper and as text for the customer who asks. */
export function DeliveryPanel({ form }: PanelProps) {
  const { t } = useTranslation();
  const { language } = useSession();
  const notices = useNotices();
  const door = `/api/orders/${form.answer?.id}/delivery`;
  const status = useQuery({
    queryKey: ['record', 'salesOrder', form.answer?.id, 'delivery', form.answer?.version, language],
    queryFn: ({ signal }) => api.get<DeliveryStatus>(`${door}?language=${language}`, { signal }),
    enabled: form.answer !== null,
  });
  if (status.error) return <ProblemAlert problem={status.error} onRetry={() => void status.refetch()} />;
  if (!status.data) return null;
  const { text, number } = status.data;
  const copy = async () => {
    try {
      await copyText(text);
      notices.done(t('selling.deliveryStatus.copied'));
    } catch (thrown) {
      notices.failed(thrown);
    }
  };
  return (
    <Flex vertical gap={12} className="tp-delivery">
      <section className="tp-panel tp-fact">
        <Lines status={status.data} />
      </section>
      <section className="tp-panel tp-fact">
        <h3>{t('selling.deliveryStatus.shipments')}</h3>
        <Shipments status={status.data} />
      </section>
      <section className="tp-panel tp-fact">
        <h3>{t('selling.deliveryStatus.forCustomer')}</h3>
        <Input.TextArea readOnly autoSize value={text} aria-label={t('selling.deliveryStatus.forCustomer')} />
        <Flex gap={8} style={{ marginTop: 8 }}>
          <Button icon={<CopyOutlined />} onClick={() => void copy()}>
            {t('selling.deliveryStatus.copy')}
          </Button>
          <PrintButton title={`${t('selling.deliveryStatus.title')} ${number}`} path={`${door}/paper?language=${language}`} />
        </Flex>
      </section>
    </Flex>
  );
}

function Lines({ status }: { status: DeliveryStatus }) {
  const { t } = useTranslation();
  const names = ['ordered', ...(status.byNotice ? (['released'] as const) : []), 'shipped', 'inTransit', 'signed'] as const;
  return (
    <table>
      <thead>
        <tr>
          <th>{t('selling.deliveryStatus.goods')}</th>
          <th>{t('selling.deliveryStatus.unit')}</th>
          {names.map((name) => (
            <th key={name} className="is-number">
              {t(`selling.deliveryStatus.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {status.lines.map((line) => (
          <tr key={line.row}>
            <td>
              {line.name} <span className="tp-faint">{line.spec}</span>
            </td>
            <td>{line.unit}</td>
            {names.map((name) => (
              <td key={name} className="is-number">
                {formatQuantity(line[name])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Shipments({ status }: { status: DeliveryStatus }) {
  const { t } = useTranslation();
  const { language } = useSession();
  if (status.shipments.length === 0) return <p className="tp-faint">{t('selling.deliveryStatus.nothingSent')}</p>;
  return (
    <table>
      <tbody>
        {status.shipments.map((shipment) => (
          <tr key={shipment.id}>
            <td>{formatDay(shipment.day, language)}</td>
            <td>{shipment.number}</td>
            <td>
              {shipment.carrier ?? shipment.method} {shipment.parcelNumbers.join(' ')}
            </td>
            <td>
              {shipment.signedOn === null
                ? t('selling.deliveryStatus.onTheWay')
                : t('selling.signedBy', { day: formatDay(shipment.signedOn, language), name: shipment.signedBy ?? '' })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
