import type { StatementAnswer } from '../../../shared/contracts/trade.ts';
import { customerSide, type Side } from '../../../shared/documents/money/sides.ts';
import { type Language, nearestLanguage } from '../../../shared/language/languages.ts';
import {
  customerStatement as forCustomers,
  supplierStatement as forSuppliers,
  onItsSide,
} from '../../../shared/printing/standard/statement.ts';
import { tableOf } from '../../database/tables.ts';
import { settingOf } from '../../engine/settings.ts';
import { look } from '../../engine/transact.ts';
import type { Actor, Company, Work } from '../../work.ts';
import { paperMark } from '../handOuts/marks.ts';
import { statementData } from '../printing/data/statementData.ts';
import { type BatchPrint, renderPdf } from '../printing/renderPdf.ts';
import { type Statement, type StatementQuery, statementOf } from './customerBalance.ts';

interface Asked {
  readonly of: Statement;
  readonly language?: Language | undefined;
  readonly query: StatementQuery;
}

/**
 * The statement on paper, the whole period: the bytes of a PDF and what the file is called, in the language asked for, else the
 * partner's, else the company's. Refuses like statementOf and renderPdf.
 */
export async function statementPaper(company: Company, actor: Actor, asked: Asked): Promise<{ bytes: Uint8Array; fileName: string }> {
  // The database is free again before the paper is drawn.
  const { fileName, ...print } = await look(company, actor, (work) => statementPrint(work, asked));
  return { bytes: await renderPdf(print.template, print.data, print), fileName };
}

/** The same, ready to be drawn. */
export async function statementPrint(work: Work, { of, language: wanted, query }: Asked): Promise<BatchPrint & { fileName: string }> {
  const statement = await wholeStatement(work, of, query);
  const { name, language } = await partyWords(work, of, wanted);
  const upright = of.side === customerSide ? forCustomers : forSuppliers;
  const template = statement.rows.some((row) => row.invoiced) ? onItsSide(upright) : upright;
  const data = await statementData(work, { type: of.side.party, id: of.party }, { statement, template, language });
  const mark = await paperMark(work, language, 'partner');
  return {
    template,
    data,
    language,
    ...(mark === undefined ? {} : { mark }),
    fileName: `${data.title} ${name} ${statement.from}—${statement.to}.pdf`,
  };
}

const pagesMax = 40;

/** Every row of the period. */
export async function wholeStatement(work: Work, of: Statement, query: StatementQuery): Promise<StatementAnswer> {
  let whole = await statementOf(work, of, { ...query, after: undefined, limit: undefined });
  for (let page = 1; whole.next !== null && page < pagesMax; page += 1) {
    const more = await statementOf(work, of, { ...query, after: whole.next, limit: undefined });
    whole = { ...whole, rows: [...whole.rows, ...more.rows], next: more.next };
  }
  return whole;
}

/** What the partner is called, and in which language paper goes to it. */
export async function partyWords(
  work: Work,
  { side, party }: { side: Side; party: number },
  wanted: Language | undefined,
): Promise<{ name: string; language: Language }> {
  const table = tableOf(work.company.catalogue.get(side.party));
  const row = (await work.tx(table).where({ id: party }).first('name', 'language')) as { name: string; language: string | null };
  return { name: row.name, language: wanted ?? nearestLanguage(row.language ?? String((await settingOf(work, 'language')) ?? '')) };
}
