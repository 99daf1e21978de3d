import { guardPeople } from '../access/guardPeople.ts';
import { listenTo, listenToAll } from '../engine/effects.ts';
import { offerAccountDays } from './books/accountDays.ts';
import { offerBookFacts } from './books/facts.ts';
import { recost } from './costing/recost.ts';
import { offerLeavingNotices } from './leaving/lastDay.ts';
import { offerLots } from './lots/offerLots.ts';
import { offerApprovalNotices } from './notices/approvalNotices.ts';
import { offerTemplateChecks } from './printing/data/templateChecks.ts';
import { offerAskingSuppliers } from './purchase/askSuppliers.ts';
import { offerPurchaseFacts } from './purchase/facts.ts';
import { offerPurchaseMemory } from './purchase/priceMemory.ts';
import { offerCustomerLife } from './relations/customerLife.ts';
import { offerItemAliases } from './relations/itemAliases.ts';
import { offerItemNews } from './relations/itemNews.ts';
import { offerSellingFacts } from './selling/facts.ts';
import { offerConfirmations } from './settling/confirmations.ts';
import { offerTradeFacts } from './trade/facts.ts';
import { offerLinePrices } from './trade/linePrices.ts';
import { offerLineUnits } from './trade/lineUnits.ts';
import { offerPriceMemory } from './trade/prices.ts';
import { offerLowStockNotices } from './warehousing/lowStockNotices.ts';
import { offerStockCounts } from './warehousing/stockCounts.ts';
import { guardWarehouses } from './warehousing/warehouseLimit.ts';

/** Hands the engine what the features offer: facts, effects and listeners. Called once at start. */
export function offerFeatures(): void {
  if (isOffered) return;
  isOffered = true;
  offerTradeFacts();
  offerConfirmations();
  offerSellingFacts();
  offerBookFacts();
  offerAccountDays();
  offerTemplateChecks();
  offerLineUnits();
  offerLinePrices();
  offerPriceMemory();
  offerPurchaseFacts();
  offerPurchaseMemory();
  offerAskingSuppliers();
  offerApprovalNotices();
  offerCustomerLife();
  offerItemNews();
  offerItemAliases();
  offerStockCounts();
  offerLowStockNotices();
  guardWarehouses();
  offerLots();
  offerLeavingNotices();
  listenToAll(recost);
  for (const type of ['user', 'position', 'department']) {
    listenTo(type, async (work, definition, event) => {
      if (event.kind === 'stored') await guardPeople(work, definition, event.before, event.record);
      if (event.kind === 'removed') await guardPeople(work, definition, event.record, null);
    });
  }
}

let isOffered = false;
