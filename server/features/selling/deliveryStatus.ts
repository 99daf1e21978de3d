import type { DeliveryStatus, DeliveryStatusLine } from '../../../shared/contracts/selling.ts';
import type { Shipment } from '../../../shared/contracts/trade.ts';
import { formatExact, SCALE } from '../../../shared/kernel/numbers.ts';
import { domainWords } from '../../../shared/language/domain/index.ts';
import { typeName } from '../../../shared/language/labels.ts';
import type { Language } from '../../../shared/language/languages.ts';
import { uiWords } from '../../../shared/language/ui/index.ts';
import { refuseUnlessSeen } from '../../access/visibility.ts';
import { titlesFor } from '../../engine/list/titles.ts';
import { load } from '../../engine/load.ts';
import type { Work } from '../../work.ts';
import type { ColumnToWrite } from '../exchange/workbook/sheetToWrite.ts';
import { sheetPaper } from '../printing/sheetPaper.ts';
import { deliveriesOf, shipmentsOf } from './deliveries.ts';

/**
 * What a customer asks for on the telephone: of each line what was ordered, released, sent, is on its way and was signed for, and
 * how it travelled; with the same as text to be sent. No prices. Refuses 'record.notFound'.
 */
export async function deliveryStatus(work: Work, order: number, language: Language): Promise<DeliveryStatus> {
  const definition = work.company.catalogue.get('salesOrder');
  await refuseUnlessSeen(work, definition, order);
  const { values, parts } = await load(work, definition, order);
  const signed = await signedByRow(work, order);
  const items = new Set((parts.lines ?? []).map((line) => Number(line.item)));
  const names = (await titlesFor(work, new Map([['item', items]]))).item ?? {};
  const lines = (parts.lines ?? []).map((line): DeliveryStatusLine => {
    const [shipped, arrived] = [Number(line.shipped ?? 0), signed.get(line.id) ?? 0];
    return {
      row: line.id,
      name: String(line.name ?? names[Number(line.item)] ?? ''),
      spec: String(line.spec ?? ''),
      unit: String(line.unit ?? ''),
      ordered: Number(line.quantity),
      released: Number(line.released ?? 0),
      shipped,
      inTransit: Math.max(0, shipped - arrived),
      signed: arrived,
    };
  });
  const found = {
    number: String(values.number ?? ''),
    day: String(values.day),
    deliverBy: values.deliverBy === null || values.deliverBy === undefined ? null : String(values.deliverBy),
    byNotice: values.outboundBy === 'notice',
    lines,
    shipments: (await withParcels(work, await shipmentsOf(work, order, await deliveriesOf(work, order)))).map((shipment) => ({
      ...shipment,
      lines: shipment.lines.map((line) => ({ ...line, name: line.name ?? names[line.item] ?? null })),
    })),
  };
  return { ...found, text: textOf(work, found, language) };
}

/** The same on paper for the customer. Refuses what deliveryStatus refuses, and 'print.tooManyRows'. */
export async function deliveryPaper(work: Work, order: number, language: Language) {
  const status = await deliveryStatus(work, order, language);
  const words = uiWords[language].selling.deliveryStatus;
  const amount = (header: string): ColumnToWrite => ({ header, kind: 'number', width: 10 });
  const columns: ColumnToWrite[] = [
    { header: words.goods, kind: 'text', width: 30 },
    { header: words.unit, kind: 'text', width: 8 },
    amount(words.ordered),
    ...(status.byNotice ? [amount(words.released)] : []),
    amount(words.shipped),
    amount(words.inTransit),
    amount(words.signed),
  ];
  const exact = (quantity: number): string => formatExact(quantity, SCALE.quantity, { trim: true });
  const rows = status.lines.map((line) => [
    `${line.name} ${line.spec}`.trim(),
    line.unit,
    exact(line.ordered),
    ...(status.byNotice ? [exact(line.released)] : []),
    exact(line.shipped),
    exact(line.inTransit),
    exact(line.signed),
  ]);
  const facts = [
    { label: typeName(domainWords[language], 'salesOrder'), text: status.number },
    { label: words.orderedOn, text: status.day },
    { label: words.promised, text: status.deliverBy ?? '' },
    { label: words.asOf, text: work.today },
  ];
  const notes = status.shipments.map((shipment) => shipmentText(shipment, language));
  const paper = await sheetPaper(work, { title: words.title, facts, columns, rows, notes, language });
  return { name: `${words.title} ${status.number}.pdf`, paper };
}

