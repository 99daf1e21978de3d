import { registerFetchFilling } from '../../documents/become/fetchFilling.ts';
import { registerPanel } from '../../documents/form/panels.tsx';
import { registerLineFilling } from '../lineFilling.ts';
import { ApprovalPanel } from './ApprovalPanel.tsx';
import { CreditPanel } from './CreditPanel.tsx';
import { ExecutionPanel } from './ExecutionPanel.tsx';
import { PricePanel } from './PricePanel.tsx';
import { StockPanel } from './StockPanel.tsx';
import { TrackBar } from './TrackBar.tsx';

/** Hangs what single documents show beside their forms on the generic form, and what fills itself in their lines and heads. */
export function registerPanels(): void {
  registerPanel(['salesOrder'], { name: 'track', place: 'above', Component: TrackBar });
  registerPanel(['quotation', 'salesOrder', 'receipt', 'stockOut'], { name: 'credit', place: 'side', Component: CreditPanel });
  registerPanel(['quotation', 'salesOrder'], { name: 'prices', place: 'side', Component: PricePanel });
  registerPanel(['quotation', 'salesOrder', 'stockOut'], { name: 'stock', place: 'side', Component: StockPanel });
  registerPanel(['quotation', 'salesOrder'], { name: 'approval', place: 'side', Component: ApprovalPanel });
  registerPanel(['salesOrder'], { name: 'execution', place: 'side', Component: ExecutionPanel });
  registerLineFilling();
  registerFetchFilling({ type: 'receipt', part: 'allocations', field: 'amount', sums: 'amount' });
}
