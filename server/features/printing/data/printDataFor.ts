import { type AnyRow, type Definition, fieldAt } from '../../../../shared/kernel/definition.ts';
import { domainWords } from '../../../../shared/language/domain/index.ts';
import { stateName, typeName } from '../../../../shared/language/labels.ts';
import type { Language } from '../../../../shared/language/languages.ts';
import type { PrintData, PrintFields, PrintValue } from '../../../../shared/printing/printData.ts';
import { printWords } from '../../../../shared/printing/printWords.ts';
import { isVisible, trimRecord } from '../../../access/trim.ts';
import { canSee, refuseUnlessSeen } from '../../../access/visibility.ts';
import { loadRecords, type StoredRecord } from '../../../database/rows.ts';
import { titlesOf } from '../../../engine/answers.ts';
import { decimalLimitsOf } from '../../../engine/decimals.ts';
import { load } from '../../../engine/load.ts';
import { currenciesOf } from '../../../engine/store.ts';
import type { Work } from '../../../work.ts';
import { letterheadOf, practiceMark } from './letterhead.ts';
import { withLinePictures } from './linePictures.ts';
import { peopleOf } from './people.ts';
import { labelsOf } from './printLabels.ts';
import { otherSide, type PlannedField, type PrintGroup, type PrintPlan, planOf } from './printPlan.ts';
import { type Currency, printValueFor, type Saying, textOf } from './printValue.ts';

/**
 * What a document gives to its print, whatever its type: its fields and lines, the records it includes, people, company and
 * labels, all in the language asked for, and the pictures of those line fields that are shown. What the actor may not see is absent, and its column or row with it. Refuses
 * 'record.notFound' and, without the right to print it, 'access.denied'.
 */
export async function printDataFor(
  work: Work,
  definition: Definition,
  id: number,
  { language, shown }: { language: Language; shown: ReadonlySet<string> },
): Promise<PrintData> {
  await refuseUnlessSeen(work, definition, id, 'print');
  const stored = await load(work, definition, id);
  const record = trimRecord(work.actor, definition, stored);
  const stripped = await strippedSecret(work, definition, stored);
  const plan = planOf(
    definition,
    work.company.catalogue,
    (of, path) => isVisible(work.actor, of, path) && (stripped === null || of !== definition || fieldAt(of, path)?.secret !== stripped),
  );
  const saying: Saying = {
    language,
    words: domainWords[language],
    timeZone: work.company.timeZone,
    ...(await moneyOf(work, stored)),
    titles: await titlesOf(work, definition, record),
    decimals: { [definition.type]: await decimalLimitsOf(work, definition.type) },
  };
  const paper = { definition, plan, record, saying, included: await includedRecords(work, definition, record) };
  const head = headOf(paper, { ...(await peopleOf(work, definition, stored)), ...paperWords(paper) });
  return {
    type: definition.type,
    title: typeName(saying.words, definition.type),
    number: String(record.values[definition.title] ?? ''),
    state: record.state === undefined ? '' : stateName(saying.words, definition.type, record.state),
    fields: head.document,
    lineFields: plan.lines.map(({ name }) => name),
    lines: await withLinePictures(work, {
      lines: await linesOf(work, paper),
      rows: record.parts[plan.linePart ?? ''] ?? [],
      planned: plan.lines,
      shown,
    }),
    totals: head.total,
    company: await letterheadOf(work),
    ...practiceMark(work),
    customer: head.customer,
    people: head.people,
    labels: labelsOf(definition, plan, language),
    ...watermarkOf(definition, record, saying),
  };
}

/** What this paper shows nothing of because whom it goes to does not want it: prices on a delivery note. */
async function strippedSecret(work: Work, definition: Definition, record: StoredRecord): Promise<string | null> {
  const rule = definition.print?.strips;
  const field = rule && definition.fields[rule.link];
  const id = rule && record.values[rule.link];
  if (!rule || field?.kind !== 'link' || typeof id !== 'number') return null;
  const [linked] = await loadRecords(work.tx, work.company.catalogue.get(field.to), [id], { parts: false });
  return linked?.values[rule.flag] === true ? rule.secret : null;
}

/** A document being put on paper. */
interface Paper {
  readonly definition: Definition;
  readonly plan: PrintPlan;
  readonly record: StoredRecord;
  readonly saying: Saying;
  /** Included records by the link that leads to them, as far as the actor may see them. */
  readonly included: ReadonlyMap<string, StoredRecord>;
}

async function moneyOf(work: Work, record: StoredRecord): Promise<{ currency: Currency; base: Currency }> {
  const currencies = await currenciesOf(work);
  const base = currencies.find(({ main }) => main === 1) ?? { code: '', digits: 2 };
  return { base, currency: currencies.find(({ id }) => id === record.values.currency) ?? base };
}