/** Signed quantities by the row of the order, over all deliveries that stand. */
async function signedByRow(work: Work, order: number): Promise<Map<number, number>> {
  const rows = (await work
    .tx({ line: 'stock_out_lines' })
    .join({ note: 'stock_outs' }, 'note.id', 'line.parent')
    .where('line.order', order)
    .where('note.state', 'posted')
    .whereNotNull('note.signed_on')
    .groupBy('line.order_row')
    .select({ row: 'line.order_row' })
    .sum({ quantity: 'line.quantity' })) as { row: number; quantity: number }[];
  return new Map(rows.map(({ row, quantity }) => [row, Number(quantity)]));
}

/** A delivery may travel in several parcels, each with a number of its own. */
async function withParcels(work: Work, shipments: readonly Shipment[]): Promise<DeliveryStatus['shipments']> {
  const parcels = (await work
    .tx('stock_out_parcels')
    .whereIn(
      'parent',
      shipments.map(({ id }) => id),
    )
    .orderBy('id')
    .select('parent', 'number')) as { parent: number; number: string }[];
  return shipments.map((shipment) => {
    const own = parcels.filter(({ parent }) => parent === shipment.id).map(({ number }) => number);
    return { ...shipment, parcelNumbers: [...new Set([...(shipment.parcelNumber ? [shipment.parcelNumber] : []), ...own])] };
  });
}

type Told = Omit<DeliveryStatus, 'text'>;

function textOf(work: Work, status: Told, language: Language): string {
  const words = uiWords[language].selling.deliveryStatus;
  const { colon, comma } = marksOf(language);
  const heads = [work.company.name, `${typeName(domainWords[language], 'salesOrder')} ${status.number} · ${words.title} · ${work.today}`];
  const goods = status.lines.map((line, index) => {
    const amount = (label: string, quantity: number): string => `${label} ${quantityText(quantity, line.unit)}`;
    const parts = [
      amount(words.ordered, line.ordered),
      amount(words.shipped, line.shipped),
      ...(line.inTransit > 0 ? [amount(words.inTransit, line.inTransit)] : []),
      ...(line.signed > 0 ? [amount(words.signed, line.signed)] : []),
    ];
    return `${index + 1}. ${`${line.name} ${line.spec}`.trim()}${colon}${parts.join(comma)}`;
  });
  return [...heads, ...goods, ...status.shipments.map((shipment) => `- ${shipmentText(shipment, language)}`)].join('\n');
}

function shipmentText(shipment: Told['shipments'][number], language: Language): string {
  const words = uiWords[language].selling.deliveryStatus;
  const { colon, comma } = marksOf(language);
  const signed = shipment.signedOn === null ? words.onTheWay : `${words.signed} ${shipment.signedOn} ${shipment.signedBy ?? ''}`.trim();
  const way = [shipment.carrier ?? shipment.method, ...shipment.parcelNumbers].filter(Boolean).join(' ');
  const goods = shipment.lines.map((line) => `${line.name ?? ''} ${quantityText(line.quantity, line.unit ?? '')}`);
  return `${[shipment.day, shipment.number, way, signed].filter((part) => part !== '').join(' · ')}${colon}${goods.join(comma)}`;
}

const marksOf = (language: Language) => (language === 'en' ? { colon: ': ', comma: ', ' } : { colon: '：', comma: '，' });

const quantityText = (quantity: number, unit: string): string =>
  `${formatExact(quantity, SCALE.quantity, { trim: true, group: true })} ${unit}`.trim();
