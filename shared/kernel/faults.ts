import { specialRights } from './specialRights.ts';

/** What `condition` fails to hold for is a fault. */
export const unless = (condition: boolean, fault: string): string[] => (condition ? [] : [fault]);

/** The texts that occur more than once, each told once. */
export const repeated = (texts: readonly string[]): string[] => [
  ...new Set(texts.filter((text, position) => texts.indexOf(text) !== position)),
];

export const isSpecialRight = (right: string): boolean => (specialRights as readonly string[]).includes(right);

/** `salesOrder` as it stands in the database: `sales_order`. */
export const snakeOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
