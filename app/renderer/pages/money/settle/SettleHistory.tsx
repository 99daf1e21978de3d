import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ListAnswer } from '../../../../../shared/contracts/wire.ts';
import { useCurrencies } from '../../../api/currencies.ts';
import { api } from '../../../api/http.ts';
import { keys, recordPath } from '../../../api/queries.ts';
import { useSession } from '../../../api/session.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { formatDay, formatMoney } from '../../../ui/format.ts';
import { useNotices } from '../../../ui/notices.tsx';
import { StateTag } from '../../../ui/StateTag.tsx';
import { DataTable, type TableColumn } from '../../../ui/table/DataTable.tsx';
import type { SideName } from '../side.ts';

interface Settled {
  at: number;
  type: string;
  id: number;
  version: number;
  state: string;
  number: string;
  day: string;
  currency: number;
  amount: number;
}

/** Which documents settle debts of a side without any money. */
const typesOf = { customer: ['settlement', 'netting', 'debtTransfer'], supplier: ['supplierSettlement', 'netting', 'payableTransfer'] };

/** Everything that was settled for one customer or supplier, the latest first; each can be undone with a reason. */
export function SettleHistory({ side, party, onClose }: { side: SideName; party: number; onClose: () => void }) {
  const { t } = useTranslation();
  const [undone, setUndone] = useState<Settled | null>(null);
  const rows = useSettled(side, party);
  const columns = useColumns(setUndone);
  return (
    <Drawer open size={780} title={t('finance.settle.history')} onClose={onClose} className="tp-stock-drawer">
      <DataTable
        label={t('finance.settle.history')}
        columns={columns}
        rows={rows.data ?? []}
        idOf={(row) => row.at}
        isLoading={rows.isPending}
        empty={<EmptyState title={t('finance.settle.noHistory')} />}
      />
      {undone ? <UndoQuestion settled={undone} onClose={() => setUndone(null)} /> : null}
    </Drawer>
  );
}

function useSettled(side: SideName, party: number) {
  const session = useSession();
  const types = typesOf[side].filter((type) => session.may(type, 'read'));
  return useQuery({
    queryKey: [...keys.money, 'settled', side, party, types],
    queryFn: async ({ signal }) => {
      const answers = await Promise.all(
        types.map((type) =>
          api.post<ListAnswer>(`${recordPath(type)}/list`, { filter: { field: side, is: 'equal', value: party }, limit: 200 }, { signal }),
        ),
      );
      const all = answers.flatMap((answer, index) => answer.rows.map((row) => ({ type: types[index] ?? '', row })));
      all.sort((a, b) => (String(a.row.values.day) < String(b.row.values.day) ? 1 : -1));
      return all.map(({ type, row }, at): Settled => {
        const { number, day, currency, allocated, total } = row.values;
        const amount = Number(allocated ?? total ?? 0);
        const money = { currency: Number(currency), amount };
        return {
          at,
          type,
          id: row.id,
          version: row.version,
          state: row.state ?? '',
          number: String(number ?? ''),
          day: String(day),
          ...money,
        };
      });
    },
  });
}

function useColumns(onUndo: (row: Settled) => void): TableColumn<Settled>[] {
  const { t } = useTranslation();
  const session = useSession();
  const currencies = useCurrencies();
  return [
    {
      key: 'number',
      title: t('finance.settle.document'),
      widthPx: 220,
      grows: true,
      render: (row) => (
        <Link to={`/record/${row.type}/${row.id}`}>
          {session.typeLabel(row.type)} {row.number}
        </Link>
      ),
    },
    { key: 'day', title: t('general.day'), widthPx: 110, render: (row) => formatDay(row.day, session.language) },
    {
      key: 'amount',
      title: t('finance.settle.amount'),
      widthPx: 120,
      align: 'end',
      render: (row) => <span className="tp-number">{formatMoney(row.amount, currencies.of(row.currency).digits)}</span>,
    },
    { key: 'state', title: t('general.state'), widthPx: 96, render: (row) => <StateTag type={row.type} state={row.state} /> },
    {
      key: 'undo',
      title: '',
      widthPx: 90,
      render: (row) =>
        row.state === 'posted' && session.may(row.type, 'void') && session.hasRight('settlement.undo') ? (
          <button type="button" className="tp-link" onClick={() => onUndo(row)}>
            {t('finance.settle.undo')}
          </button>
        ) : null,
    },
  ];
}

/** Asks why, and takes the settlement back. */
function UndoQuestion({ settled, onClose }: { settled: Settled; onClose: () => void }) {
  const { t } = useTranslation();
  const notices = useNotices();
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const undo = async () => {
    setBusy(true);
    try {
      await api.post(`${recordPath(settled.type, settled.id)}/steps/takeBack`, { version: settled.version, reason });
      notices.done(t('finance.settle.undone', { number: settled.number }));
      await client.invalidateQueries();
      onClose();
    } catch (thrown) {
      notices.failed(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t('finance.settle.undoTitle', { number: settled.number })}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('general.cancel')}</Button>
          <Button danger type="primary" loading={isBusy} disabled={reason.trim() === ''} onClick={() => void undo()}>
            {t('finance.settle.undo')}
          </Button>
        </>
      }
    >
      <Input.TextArea
        autoFocus
        rows={3}
        maxLength={200}
        aria-label={t('finance.settle.why')}
        placeholder={t('finance.settle.why')}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </Modal>
  );
}
