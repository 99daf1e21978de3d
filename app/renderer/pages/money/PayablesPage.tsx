import { BalancesPage } from './BalancesPage.tsx';

/** What we owe suppliers, and for how long it has been due. */
export const PayablesPage = () => <BalancesPage side="supplier" />;
