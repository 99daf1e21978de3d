import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { ListAnswer, ListRow } from '../../../../shared/contracts/wire.ts';
import { useCurrencies } from '../../api/currencies.ts';
import { api } from '../../api/http.ts';
import { keys, recordPath } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { formatMoney } from '../../ui/format.ts';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { AccountBook } from './AccountBook.tsx';

const query = { limit: 200, sort: [{ field: 'code', direction: 'ascending' as const }] };

/** The company's money: what each account holds, and the book of one of them. */
export function AccountsPage() {
  const { t } = useTranslation();
  const session = useSession();
  const navigate = useNavigate();
  const [chosen, choose] = useState<number | null>(null);
  const accounts = useQuery({
    queryKey: keys.list('account', query),
    queryFn: ({ signal }) => api.post<ListAnswer>(`${recordPath('account')}/list`, query, { signal }),
  });
  const balances = useQuery({
    queryKey: [...keys.money, 'balances'],
    queryFn: ({ signal }) => api.get<{ rows: { account: number; balance: number }[] }>('/api/accounts/balances', { signal }),
  });
  const rows = accounts.data?.rows ?? [];
  const account = rows.find((row) => row.id === chosen) ?? rows[0];
  const balanceOf = (id: number) => balances.data?.rows.find((row) => row.account === id)?.balance;
  const create = () => void navigate('/record/account/new');
  const newAccount = t('general.newType', { type: session.typeLabel('account') });
  return (
    <PageFrame
      fill
      title={t('money.accountBook')}
      loading={accounts.isPending}
      problem={accounts.error ?? balances.error}
      actions={session.may('account', 'create') ? <Button onClick={create}>{newAccount}</Button> : null}
    >
      {account === undefined ? (
        <EmptyState
          title={t('money.noAccounts')}
          text={t('money.noAccountsHelp')}
          action={session.may('account', 'create') ? { label: newAccount, onClick: create } : undefined}
        />
      ) : (
        <>
          <div className="tp-accounts" role="tablist">
            {rows.map((row) => (
              <AccountCard
                key={row.id}
                row={row}
                balance={balanceOf(row.id)}
                isChosen={row.id === account.id}
                onChoose={() => choose(row.id)}
              />
            ))}
          </div>
          <AccountBook key={account.id} account={account.id} />
        </>
      )}
    </PageFrame>
  );
}

function AccountCard({
  row,
  balance,
  isChosen,
  onChoose,
}: {
  row: ListRow;
  balance: number | undefined;
  isChosen: boolean;
  onChoose: () => void;
}) {
  const session = useSession();
  const currency = useCurrencies().of(row.values.currency as number | null);
  return (
    <button type="button" role="tab" aria-selected={isChosen} className="tp-figure tp-panel" onClick={onChoose}>
      <span>{row.values.name}</span>
      <b>{balance === undefined ? '–' : `${currency.symbol}${formatMoney(balance, currency.digits)}`}</b>
      <small className="tp-faint">
        {session.choiceLabel('account', 'accountKind', String(row.values.accountKind))} {row.values.bankAccount ?? ''}
      </small>
    </button>
  );
}
