import { BalancesPage } from './BalancesPage.tsx';

/** What customers owe, and for how long it has been due. */
export const ReceivablesPage = () => <BalancesPage side="customer" />;
