import { registerFetchFilling } from '../../documents/become/fetchFilling.ts';
import { registerExplanation } from '../../documents/form/explanations.ts';
import { keepsPeople } from '../../documents/form/keepsPeople.ts';
import { registerPanel } from '../../documents/form/panels.tsx';
import { registerPartView } from '../../documents/form/partViews.tsx';
import { registerLineFilling } from '../lineFilling.ts';
import { LotsPart } from '../lots/LotsPart.tsx';
import { TracePanel } from '../lots/TracePanel.tsx';
import { PersonRightsPanel } from '../people/PersonRightsPanel.tsx';
import { ReadingPanel } from '../people/ReadingPanel.tsx';
import { WhatIfPanel } from '../people/WhatIfPanel.tsx';
import { ComparisonPanel } from '../purchase/ComparisonPanel.tsx';
import { MarginPanel } from '../purchase/MarginPanel.tsx';
import { PurchaseExecutionPanel } from '../purchase/PurchaseExecutionPanel.tsx';
import { PurchaseTrack } from '../purchase/PurchaseTrack.tsx';
import { BillingPanel } from '../relations/BillingPanel.tsx';
import { ContactTree } from '../relations/ContactTree.tsx';
import { ItemTradePanel } from '../relations/ItemTradePanel.tsx';
import { RevisionsPanel } from '../relations/RevisionsPanel.tsx';
import { SummaryPanel } from '../relations/SummaryPanel.tsx';
import { TimelinePanel } from '../relations/TimelinePanel.tsx';
import { DeliveryPanel } from '../selling/DeliveryPanel.tsx';
import { ParcelPanel } from '../selling/ParcelPanel.tsx';
import { ApprovalPanel } from './ApprovalPanel.tsx';
import { BelongingsPanel } from './BelongingsPanel.tsx';
import { CostChanges } from './CostChanges.tsx';
import { CountPanel } from './CountPanel.tsx';
import { CreditHistory } from './CreditHistory.tsx';
import { CreditPanel } from './CreditPanel.tsx';
import { ExecutionPanel } from './ExecutionPanel.tsx';
import { ExpensesPanel } from './ExpensesPanel.tsx';
import { InvoiceDeliveryPanel } from './InvoiceDeliveryPanel.tsx';
import { PartsPanel } from './PartsPanel.tsx';
import { PricePanel } from './PricePanel.tsx';
import { StockPanel } from './StockPanel.tsx';
import { SupplierPricePanel } from './SupplierPricePanel.tsx';
import { TrackBar } from './TrackBar.tsx';

