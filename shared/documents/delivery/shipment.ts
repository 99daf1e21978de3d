import type { Part } from '../../kernel/definition.ts';
import { dictionary, integer, quantity, text } from '../../kernel/fields.ts';

/** The parcels of a delivery beyond the first, each with its own number at its carrier. Weights in kilograms, 10⁻⁶. */
export const parcels: Part = {
  max: 200,
  key: ['number'],
  fields: {
    carrier: dictionary('carrier'),
    number: text({ max: 80, required: true, search: 'code' }),
    boxCount: integer({ min: 1, max: 10_000 }),
    weight: quantity({ min: 0 }),
    remark: text({ max: 200 }),
  },
};

/** What is found out after the goods have left. */
export const afterwards = [
  'deliveryMethod',
  'carrier',
  'parcelNumber',
  'signedOn',
  'signedBy',
  'signedPicture',
  'parcels',
  'remark',
] as const;

/** The carrier's page that tells where a parcel is; null where the company named none. */
export const trackAt = (address: string | null, number: string | null): string | null =>
  address && number && /^https?:\/\//.test(address) ? address.replaceAll('{number}', encodeURIComponent(number)) : null;
