import type { PlanRow } from '../../../../shared/contracts/purchase.ts';
import type { Translate } from '../../api/i18n.ts';
import type { Session } from '../../api/session.tsx';
import { formatPrice, formatQuantity } from '../../ui/format.ts';
import { LinkSelect } from '../../ui/LinkSelect.tsx';
import type { TableColumn } from '../../ui/table/DataTable.tsx';
import { NumberBox } from './NumberBox.tsx';
import type { PlanChoice } from './usePlanChoice.ts';

/** The columns of the purchase plan; how much and from whom can be changed in the table. */
export function planColumns(session: Session, t: Translate, choice: PlanChoice): TableColumn<PlanRow>[] {
  const amount = (key: 'safetyStock' | 'promised' | 'forecast' | 'onHand' | 'onOrder', title: string): TableColumn<PlanRow> => ({
    key,
    title,
    widthPx: 74,
    align: 'end',
    render: (row) => (row[key] === 0 ? <span className="tp-faint">–</span> : <span className="tp-number">{formatQuantity(row[key])}</span>),
  });
  return [
    { key: 'code', title: session.fieldLabel('item', 'code'), widthPx: 92, render: (row) => row.code },
    {
      key: 'name',
      title: session.fieldLabel('item', 'name'),
      widthPx: 150,
      grows: true,
      render: (row) => <span title={row.spec ?? undefined}>{[row.name, row.spec].filter(Boolean).join(' ')}</span>,
    },
    { key: 'unit', title: t('purchase.unit'), widthPx: 48, render: (row) => row.unit },
    amount('safetyStock', session.fieldLabel('item', 'safetyStock')),
    amount('promised', t('stock.promised')),
    amount('forecast', t('purchase.forecast')),
    amount('onHand', t('stock.onHand')),
    amount('onOrder', t('purchase.onOrder')),
    {
      key: 'suggested',
      title: t('purchase.suggested'),
      widthPx: 100,
      align: 'end',
      render: (row) => (
        <div className="tp-plan-box">
          <NumberBox
            kind="quantity"
            label={`${t('purchase.suggested')} ${row.name}`}
            value={choice.quantityOf(row)}
            onChange={(quantity) => choice.want(row, { quantity: quantity ?? 0 })}
          />
        </div>
      ),
    },
    {
      key: 'supplier',
      title: session.typeLabel('supplier'),
      widthPx: 170,
      render: (row) => (
        <div className="tp-plan-box">
          <LinkSelect
            to="supplier"
            label={`${session.typeLabel('supplier')} ${row.name}`}
            value={choice.supplierOf(row)}
            onChange={(supplier) => choice.want(row, { supplier })}
          />
        </div>
      ),
    },
    {
      key: 'price',
      title: t('purchase.grossPrice'),
      widthPx: 84,
      align: 'end',
      render: (row) =>
        row.grossPrice === null || choice.supplierOf(row) !== row.supplier ? null : (
          <span className="tp-number">{formatPrice(row.grossPrice)}</span>
        ),
    },
    {
      key: 'leadDays',
      title: t('purchase.leadTime'),
      widthPx: 70,
      align: 'end',
      render: (row) => (row.leadDays === null || choice.supplierOf(row) !== row.supplier ? null : row.leadDays),
    },
  ];
}