/** Hangs what single documents show beside their forms on the generic form, and what fills itself in their lines and heads. */
export function registerPanels(): void {
  registerExplanation('cost.backDated', CostChanges);
  registerOrderPanels();
  registerPeoplePanels();
  registerPanel(['quotation', 'salesOrder', 'receipt', 'stockOut'], { name: 'credit', place: 'side', Component: CreditPanel });
  registerPanel(['quotation', 'salesOrder'], { name: 'prices', place: 'side', Component: PricePanel });
  registerPanel(['quotation', 'salesOrder', 'stockOut'], { name: 'stock', place: 'side', Component: StockPanel });
  registerPanel(['quotation', 'salesOrder'], { name: 'approval', place: 'side', Component: ApprovalPanel });
  registerPanel(['item'], {
    name: 'trade',
    place: 'tab',
    title: (t) => t('relations.itemTrade'),
    isFor: (session) => session.hasRight('see.salesPrice') || session.hasRight('see.purchasePrice'),
    Component: ItemTradePanel,
  });
  registerPanel(['quotation'], { name: 'revisions', place: 'side', Component: RevisionsPanel });
  registerPanel(['customer'], { name: 'summary', place: 'side', Component: SummaryPanel });
  registerPanel(['customer'], { name: 'billing', place: 'side', Component: BillingPanel });
  registerPanel(['customer'], { name: 'timeline', place: 'tab', title: (t) => t('relations.timeline'), Component: TimelinePanel });
  registerPanel(['customer'], {
    name: 'people',
    place: 'tab',
    title: (t) => t('relations.people'),
    isFor: (session) => session.may('contact', 'read'),
    Component: ContactTree,
  });
  registerPanel(['purchaseOrder', 'purchaseContract', 'stockIn'], { name: 'supplierPrices', place: 'side', Component: SupplierPricePanel });
  registerPanel(['purchaseOrder', 'stockIn', 'purchaseReturn'], { name: 'stock', place: 'side', Component: StockPanel });
  registerPanel(['purchaseOrder', 'purchaseContract'], { name: 'purchaseTrack', place: 'above', Component: PurchaseTrack });
  registerPanel(['purchaseOrder', 'purchaseContract'], { name: 'purchaseExecution', place: 'side', Component: PurchaseExecutionPanel });
  registerPanel(['salesOrder'], {
    name: 'purchaseMargin',
    place: 'side',
    isFor: (session) => session.hasRight('see.purchasePrice') && session.hasRight('see.salesPrice'),
    Component: MarginPanel,
  });
  registerPanel(['inquiry'], {
    name: 'comparison',
    place: 'tab',
    title: (t) => t('purchase.comparison'),
    isFor: (session) => session.hasRight('see.purchasePrice'),
    Component: ComparisonPanel,
  });
  registerPanel(['stockCount'], { name: 'count', place: 'side', Component: CountPanel });
  registerPanel(['assembly', 'disassembly'], { name: 'parts', place: 'side', Component: PartsPanel });
  registerPanel(['stockTransfer', 'otherIn', 'otherOut', 'requisition', 'assembly', 'disassembly'], {
    name: 'stock',
    place: 'side',
    Component: StockPanel,
  });
  registerPanel(['stockOut'], { name: 'invoice', place: 'side', Component: InvoiceDeliveryPanel });
  registerPanel(['customer', 'salesOrder'], { name: 'expenses', place: 'side', Component: ExpensesPanel });
  registerPanel(['stockOut'], { name: 'parcels', place: 'side', Component: ParcelPanel });
  registerPanel(['lot'], { name: 'trace', place: 'above', Component: TracePanel });
  registerPartView('lots', LotsPart);
  registerLineFilling();
  registerPanel(['customer'], {
    name: 'creditHistory',
    place: 'tab',
    title: (t) => t('finance.credit.title'),
    isFor: (session) => session.hasRight('see.credit') && session.hasRight('see.salesPrice'),
    Component: CreditHistory,
  });
  for (const type of ['receipt', 'payment']) registerFetchFilling({ type, part: 'allocations', field: 'amount', sums: 'amount' });
}

function registerOrderPanels(): void {
  registerPanel(['salesOrder'], { name: 'track', place: 'above', Component: TrackBar });
  registerPanel(['salesOrder'], { name: 'execution', place: 'side', Component: ExecutionPanel });
  registerPanel(['salesOrder'], {
    name: 'delivery',
    place: 'tab',
    title: (t) => t('selling.deliveryStatus.title'),
    Component: DeliveryPanel,
  });
}

function registerPeoplePanels(): void {
  registerPanel(['user'], {
    name: 'belongings',
    place: 'above',
    isFor: keepsPeople,
    Component: BelongingsPanel,
  });
  registerPanel(['user', 'department'], { name: 'whatIf', place: 'below', isFor: keepsPeople, Component: WhatIfPanel });
  registerPanel(['user'], {
    name: 'rights',
    place: 'tab',
    title: (t) => t('people.rightsTitle'),
    isFor: keepsPeople,
    Component: PersonRightsPanel,
  });
  registerPanel(['user'], {
    name: 'reading',
    place: 'tab',
    title: (t) => t('leaving.reading'),
    isFor: (session) => session.hasRight('audit.read'),
    Component: ReadingPanel,
  });
}
