import { useTranslation } from 'react-i18next';
import { trackAt } from '../../../../shared/documents/delivery/shipment.ts';
import { useRecord } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import type { PanelProps } from '../../documents/form/panels.tsx';
import { ParcelNumber } from './Shipments.tsx';

/** The parcels of a delivery; each number leads to its carrier's page where the company has given the address. */
export function ParcelPanel({ form }: PanelProps) {
  const { t } = useTranslation();
  const session = useSession();
  const { values, parts } = form.state.now;
  const parcels = [
    { carrier: values.carrier, number: values.parcelNumber },
    ...(parts.parcels ?? []).map((row) => ({ carrier: row.carrier ?? values.carrier, number: row.number })),
  ].filter(({ number }) => typeof number === 'string' && number !== '');
  if (parcels.length === 0) return null;
  return (
    <section className="tp-panel tp-fact">
      <h3>{t('selling.shipments')}</h3>
      <ul className="tp-shipments">
        {parcels.map(({ carrier, number }) => (
          <li key={String(number)}>
            <Parcel carrier={typeof carrier === 'number' ? carrier : null} number={String(number)} />
          </li>
        ))}
      </ul>
      {values.signedOn ? (
        <p className="tp-faint">
          {session.fieldLabel('stockOut', 'signedOn')} {String(values.signedOn)} {String(values.signedBy ?? '')}
        </p>
      ) : null}
    </section>
  );
}

function Parcel({ carrier, number }: { carrier: number | null; number: string }) {
  const { data } = useRecord('dictionaryEntry', carrier);
  const address = data?.values.queryAddress;
  return (
    <>
      {carrier === null ? '' : `${String(data?.values.name ?? '')} `}
      <ParcelNumber number={number} trackAt={trackAt(typeof address === 'string' ? address : null, number)} />
    </>
  );
}
