import type { LotTraceAnswer, LotTraceMove } from '../../../shared/contracts/lots.ts';
import { isVisible } from '../../access/trim.ts';
import { refuseUnlessSeen, visibleIds } from '../../access/visibility.ts';
import { loadRecords } from '../../database/rows.ts';
import { titlesFor } from '../../engine/list/titles.ts';
import { balancesOf, idOfPlace, kindOfPlace } from '../../ledger/balances.ts';
import type { StoredMove } from '../../ledger/post.ts';
import type { Work } from '../../work.ts';
import { warehousesOf } from '../warehousing/warehouseLimit.ts';
import { placesNamed } from './lotStock.ts';

const partyTypes = ['customer', 'supplier'] as const;
type Party = NonNullable<LotTraceMove['party']>;

/**
 * Where a batch or serial number came from, where it lies and where it went; what was taken back is as if it had never been. A
 * document that the person may not see is told by its day and quantity alone. Refuses 'record.notFound'.
 */
export async function lotTrace(work: Work, lot: number): Promise<LotTraceAnswer> {
  await refuseUnlessSeen(work, work.company.catalogue.get('lot'), lot);
  const own = await warehousesOf(work);
  const { outside } = work.company.catalogue.ledger('lots');
  const isOutside = (place: string): boolean => outside.includes(kindOfPlace(place));
  const isSeen = (place: string): boolean =>
    own === null || !['warehouse', 'transit'].includes(kindOfPlace(place)) || own.has(idOfPlace(place));
  const balances = await balancesOf(work, 'lots', [lot]);
  const places = balances.filter(({ place, amount }) => amount !== 0 && !isOutside(place) && isSeen(place));
  const stored = (await standingMoves(work, lot)).filter((move) => isSeen(move.from_place) && isSeen(move.to_place));
  const known = await documentsBehind(work, stored);
  const moves = stored.map((move): LotTraceMove => {
    const way = isOutside(move.from_place) ? 'in' : isOutside(move.to_place) ? 'out' : 'inside';
    return {
      id: move.id,
      day: move.day,
      way,
      type: move.document_type,
      document: move.document_id,
      from: placed(move.from_place),
      to: placed(move.to_place),
      amount: move.amount,
      ...known.get(`${move.document_type}:${move.document_id}`),
    };
  });
  const answer = { places: places.map(({ place, amount }) => ({ ...placed(place), held: amount })), moves };
  return { ...answer, titles: await titlesOf(work, answer) };
}

const placed = (place: string) => ({ kind: kindOfPlace(place), place: idOfPlace(place) });

// Nobody follows a thousand moves of one batch by eye; the list and its workbook hold all of them.
const movesMax = 1000;

/** Moves of the lot that are neither taken back nor take anything back. */
const standingMoves = (work: Work, lot: number): Promise<StoredMove[]> =>
  work
    .tx({ m: 'moves' })
    .leftJoin({ back: 'moves' }, 'back.mirror_of', 'm.id')
    .where({ 'm.ledger': 'lots', 'm.subject': lot })
    .whereNull('m.mirror_of')
    .whereNull('back.id')
    .orderBy('m.id')
    .limit(movesMax)
    .select('m.*') as Promise<StoredMove[]>;

/** Number and other side of each document, as far as the person may see them. */
async function documentsBehind(work: Work, moves: readonly StoredMove[]): Promise<Map<string, { number: string; party?: Party }>> {
  const found = new Map<string, { number: string; party?: Party }>();
  for (const [type, group] of Map.groupBy(moves, (move) => move.document_type)) {
    const definition = work.company.catalogue.get(type);
    const seen = await visibleIds(work, definition, [...new Set(group.map(({ document_id }) => document_id))]);
    const fields = partyTypes.filter((field) => definition.fields[field]?.kind === 'link' && isVisible(work.actor, definition, field));
    for (const { id, values } of await loadRecords(work.tx, definition, [...seen], { parts: false })) {
      const side = fields.find((field) => typeof values[field] === 'number');
      const party = side && (await seenParty(work, { type: side, id: Number(values[side]) }));
      found.set(`${type}:${id}`, { number: String(values[definition.title] ?? ''), ...(party ? { party } : {}) });
    }
  }
  return found;
}

async function seenParty(work: Work, party: Party): Promise<Party | undefined> {
  const seen = await visibleIds(work, work.company.catalogue.get(party.type), [party.id]);
  return seen.has(party.id) ? party : undefined;
}

function titlesOf(work: Work, { places, moves }: Pick<LotTraceAnswer, 'places' | 'moves'>) {
  const wanted = placesNamed([...places, ...moves.flatMap(({ from, to }) => [from, to])]);
  for (const { party } of moves) if (party) wanted.set(party.type, new Set([...(wanted.get(party.type) ?? []), party.id]));
  return titlesFor(work, wanted);
}
