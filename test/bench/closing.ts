import { type ClosingFindings, closingChecks } from '../../shared/contracts/closing.ts';
import { as, type Workload } from './workloads.ts';

/** The end of a month as the page asks for it: check after check, the long ones slice by slice, so that progress is seen. */
export const closingWorkloads: readonly Workload[] = [
  {
    name: 'all checks before a month is closed',
    count: 1,
    prepare: async ({ product }) => {
      const call = await as(product.url, 'admin');
      const checkAll = async () => {
        for (const check of closingChecks) {
          for (let slice = 0, slices = 1; slice < slices; slice += 1) {
            const path = `/api/closing/check?check=${check}&through=2020-12-31&slice=${slice}`;
            slices = (await call<ClosingFindings>('GET', path)).slices;
          }
        }
      };
      return { product: checkAll };
    },
  },
];
