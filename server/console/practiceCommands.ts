import { Refusal } from '../../shared/kernel/refusal.ts';
import { makePractice } from '../practice/practices.ts';
import type { Companies } from '../start/companies.ts';

type Tell = (line: string) => void;

/** Copies a company to one to practise in. Refuses 'company.unknown' {code}, and like makePractice. */
export async function practise(companies: Companies, code: string, tell: Tell): Promise<number> {
  const company = companies.find(code);
  if (!company) throw new Refusal('company.unknown', { code });
  let shown = '';
  await makePractice(company, companies, {
    progress: ({ phase, done, all }) => {
      const now = `${phase} ${all === 0 ? 0 : Math.floor((done / all) * 10) * 10} %`;
      if (now !== shown) tell(`${code}: ${now}`);
      shown = now;
    },
  });
  tell(`${companies.practiceOf(code)?.code}: 演练账套已建好 · the practice company is made`);
  return 0;
}

/** Removes a practice company, named by its own code or that of the company it was copied from. Refuses 'practice.none'. */
export async function removePractised(
  companies: Companies,
  code: string,
  { tell, isAgreed }: { tell: Tell; isAgreed: (question: string) => Promise<boolean> },
): Promise<number> {
  const of = companies.list().find((company) => company.code === code)?.practice?.of ?? code;
  const practice = companies.practiceOf(of);
  const question = `删除演练账套 ${practice?.code} ${practice?.name}？无法恢复 · remove it for good? [y/N] `;
  if (practice && !(await isAgreed(question))) return 2;
  await companies.removePractice(of, practice?.name ?? '');
  tell(`${practice?.code}: 演练账套已删除 · the practice company is removed`);
  return 0;
}
