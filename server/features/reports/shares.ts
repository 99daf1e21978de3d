import type { ReportKey } from '../../../shared/contracts/reports.ts';
import { mulDiv, splitByLargestRemainder } from '../../../shared/kernel/numbers.ts';
import type { BalanceSource, ReportDefinition, ReportSource } from '../../../shared/reports/defineReport.ts';
import type { Work } from '../../work.ts';
import { type Contribution, type Gathering, gatherSource, type Reading } from './gather.ts';

/** The axis that a shared amount is first told apart by: the subject of the ledger itself. */
const subjectPath = 'subject';

/** What a source has to say, by the axes asked for as far as it knows them; what is kept for a subject as a whole is parted. */
export async function gather(work: Work, report: ReportDefinition, source: ReportSource, asked: Gathering): Promise<Reading> {
  const isPlaced = [...asked.axes, ...Object.keys(asked.filters)].some((axis) => report.axes[axis]?.kind === 'place');
  const isShared = source.kind === 'balances' && source.sharedBy !== undefined && isPlaced;
  return isShared ? sharedRows(work, report, source, asked) : gatherSource(work, report, source, asked);
}

/**
 * Places share what is kept for their subject as a whole (its value) by what lies in each of them (its quantity), so that the
 * parts add up to the books to the last minor unit.
 */
async function sharedRows(work: Work, report: ReportDefinition, source: BalanceSource, asked: Gathering): Promise<Reading> {
  const weighing = report.sources.find((one) => one !== source && one.gives[source.sharedBy ?? ''] !== undefined);
  const subject = Object.keys(report.axes).find((axis) => source.axes[axis] === subjectPath);
  const place = Object.keys(report.axes).find((axis) => report.axes[axis]?.kind === 'place');
  if (!weighing || subject === undefined || place === undefined) throw new Error(`${report.name} cannot share ${source.ledger}`);
  const { [place]: places, ...filters } = asked.filters;
  const others = [...new Set([...asked.axes.filter((axis) => axis !== place), subject])];
  const whole = await gatherSource(work, report, source, { ...asked, axes: others, filters });
  const measures = [source.sharedBy ?? ''];
  const weight = await gatherSource(work, report, weighing, { ...asked, axes: [...others, place], measures, filters });
  const wanted = places && new Set(places.map((id) => `${report.axes[place]?.to}:${id}`));
  const keysOf = (keys: readonly ReportKey[], at: ReportKey): ReportKey[] =>
    asked.axes.map((axis) => (axis === place ? at : (keys[others.indexOf(axis)] ?? null)));
  return {
    queries: [...whole.queries, ...weight.queries],
    read: ([wholes = [], weights = []]) => {
      const bySubject = Map.groupBy(weight.read([weights]), ({ keys }) => keys[others.indexOf(subject)]);
      return whole.read([wholes]).flatMap((one) => {
        const parts = partsOf(one, bySubject.get(one.keys[others.indexOf(subject)]) ?? [], source);
        return parts
          .filter(({ key }) => !wanted || wanted.has(String(key)))
          .map(({ key, figures }) => ({ keys: keysOf(one.keys, key), figures }));
      });
    },
  };
}

/** The amounts of one subject, parted among its places. */
function partsOf(whole: Contribution, weights: readonly Contribution[], source: BalanceSource) {
  const quantities = weights.map(({ figures }) => Number(figures[source.sharedBy ?? ''] ?? 0));
  const shares = Object.entries(whole.figures).map(([name, amount]) => [name, split(Number(amount ?? 0), quantities)] as const);
  if (weights.length === 0) return [{ key: null, figures: whole.figures }];
  return weights.map(({ keys }, index) => ({
    key: keys.at(-1) ?? null,
    figures: Object.fromEntries(shares.map(([name, parts]) => [name, parts[index] ?? 0])),
  }));
}

function split(amount: number, quantities: readonly number[]): number[] {
  if (quantities.length === 0 || quantities.every((quantity) => quantity >= 0))
    return quantities.length === 0 ? [] : splitByLargestRemainder(amount, quantities);
  // Somewhere less than nothing lies, so the parts cannot be weights: each is reckoned at the average, the last takes the rest.
  const total = quantities.reduce((sum, quantity) => sum + quantity, 0);
  const parts = quantities.map((quantity) => (total > 0 ? mulDiv([amount, quantity], [total]) : 0));
  const rest = amount - parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part, index) => (index === parts.length - 1 ? part + rest : part));
}
