import { LinkOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { Shipment } from '../../../../shared/contracts/trade.ts';
import { useSession } from '../../api/session.tsx';
import { formatDay, formatQuantity } from '../../ui/format.ts';

/** How an order's goods travelled: what, by whom, under which number, and who signed for them. */
export function Shipments({ shipments }: { shipments: readonly Shipment[] }) {
  const { t } = useTranslation();
  const session = useSession();
  if (shipments.length === 0) return null;
  return (
    <>
      <h4>{t('selling.shipments')}</h4>
      <ul className="tp-shipments">
        {shipments.map((shipment) => (
          <li key={shipment.id}>
            <div>
              {formatDay(shipment.day, session.language)} {[shipment.method, shipment.carrier].filter(Boolean).join(' · ')}{' '}
              <ParcelNumber number={shipment.parcelNumber} trackAt={shipment.trackAt} />
            </div>
            <div className="tp-faint">
              {shipment.lines.map((line) => `${line.name ?? ''} ${formatQuantity(line.quantity)}${line.unit ?? ''}`).join('、')}
            </div>
            <div className={shipment.signedOn === null ? 'tp-negative' : 'tp-faint'}>
              {shipment.signedOn === null
                ? t('selling.notSigned')
                : t('selling.signedBy', { day: formatDay(shipment.signedOn, session.language), name: shipment.signedBy ?? '' })}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

/** A parcel's number; where the carrier has a page about it, the number leads there. */
export function ParcelNumber({ number, trackAt }: { number: string | null; trackAt: string | null }) {
  const { t } = useTranslation();
  if (!number) return null;
  if (trackAt === null) return <span>{number}</span>;
  return (
    <a href={trackAt} target="_blank" rel="noreferrer" title={t('selling.trackParcel')}>
      {number} <LinkOutlined />
    </a>
  );
}
