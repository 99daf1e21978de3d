import type { BookAnswer } from '../../../shared/contracts/trade.ts';
import { type Language, nearestLanguage } from '../../../shared/language/languages.ts';
import { customerStatement as standardTemplate } from '../../../shared/printing/standard/statement.ts';
import { settingOf } from '../../engine/settings.ts';
import { look } from '../../engine/transact.ts';
import type { Actor, Company, Work } from '../../work.ts';
import { statementData } from '../printing/data/statementData.ts';
import { renderPdf } from '../printing/renderPdf.ts';
import { customerStatement, type StatementQuery } from './customerBalance.ts';

/**
 * The statement on paper, the whole period: the bytes of a PDF and what the file is called, in the language asked for, else the
 * customer's, else the company's. Refuses like customerStatement and renderPdf.
 */
export async function statementPaper(
  company: Company,
  actor: Actor,
  of: { customer: number; language?: Language | undefined; query: StatementQuery },
): Promise<{ bytes: Uint8Array; fileName: string }> {
  // The database is free again before the paper is drawn.
  const { data, language, fileName } = await look(company, actor, async (work) => {
    const statement = await wholeStatement(work, of.customer, of.query);
    const { name, language } = await customerWords(work, of.customer, of.language);
    const data = await statementData(work, of.customer, { statement, template: standardTemplate, language });
    return { data, language, fileName: `${data.title} ${name} ${statement.from}—${statement.to}.pdf` };
  });
  return { bytes: await renderPdf(standardTemplate, data, { language }), fileName };
}

const pagesMax = 40;

async function wholeStatement(work: Work, customer: number, query: StatementQuery): Promise<BookAnswer> {
  let whole = await customerStatement(work, customer, { ...query, after: undefined, limit: undefined });
  for (let page = 1; whole.next !== null && page < pagesMax; page += 1) {
    const more = await customerStatement(work, customer, { ...query, after: whole.next, limit: undefined });
    whole = { ...whole, rows: [...whole.rows, ...more.rows], next: more.next };
  }
  return whole;
}

async function customerWords(work: Work, id: number, wanted: Language | undefined): Promise<{ name: string; language: Language }> {
  const row = (await work.tx('customers').where({ id }).first('name', 'language')) as { name: string; language: string | null };
  return { name: row.name, language: wanted ?? nearestLanguage(row.language ?? String((await settingOf(work, 'language')) ?? '')) };
}
