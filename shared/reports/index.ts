import type { ReportDefinition } from './defineReport.ts';
import { invoiceRegister, owedInvoices } from './invoices.ts';
import { accountBalances, expenses, incomeAndExpense, receiptsByMethod } from './money.ts';
import { purchaseSummary, unreceived } from './purchase.ts';
import { outbound, salesByRegion, salesPerformance, salesSummary, undelivered } from './selling.ts';
import { slowMovers, stockAtDay, stockMatrix, stockTurnover, stockValue } from './stock.ts';

/** Every report, in the order they are offered. */
export const reports: readonly ReportDefinition[] = [
  salesSummary,
  salesByRegion,
  salesPerformance,
  undelivered,
  outbound,
  purchaseSummary,
  unreceived,
  owedInvoices,
  stockAtDay,
  stockValue,
  stockMatrix,
  stockTurnover,
  slowMovers,
  invoiceRegister,
  receiptsByMethod,
  incomeAndExpense,
  accountBalances,
  expenses,
];
