import { HistoryOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Flex, Segmented, Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import type { RecordAnswer } from '../../../../../shared/contracts/wire.ts';
import type { MatchMethod } from '../../../../../shared/documents/money/matching.ts';
import { useCurrencies } from '../../../api/currencies.ts';
import { api, newKey } from '../../../api/http.ts';
import { useSession } from '../../../api/session.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { formatMoney } from '../../../ui/format.ts';
import { isPressed } from '../../../ui/keyTable.ts';
import { LinkSelect } from '../../../ui/LinkSelect.tsx';
import { useNotices } from '../../../ui/notices.tsx';
import { PageFrame } from '../../../ui/PageFrame.tsx';
import type { SideName } from '../side.ts';
import { SettleHistory } from './SettleHistory.tsx';
import { SettleTable } from './SettleTable.tsx';
import { type Against, type Desk, inputOf, useDesk } from './useDesk.ts';

/** The settlement desk (核销工作台): what somebody owes at the left, what pays it at the right, one key settles it. */
export function SettlePage() {
  const { t } = useTranslation();
  const session = useSession();
  const address = useParams();
  const navigate = useNavigate();
  const sides = (['customer', 'supplier'] as const).filter((name) => session.may(settlementOf[name], 'read'));
  const side: SideName = address.side === 'supplier' ? 'supplier' : address.side === 'customer' ? 'customer' : (sides[0] ?? 'customer');
  const party = address.party === undefined ? null : Number(address.party);
  const go = (to: SideName, id: number | null) => void navigate(`/settle/${to}${id === null ? '' : `/${id}`}`, { replace: true });
  const [isHistory, setHistory] = useState(false);
  return (
    <PageFrame
      fill
      title={t('finance.settle.title')}
      actions={
        <Button icon={<HistoryOutlined />} disabled={party === null} onClick={() => setHistory(true)}>
          {t('finance.settle.history')}
        </Button>
      }
    >
      <Flex gap={8} align="center" wrap="wrap">
        {sides.length < 2 ? null : (
          <Segmented<SideName>
            value={side}
            options={sides.map((value) => ({ value, label: session.typeLabel(value) }))}
            onChange={(next) => go(next, null)}
          />
        )}
        <div className="tp-settle-party">
          <LinkSelect
            key={side}
            to={side}
            label={session.typeLabel(side)}
            placeholder={t(`finance.settle.choose.${side}`)}
            value={party}
            onChange={(id) => go(side, id)}
          />
        </div>
      </Flex>
      {party === null ? (
        <EmptyState title={t('finance.settle.chooseFirst')} />
      ) : (
        <DeskOf key={`${side}:${party}`} side={side} party={party} />
      )}
      {isHistory && party !== null ? <SettleHistory side={side} party={party} onClose={() => setHistory(false)} /> : null}
    </PageFrame>
  );
}

const settlementOf = { customer: 'settlement', supplier: 'supplierSettlement' } as const;
const methods: readonly MatchMethod[] = ['exact', 'firstInFirstOut', 'byNumber'];

function DeskOf({ side, party }: { side: SideName; party: number }) {
  const { t } = useTranslation();
  const desk = useDesk(side, party);
  const currencies = useCurrencies();
  const { digits } = currencies.of(desk.currency);
  const other = desk.answer.data?.other;
  const shared = { digits, isLoading: desk.answer.isPending };
  return (
    <>
      <Flex gap={8} align="center" wrap="wrap">
        {desk.currencies.length < 2 ? null : (
          <Select<number>
            aria-label={t('money.currency')}
            value={desk.currency}
            options={desk.currencies.map((value) => ({ value, label: currencies.of(value).code }))}
            onChange={desk.chooseCurrency}
          />
        )}
        {other ? (
          <Segmented<Against>
            value={desk.against}
            options={[
              { value: 'credits', label: t(`finance.settle.against.${side}`) },
              { value: 'otherSide', label: t('finance.settle.against.other', { name: other.name }) },
            ]}
            onChange={desk.chooseAgainst}
          />
        ) : null}
        {methods.map((method) => (
          <Button key={method} onClick={() => desk.matchBy(method)}>
            {t(`finance.settle.methods.${method}`)}
          </Button>
        ))}
        <Button disabled={desk.sums.debts === 0} onClick={desk.fill}>
          {t('finance.settle.fill')}
        </Button>
        <Button type="text" disabled={desk.sums.debts === 0 && desk.sums.credits === 0} onClick={desk.clear}>
          {t('finance.settle.clear')}
        </Button>
      </Flex>
      <div className="tp-settle">
        <SettleTable
          {...shared}
          side={side}
          name="debt"
          label={t(`finance.settle.debts.${side}`)}
          rows={desk.debts}
          amounts={desk.amounts.debts}
          empty={{ title: t('finance.settle.noDebts'), text: t('finance.settle.noDebtsHelp') }}
          onAmount={(key, amount) => desk.setAmount('debts', key, amount)}
        />
        <SettleTable
          {...shared}
          side={desk.against === 'credits' ? side : side === 'customer' ? 'supplier' : 'customer'}
          name="credit"
          label={
            desk.against === 'credits' ? t(`finance.settle.against.${side}`) : t('finance.settle.against.other', { name: other?.name })
          }
          rows={desk.credits}
          amounts={desk.amounts.credits}
          empty={{ title: t('finance.settle.noCredits'), text: t(`finance.settle.noCreditsHelp.${side}`) }}
          onAmount={(key, amount) => desk.setAmount('credits', key, amount)}
        />
      </div>
      <SettleBar desk={desk} side={side} party={party} digits={digits} />
    </>
  );
}

/** Both sums, their difference as it stands, and the key that settles. */
function SettleBar({ desk, side, party, digits }: { desk: Desk; side: SideName; party: number; digits: number }) {
  const { t } = useTranslation();
  const session = useSession();
  const notices = useNotices();
  const client = useQueryClient();
  const key = useRef(newKey());
  const [isBusy, setBusy] = useState(false);
  const isReady = desk.difference === 0 && desk.sums.debts > 0 && !isBusy;
  const settle = async () => {
    if (!isReady) return;
    setBusy(true);
    try {
      const done = await api.post<RecordAnswer>('/api/settle', inputOf(desk, side, party), { idempotencyKey: key.current });
      key.current = newKey();
      notices.done(t('finance.settle.done', { number: String(done.values.number ?? '') }));
      desk.clear();
      await client.invalidateQueries();
    } catch (thrown) {
      key.current = newKey();
      notices.failed(thrown);
    } finally {
      setBusy(false);
    }
  };
  const latest = useRef(settle);
  latest.current = settle;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!isPressed(event, 'save') || document.querySelector('.ant-modal-wrap, .ant-drawer-open') !== null) return;
      event.preventDefault();
      // A cell that is being typed in gives its amount first.
      if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur();
      setTimeout(() => void latest.current(), 0);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
  const money = (value: number) => formatMoney(value, digits);
  const may = session.may(desk.against === 'otherSide' ? 'netting' : settlementOf[side], 'create');
  return (
    <Flex className="tp-settle-bar" gap={20} align="center" wrap="wrap">
      <span>
        {t('finance.settle.sumDebts')} <b className="tp-number">{money(desk.sums.debts)}</b>
      </span>
      <span>
        {t('finance.settle.sumCredits')} <b className="tp-number">{money(desk.sums.credits)}</b>
      </span>
      <span aria-live="polite">
        {t('finance.settle.difference')}{' '}
        <b className={desk.difference === 0 ? 'tp-number' : 'tp-number tp-negative'} data-testid="difference">
          {money(desk.difference)}
        </b>
      </span>
      <span className="tp-faint">{t('finance.settle.keys')}</span>
      {may ? (
        <Button type="primary" disabled={!isReady} loading={isBusy} onClick={() => void settle()} className="tp-settle-go">
          {t(desk.against === 'otherSide' ? 'finance.settle.net' : 'finance.settle.settle')} F8
        </Button>
      ) : null}
    </Flex>
  );
}
