import type { RecordInput } from '../../shared/contracts/wire.ts';
import type { Definition, Value } from '../../shared/kernel/definition.ts';
import { isDerived } from '../../shared/kernel/fields.ts';
import type { Office } from '../scenarios/office.ts';

type Row = Readonly<Record<string, Value>>;
interface Sent {
  readonly values: Readonly<Record<string, unknown>>;
  readonly parts: NonNullable<RecordInput['parts']>;
}

/**
 * Says of what a random document moves which lots it is, as somebody would who mostly looks: known ones that lie there where goods
 * leave, new or known ones where they come in; now and then too few.
 */
export async function withLotRows(office: Office, definition: Definition, sent: Sent, random: () => number): Promise<Sent['parts']> {
  const fields = definition.parts.lots?.fields;
  const lines = (sent.parts.lines ?? []) as readonly Row[];
  const given = (sent.parts.lots ?? []) as readonly Row[];
  if (!fields) return sent.parts;
  if (given.length > 0 && definition.parts.lots?.proposedBy !== undefined && random() < 0.9) return sent.parts;
  const goods = [
    ...lines,
    ...(sent.values.setItem ? [{ item: sent.values.setItem as number, quantity: sent.values.quantity as number }] : []),
  ];
  const tracked = await trackedItems(office);
  const mayBring = fields.madeOn !== undefined && !isDerived(fields.madeOn);
  const rows: Row[] = [];
  for (const line of goods as readonly Row[]) {
    const by = tracked.get(Number(line.item));
    if (!by || random() < 0.05) continue;
    const place = Number(line.warehouse ?? sent.values.warehouse ?? 0);
    const wanted = (Number(line.quantity ?? 0) * Number(line.unitRatio ?? 1_000_000)) / 1_000_000;
    const more: Row = 'warehouse' in fields ? { warehouse: place } : {};
    const known = mayBring && random() < 0.7 ? [] : await heldAt(office, Number(line.item), place);
    const found = known.length > 0 ? taken(known, wanted) : mayBring ? fresh(by, wanted, random) : [];
    rows.push(...found.map((row) => ({ item: line.item ?? null, ...row, ...more })));
  }
  return { ...sent.parts, lots: rows };
}

/** New numbers: a few batches that come again and again, and a serial number for each piece. */
function fresh(by: string, wanted: number, random: () => number): { number: string; quantity: number }[] {
  if (by === 'lot') return [{ number: `批${Math.floor(random() * 8)}`, quantity: wanted }];
  const pieces = Math.min(20, Math.floor(wanted / 1_000_000));
  return Array.from({ length: pieces }, () => ({ number: `S${Math.floor(random() * 1_000_000)}`, quantity: 1_000_000 }));
}

function taken(known: readonly { number: string; held: number }[], wanted: number): { number: string; quantity: number }[] {
  let missing = wanted;
  return known.flatMap(({ number, held }) => {
    const quantity = Math.min(missing, held);
    missing -= quantity;
    return quantity > 0 ? [{ number, quantity }] : [];
  });
}

async function trackedItems(office: Office): Promise<Map<number, string>> {
  const rows = (await office.company.store.read((tx) => tx('items').whereNot('tracking', 'none').select('id', 'tracking'))) as {
    id: number;
    tracking: string;
  }[];
  return new Map(rows.map(({ id, tracking }) => [id, tracking]));
}

const heldAt = (office: Office, item: number, warehouse: number): Promise<{ number: string; held: number }[]> =>
  office.company.store.read((tx) =>
    tx('lots')
      .join('balances', 'balances.subject', 'lots.id')
      .where({ 'balances.ledger': 'lots', 'balances.place': `warehouse:${warehouse}`, 'lots.item': item })
      .where('balances.amount', '>', 0)
      .orderBy('lots.id')
      .select('lots.number', { held: 'balances.amount' }),
  ) as Promise<{ number: string; held: number }[]>;
