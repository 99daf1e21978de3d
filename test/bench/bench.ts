import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chainWorkloads } from './chain.ts';
import { closingWorkloads } from './closing.ts';
import { debtWorkloads } from './debts.ts';
import { compareImport } from './importRun.ts';
import { type Measured, run } from './measure.ts';
import { copyOf, ensureData, startFloor, startProduct } from './servers.ts';
import { workloads as basicWorkloads } from './workloads.ts';

/**
 * Measures the product over real HTTP, with sign-in, rights, checks, audit and idempotency, against a bare floor on a copy of
 * the same database in the same run: Express and better-sqlite3 at synchronous=FULL with nothing in between. What counts are
 * the ratios; the times depend on the machine.
 */
const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,100000,1000000' },
    only: { type: 'string' },
    import: { type: 'boolean', default: true },
  },
  allowNegative: true,
});
const workloads = [...basicWorkloads, ...chainWorkloads, ...debtWorkloads, ...closingWorkloads];
const sizes = values.sizes.split(',').map(Number);
const results: (Measured & { orders: number })[] = [];

for (const orders of sizes) {
  const data = await ensureData(orders);
  const product = await startProduct(copyOf(data));
  const floor = await startFloor(data);
  console.log(`\n${orders} orders: start to first answer ${Math.round(product.readyMs)} ms, idle ${product.memoryMb()} MB`);
  results.push({
    orders,
    name: 'start to first answer',
    clients: 1,
    medianMs: product.readyMs,
    p95Ms: product.readyMs,
    perSecond: 0,
    ratio: null,
  });
  results.push({
    orders,
    name: 'memory idle, MB',
    clients: 0,
    medianMs: product.memoryMb(),
    p95Ms: product.memoryMb(),
    perSecond: 0,
    ratio: null,
  });
  try {
    for (const workload of workloads.filter(({ name }) => !values.only || name.includes(values.only))) {
      const prepared = await workload.prepare({ product, floor, orders });
      for (const clients of [1, 20]) {
        const bare = prepared.floor ? await run(workload.name, clients, workload.count, prepared.floor) : null;
        const ours = await run(workload.name, clients, workload.count, prepared.product);
        const measured = { ...ours, ratio: bare ? ours.medianMs / bare.medianMs : null };
        results.push({ orders, ...measured });
        print(measured, bare);
      }
    }
    const busy = await run(
      'memory under 50 clients, MB',
      50,
      300,
      (await (workloads.find(({ name }) => name.startsWith('list')) ?? workloads[0])!.prepare({ product, floor, orders })).product,
    );
    results.push({
      orders,
      ...busy,
      name: 'memory under 50 clients, MB',
      medianMs: product.memoryMb(),
      p95Ms: product.memoryMb(),
      ratio: null,
    });
    console.log(`memory under 50 clients ${product.memoryMb()} MB`);
  } finally {
    await floor.stop();
    await product.stop();
  }
}
if (values.import && !values.only) {
  const { ours, bare, rows } = await compareImport();
  console.log(
    `\nimport of ${rows} customers: ${(ours / 1000).toFixed(1)} s, bare stream-read plus insert ${(bare / 1000).toFixed(1)} s, ratio ${(ours / bare).toFixed(2)}`,
  );
  results.push({
    orders: 0,
    name: `import of ${rows} customers`,
    clients: 1,
    medianMs: ours,
    p95Ms: ours,
    perSecond: (rows * 1000) / ours,
    ratio: ours / bare,
  });
}
printGrowth();
const folder = new URL('../results/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('bench.json', folder), JSON.stringify(results, null, 2));

function print(measured: Measured, bare: Measured | null): void {
  const cells = [
    measured.name.padEnd(46),
    `×${measured.clients}`.padStart(4),
    `median ${measured.medianMs.toFixed(2)} ms`.padStart(19),
    `p95 ${measured.p95Ms.toFixed(2)} ms`.padStart(16),
    `${measured.perSecond.toFixed(0)}/s`.padStart(8),
    bare ? `floor ${bare.medianMs.toFixed(2)} ms ${bare.perSecond.toFixed(0)}/s` : '',
    measured.ratio === null ? '' : `ratio ${measured.ratio.toFixed(2)}`,
  ];
  console.log(cells.join('  '));
}

/** How the p95 of each workload grows from the smallest history to the largest. */
function printGrowth(): void {
  const [smallest, largest] = [Math.min(...sizes), Math.max(...sizes)];
  if (smallest === largest) return;
  console.log(`\np95 at ${largest} orders over p95 at ${smallest}:`);
  for (const small of results.filter((result) => result.orders === smallest)) {
    const large = results.find((result) => result.orders === largest && result.name === small.name && result.clients === small.clients);
    if (large) console.log(`${small.name.padEnd(46)} ×${small.clients}  ${(large.p95Ms / small.p95Ms).toFixed(2)}`);
  }
}
