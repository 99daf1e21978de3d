import { Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LotChoice } from '../../../../shared/contracts/lots.ts';
import { byExpiry } from '../../../../shared/documents/lots.ts';
import type { AnyRow } from '../../../../shared/kernel/definition.ts';
import { useSession } from '../../api/session.tsx';
import type { RowValues } from '../../documents/form/draft.ts';
import { formatDay, formatQuantity } from '../../ui/format.ts';
import { QuantityCell } from '../selling/QuantityCell.tsx';
import { choicesFor, type Need } from './needs.ts';

interface ChooseLotsProps {
  needs: readonly Need[];
  lots: readonly LotChoice[];
  rows: readonly AnyRow[];
  onClose: () => void;
  onTake: (rows: RowValues[]) => void;
}

/** Every lot that lies there with what is left of it and when it expires; so much of each is taken. */
export function ChooseLots({ needs, lots, rows, onClose, onTake }: ChooseLotsProps) {
  const { t } = useTranslation();
  const [taken, setTaken] = useState(() => takenAtFirst(needs, lots, rows));
  const take = () =>
    onTake(
      needs.flatMap((need) =>
        choicesFor(need, lots).flatMap((lot): RowValues[] => {
          const quantity = taken.get(keyOf(lot)) ?? 0;
          return quantity > 0 ? [{ item: need.item, warehouse: need.warehouse, number: lot.number, quantity }] : [];
        }),
      ),
    );
  return (
    <Modal open title={t('lots.choose')} width={760} okText={t('lots.take')} onOk={take} onCancel={onClose}>
      {needs.map((need) => (
        <NeedTable
          key={`${need.item} ${need.warehouse}`}
          need={need}
          lots={choicesFor(need, lots).toSorted(byExpiry)}
          taken={taken}
          onChange={(lot, quantity) => setTaken(new Map(taken).set(keyOf(lot), quantity))}
        />
      ))}
    </Modal>
  );
}

const keyOf = (lot: LotChoice): string => `${lot.lot} ${lot.warehouse}`;

function takenAtFirst(needs: readonly Need[], lots: readonly LotChoice[], rows: readonly AnyRow[]): Map<string, number> {
  const taken = new Map<string, number>();
  for (const need of needs) {
    for (const lot of choicesFor(need, lots)) {
      const given = rows.filter(
        (row) => row.item === lot.item && row.number === lot.number && (row.warehouse ?? lot.warehouse) === lot.warehouse,
      );
      taken.set(
        keyOf(lot),
        given.reduce((sum, row) => sum + Number(row.quantity ?? 0), 0),
      );
    }
  }
  return taken;
}

interface NeedTableProps {
  need: Need;
  lots: readonly LotChoice[];
  taken: ReadonlyMap<string, number>;
  onChange: (lot: LotChoice, quantity: number) => void;
}

function NeedTable({ need, lots, taken, onChange }: NeedTableProps) {
  const { t } = useTranslation();
  const session = useSession();
  const { today } = session.settings;
  const chosen = lots.reduce((sum, lot) => sum + (taken.get(keyOf(lot)) ?? 0), 0);
  return (
    <section className="tp-panel tp-fact">
      <h3>
        {need.name} · {t('lots.told', { given: formatQuantity(chosen), wanted: formatQuantity(need.wanted) })}
      </h3>
      {lots.length === 0 ? (
        <span className="tp-faint">{t('lots.nothingHeld')}</span>
      ) : (
        <table>
          <thead>
            <tr>
              <th>{session.fieldLabel('lot', 'number')}</th>
              <th>{session.fieldLabel('lot', 'madeOn')}</th>
              <th>{session.fieldLabel('lot', 'expiresOn')}</th>
              <th className="is-number">{t('lots.held')}</th>
              <th className="is-number">{t('lots.chosen')}</th>
            </tr>
          </thead>
          <tbody>
            {lots.map((lot) => (
              <tr key={keyOf(lot)} className={lot.blocked ? 'tp-faint' : undefined}>
                <td>
                  {lot.number} {lot.blocked ? t('lots.states.blocked') : null}
                </td>
                <td>{lot.madeOn ? formatDay(lot.madeOn, session.language) : null}</td>
                <td className={lot.expiresOn !== null && lot.expiresOn < today ? 'tp-negative' : undefined}>
                  {lot.expiresOn ? formatDay(lot.expiresOn, session.language) : null}
                </td>
                <td className="is-number">{formatQuantity(lot.held)}</td>
                <td className="is-number" style={{ width: 120 }}>
                  <QuantityCell
                    label={`${t('lots.chosen')} ${lot.number}`}
                    value={taken.get(keyOf(lot)) ?? 0}
                    max={lot.held}
                    onChange={(quantity) => onChange(lot, quantity)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
