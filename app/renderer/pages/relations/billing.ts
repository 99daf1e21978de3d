import type { Value } from '../../../../shared/kernel/definition.ts';

export interface BillingLine {
  readonly name: 'title' | 'taxNumber' | 'place' | 'bank';
  readonly text: string;
}

/**
 * The four things an invoice names of its buyer: title, tax number, address with telephone, bank with account. A title of its own
 * says them itself; the customer's own name stands for the title. What is not known, or not for the reader, is left out.
 */
export function billingLines(from: Readonly<Record<string, Value>>, customer: Readonly<Record<string, Value>>): BillingLine[] {
  const isOwn = from === customer;
  const together = (...values: (Value | undefined)[]): string =>
    values
      .map((value) => String(value ?? '').trim())
      .filter((text) => text !== '')
      .join(' ');
  const lines: BillingLine[] = [
    { name: 'title', text: together(isOwn ? customer.name : from.title) },
    { name: 'taxNumber', text: together(from.taxNumber) },
    { name: 'place', text: together(from.address, isOwn ? (customer.financePhone ?? customer.phone) : from.phone) },
    { name: 'bank', text: together(from.bank, from.bankAccount) },
  ];
  return lines.filter(({ text }) => text !== '');
}

/** The lines as a tax program takes them: each on its own, named. */
export const billingText = (lines: readonly { readonly name: string; readonly text: string }[]): string =>
  lines.map(({ name, text }) => `${name}: ${text}`).join('\n');
