import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { SettleAnswer, SettleDebt, SettleInput } from '../../../../../shared/contracts/settling.ts';
import { fillCredits, type MatchMethod, match } from '../../../../../shared/documents/money/matching.ts';
import { api } from '../../../api/http.ts';
import { keys } from '../../../api/queries.ts';
import { useSession } from '../../../api/session.tsx';
import type { SideName } from '../side.ts';
import type { SettleRow } from './SettleTable.tsx';

export type Against = SettleInput['against'];
type Amounts = ReadonlyMap<string, number>;

const nothing: Amounts = new Map();

/** What lies on the desk of one customer or supplier, and what of it is set against each other so far. */
export function useDesk(side: SideName, party: number) {
  const { settings } = useSession();
  const answer = useQuery({
    queryKey: [...keys.money, 'settle', side, party],
    queryFn: ({ signal }) => api.get<SettleAnswer>(`/api/settle/${side}/${party}`, { signal }),
    placeholderData: keepPreviousData,
  });
  const [chosen, setCurrency] = useState<number | null>(null);
  const [against, setAgainst] = useState<Against>('credits');
  const [amounts, setAmounts] = useState<{ debts: Amounts; credits: Amounts }>({ debts: nothing, credits: nothing });
  const currencies = useMemo(() => currenciesIn(answer.data), [answer.data]);
  const currency = chosen !== null && currencies.includes(chosen) ? chosen : (currencies[0] ?? settings.currency.id);
  const debts = useMemo(() => debtRows(answer.data?.debts ?? [], currency), [answer.data, currency]);
  const credits = useMemo(
    () => (against === 'credits' ? creditRows(answer.data, currency) : debtRows(answer.data?.other?.debts ?? [], currency)),
    [answer.data, currency, against],
  );
  const clear = () => setAmounts({ debts: nothing, credits: nothing });
  const sums = { debts: sumOf(amounts.debts), credits: sumOf(amounts.credits) };
  return {
    answer,
    currencies,
    currency,
    against,
    debts,
    credits,
    amounts,
    sums,
    difference: sums.debts - sums.credits,
    clear,
    chooseCurrency: (next: number) => {
      setCurrency(next);
      clear();
    },
    chooseAgainst: (next: Against) => {
      setAgainst(next);
      clear();
    },
    setAmount: (of: 'debts' | 'credits', key: string, amount: number) =>
      setAmounts((before) => ({ ...before, [of]: withAmount(before[of], key, amount) })),
    matchBy: (method: MatchMethod) => setAmounts(match(matchable(debts), matchable(credits), method)),
    fill: () => setAmounts((before) => ({ ...before, credits: fillCredits(matchable(credits), sumOf(before.debts)) })),
  };
}

export type Desk = ReturnType<typeof useDesk>;

/** The settlement as it goes to the server: only rows something is taken of. */
export const inputOf = (desk: Desk, side: SideName, party: number): SettleInput => ({
  side,
  party,
  currency: desk.currency,
  against: desk.against,
  ...(desk.against === 'otherSide' && desk.answer.data?.other ? { other: desk.answer.data.other.party } : {}),
  debts: taken(desk.debts, desk.amounts.debts),
  credits: taken(desk.credits, desk.amounts.credits),
});

const taken = (rows: readonly SettleRow[], amounts: Amounts) =>
  rows.flatMap(({ key, type, id }) => {
    const amount = amounts.get(key) ?? 0;
    return amount > 0 ? [{ type, id, amount }] : [];
  });

const sumOf = (amounts: Amounts): number => [...amounts.values()].reduce((sum, amount) => sum + amount, 0);

function withAmount(before: Amounts, key: string, amount: number): Amounts {
  const next = new Map(before);
  if (amount === 0) next.delete(key);
  else next.set(key, amount);
  return next;
}

const matchable = (rows: readonly SettleRow[]) =>
  rows.map(({ key, number, open, note }) => ({ key, number, open, left: open, note: `${number} ${note}` }));

const currenciesIn = (data: SettleAnswer | undefined): number[] => [
  ...new Set([...(data?.debts ?? []), ...(data?.credits ?? []), ...(data?.other?.debts ?? [])].map((row) => row.currency)),
];

const debtRows = (debts: readonly SettleDebt[], currency: number): SettleRow[] =>
  debts
    .filter((debt) => debt.currency === currency)
    .map((debt) => ({ ...debt, key: `${debt.type}:${debt.id}:${debt.period ?? ''}`, note: '' }));

const creditRows = (data: SettleAnswer | undefined, currency: number): SettleRow[] =>
  (data?.credits ?? [])
    .filter((credit) => credit.currency === currency)
    .map((credit) => ({ ...credit, key: `${credit.type}:${credit.id}`, open: credit.left, period: null, dueOn: null }));