/** The text of a link to a record that the actor may not read is its title, and nothing more of it. */
async function includedRecords(work: Work, definition: Definition, record: StoredRecord): Promise<Map<string, StoredRecord>> {
  const found = new Map<string, StoredRecord>();
  for (const link of definition.print?.include ?? []) {
    const field = definition.fields[link];
    const id = record.values[link];
    if (field?.kind !== 'link' || typeof id !== 'number') continue;
    const target = work.company.catalogue.get(field.to);
    if (target.visibility.by !== 'company' && !(await canSee(work, target, id))) continue;
    const [included] = await loadRecords(work.tx, target, [id], { parts: false });
    if (included) found.set(link, trimRecord(work.actor, target, included));
  }
  return found;
}

function headOf(paper: Paper, made: Readonly<Record<string, string | null>>): Record<PrintGroup, PrintFields> {
  const head: Record<PrintGroup, Record<string, PrintValue>> = { document: {}, customer: {}, people: {}, total: {} };
  for (const planned of paper.plan.head) {
    const value = headValue(paper, planned, made);
    if (value) head[planned.group][planned.name] = value;
  }
  return head;
}

function headValue(paper: Paper, planned: PlannedField, made: Readonly<Record<string, string | null>>): PrintValue | undefined {
  const { from, source, field, type } = planned;
  if (from.kind === 'paper') return textOf(made[source] ?? '');
  const values = from.kind === 'own' ? paper.record.values : paper.included.get(from.link)?.values;
  return printValueFor(field, values?.[source], { type, path: source }, paper.saying);
}

/** What is worked out for the paper besides the people: where the document came from, when to pay, whom to ring up. */
function paperWords({ plan, record, saying, included }: Paper): Record<string, string | null> {
  const { termDays, monthEndTerms, contact } = record.values;
  const person = included.get('contact')?.values;
  const phone = person?.mobile ?? person?.officePhone ?? included.get(otherSide)?.values.phone;
  const sources = (record.parts[plan.linePart ?? ''] ?? []).map((row) => row.sourceNumber).filter((number) => Boolean(number));
  return {
    source: [...new Set(sources)].join('、'),
    paymentTerms: typeof termDays === 'number' ? printWords[saying.language].paymentTerms(termDays, monthEndTerms === true) : null,
    contact: saying.titles.contact?.[Number(contact)] ?? null,
    contactPhone: phone ? String(phone) : null,
  };
}

async function linesOf(work: Work, paper: Paper): Promise<PrintFields[]> {
  const { definition, plan, record, saying } = paper;
  const part = plan.linePart;
  if (part === null) return [];
  const rows = record.parts[part] ?? [];
  const behind = await recordsBehind(work, definition, part, rows);
  return rows.map((row) => {
    const entries = plan.lines.map(({ name, field, source, isCode, picture }): [string, PrintValue | undefined] => {
      if (picture) return [name, undefined];
      const link = definition.parts[part]?.fields[source];
      if (isCode) return [name, textOf(link?.kind === 'link' ? behind.get(`${link.to}:${row[source]}`)?.code : undefined)];
      const value = row[source] ?? (field.kind === 'text' ? subjectOf(definition, part, row, behind)?.[source] : undefined);
      return [name, printValueFor(field, value, { type: definition.type, path: `${part}.${source}` }, saying)];
    });
    const line = Object.fromEntries(entries.filter((entry): entry is [string, PrintValue] => entry[1] !== undefined));
    return line.unit?.kind === 'text' && line.quantity?.kind === 'quantity'
      ? { ...line, quantity: { ...line.quantity, unit: line.unit.value } }
      : line;
  });
}

type Texts = Readonly<Record<string, string>>;

/** The texts of the coded records that the lines link to, by `type:id`. */
async function recordsBehind(work: Work, definition: Definition, part: string, rows: readonly AnyRow[]): Promise<Map<string, Texts>> {
  const found = new Map<string, Texts>();
  for (const [name, field] of Object.entries(definition.parts[part]?.fields ?? {})) {
    const target = field.kind === 'link' ? work.company.catalogue.get(field.to) : undefined;
    if (target?.visibility.by !== 'company' || !target.fields.code) continue;
    const ids = [...new Set(rows.map((row) => Number(row[name])).filter((id) => id > 0))];
    for (const record of await loadRecords(work.tx, target, ids, { parts: false })) {
      const { values } = trimRecord(work.actor, target, record);
      const texts = Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
      found.set(`${target.type}:${record.id}`, Object.fromEntries(texts));
    }
  }
  return found;
}

/** What the line is about is its first required link; where the line says no name or unit of its own, that one's is meant. */
function subjectOf(definition: Definition, part: string, row: AnyRow, behind: ReadonlyMap<string, Texts>): Texts | undefined {
  const subject = Object.entries(definition.parts[part]?.fields ?? {}).find(([, field]) => field.kind === 'link' && field.required);
  if (subject?.[1].kind !== 'link') return undefined;
  const { remark: _own, ...texts } = behind.get(`${subject[1].to}:${row[subject[0]]}`) ?? {};
  return texts;
}

/** Paper that binds nobody says so: not approved yet, or void. */
function watermarkOf(definition: Definition, record: StoredRecord, saying: Saying): { watermark?: string } {
  const state = definition.states?.[record.state ?? ''];
  if (state?.watermark) return { watermark: printWords[saying.language].notApproved };
  return state?.look === 'void' ? { watermark: stateName(saying.words, definition.type, record.state ?? '') } : {};
}
