import type { StepInput } from '../../shared/contracts/wire.ts';
import type { AnyRecord, Definition, FactBag, Guard, GuardRefusal, PostingResult, Step } from '../../shared/kernel/definition.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { refuseOwn } from '../access/approvers.ts';
import { refuseUnlessReached } from '../access/visibility.ts';
import type { StoredRecord } from '../database/rows.ts';
import { mirror, post } from '../ledger/post.ts';
import type { Work } from '../work.ts';
import { storeChange } from './changeRecord.ts';
import { cutToUsed } from './cut.ts';
import { effectsOf } from './effects.ts';
import { bringFacts } from './facts.ts';
import { type Due, feed, unfeed } from './feed.ts';
import { load, lock } from './load.ts';
import { drawNumber } from './numbering.ts';
import { dayOfStep, refuseClosedPeriod } from './periods.ts';
import { storeReversal } from './reversal.ts';
import { storeRevision } from './revision.ts';
import { explainShortage } from './shortage.ts';
import { calculated } from './store.ts';

export interface StepRequest {
  readonly version: number | undefined;
  readonly reason?: string | undefined;
  /** The codes of warnings that were read and are to be passed over. */
  readonly confirmed?: readonly string[] | undefined;
}

/**
 * Takes a document one step along its life, in the caller's transaction: guards, ledgers, source documents, number, audit
 * and announcement together or not at all. Refuses 'record.notFound', 'record.stale', 'step.notNow' {state, step},
 * 'step.reasonMissing', 'step.notOwn', 'period.closed', 'ledger.locked', what the step's guards refuse, and the shortages of the ledgers.
 */
export async function takeStep(work: Work, definition: Definition, id: number, name: string, request: StepRequest): Promise<StoredRecord> {
  await refuseUnlessReached(work, definition, id, stepOf(definition, name).operation);
  return proceed(work, definition, await lockDocument(work, definition, id, request.version), name, request);
}

/** The same with a document that this transaction has just stored: saved and approved with one key. */
export async function takeStepOn(
  work: Work,
  definition: Definition,
  document: StoredRecord,
  { name, ...request }: StepInput,
): Promise<StoredRecord> {
  await refuseUnlessReached(work, definition, document.id, stepOf(definition, name).operation);
  return proceed(work, definition, document, name, request);
}

async function proceed(
  work: Work,
  definition: Definition,
  document: StoredRecord,
  name: string,
  request: Omit<StepRequest, 'version'>,
): Promise<StoredRecord> {
  const step = stepOf(definition, name);
  refuseUnlessNow(document, name, step, request);
  await refuseOwn(work, definition, document, step);
  const facts = await bringFacts(work, definition, document, factsNamed(step));
  refuseUnlessReady(work, document, step, facts, request);
  return carryOut(work, definition, document, { name, step, facts, reason: request.reason, confirmed: request.confirmed });
}

/** Refuses what would stop a step of a document that is not stored yet, as far as its guards and its day can tell. */
export async function rehearseStep(work: Work, definition: Definition, document: AnyRecord, name: string): Promise<void> {
  const step = stepOf(definition, name);
  const facts = await bringFacts(
    work,
    definition,
    document,
    (step.requires ?? []).flatMap((guard) => guard.facts ?? []),
  );
  refuseUnlessReady(work, document, step, facts, {});
  await refuseClosedPeriod(work, document, step);
}

/** A step that nobody asked for but that is due, such as completing an order that is shipped and paid. */
export async function takeAutomatic(work: Work, definition: Definition, document: StoredRecord, name: string): Promise<StoredRecord> {
  const step = definition.steps?.[name];
  if (!step?.automatic) throw new Error(`${definition.type} has no automatic step ${name}`);
  const facts = await bringFacts(work, definition, document, factsNamed(step));
  return carryOut(work, definition, document, { name, step, facts });
}

interface Taking {
  readonly name: string;
  readonly step: Step;
  readonly facts: FactBag;
  readonly reason?: string | undefined;
  readonly confirmed?: readonly string[] | undefined;
}

async function carryOut(work: Work, definition: Definition, document: StoredRecord, taking: Taking): Promise<StoredRecord> {
  const { name, step, facts } = taking;
  await refuseClosedPeriod(work, document, step);
  const cause = { type: definition.type, id: document.id, step: name, day: dayOfStep(work, document, step) };
  const late = await bringFacts(work, definition, document, step.posts?.lateFacts ?? []);
  const posting: PostingResult = step.posts?.moves(document, { ...facts, ...late }) ?? { moves: [] };
  // Sources first: that more was taken than was ordered says more than that the ledger cannot carry it.
  const due: Due[] = [];
  if (step.undoes?.some((undone) => wasFedBy(definition, document, undone))) due.push(...(await unfeed(work, definition, document)));
  if (step.feeds) due.push(...(await feed(work, definition, document)));
  const cut = await cutToUsed(work, definition, document, step.cutsTo);
  due.push(...cut.due);
  await takeDue(work, due);
  const reversal = step.reversesInto
    ? await storeReversal(work, definition, document, { state: step.reversesInto, reason: taking.reason })
    : null;
  try {
    if (step.undoes) await mirror(work, cause, step.undoes, reversal ? { ...cause, id: reversal.id } : cause);
    await post(work, cause, posting.moves);
  } catch (refusal) {
    throw await explainShortage(work, document, refusal);
  }
  const result = await withResults(work, definition, cut.document, taking, posting);
  if (reversal) result.values = { ...result.values, reversedBy: reversal.id };
  if (step.revisesInto) result.values.revisedBy = (await storeRevision(work, definition, document, step.revisesInto)).id;
  const after = await calculated(work, definition, result);
  const stored = await storeChange(work, definition, document, after, `step.${name}`, taking.reason);
  const { reason, confirmed } = taking;
  const event = { kind: 'stepped', record: stored, step: name, from: document.state ?? '', reason, confirmed } as const;
  return (await effectsOf(work, definition, event)) ? load(work, definition, stored.id) : stored;
}

/** One document may be fed in several ways at once (straight and over another paper): what is due shows when all of it is told. */
async function takeDue(work: Work, due: readonly Due[]): Promise<void> {
  const each = new Map(due.map((source) => [`${source.definition.type}:${source.id}`, source]));
  for (const { definition, id } of each.values()) {
    const document = await lock(work, definition, id);
    const step = definition.calculation?.reaction?.(document);
    if (step) await takeAutomatic(work, definition, document, step);
  }
}

async function withResults(
  work: Work,
  definition: Definition,
  document: AnyRecord,
  taking: Taking,
  posting: PostingResult,
): Promise<AnyRecord> {
  const values = { ...document.values, ...taking.step.sets, ...posting.values };
  if (taking.reason !== undefined && 'reason' in definition.fields) values.reason = taking.reason.trim().slice(0, 200);
  if (definition.numbering?.drawnAt === taking.name && !values[definition.numbering.field]) {
    values[definition.numbering.field] = await drawNumber(work, definition, String(values.day ?? work.today));
  }
  const parts = { ...document.parts };
  for (const row of posting.rows ?? []) {
    parts[row.part] = (parts[row.part] ?? []).map((old) => (old.id === row.id ? ({ ...old, ...row.values } as typeof old) : old));
  }
  return { ...document, state: taking.step.to, values, parts };
}

function stepOf(definition: Definition, name: string): Step {
  const step = Object.hasOwn(definition.steps ?? {}, name) ? definition.steps?.[name] : undefined;
  if (!step || step.automatic) throw new Refusal('step.unknown', { step: name });
  return step;
}

async function lockDocument(work: Work, definition: Definition, id: number, version: number | undefined): Promise<StoredRecord> {
  const document = await lock(work, definition, id);
  if (document.version !== version) throw new Refusal('record.stale', { type: definition.type, id, version: document.version });
  return document;
}

function refuseUnlessNow(document: AnyRecord, name: string, step: Step, request: Omit<StepRequest, 'version'>): void {
  if (!step.from.includes(document.state ?? '')) throw new Refusal('step.notNow', { state: document.state ?? '', step: name });
  if (step.asksReason && !request.reason?.trim())
    throw new Refusal('step.reasonMissing', { step: name }, [{ path: 'reason', code: 'field.required' }]);
}

function refuseUnlessReady(work: Work, document: AnyRecord, step: Step, facts: FactBag, request: Omit<StepRequest, 'version'>): void {
  for (const guard of step.requires ?? []) {
    const refusal = guard.check(document, facts);
    if (refusal) refuseUnlessPassed(work, guard, refusal, request);
  }
}

/** A warning is passed by who has read it, anything softer than a block by who has the right and, where asked, a reason. */
function refuseUnlessPassed(work: Work, guard: Guard, refusal: GuardRefusal, request: Omit<StepRequest, 'version'>): void {
  const { code, level = 'approve', facts = {}, fields = [] } = refusal;
  if (level === 'warn' && request.confirmed?.includes(code)) return;
  const mayPass = guard.override !== undefined && (work.actor.administrator || work.actor.special.has(guard.override));
  if (level !== 'approve' || !mayPass) throw new Refusal(code, level === 'warn' ? { ...facts, level } : facts, fields);
  if (guard.asksReason && !request.reason?.trim()) {
    throw new Refusal('step.overrideReasonMissing', { ...facts, why: code }, [{ path: 'reason', code: 'field.required' }]);
  }
}

const factsNamed = (step: Step): string[] => [...(step.posts?.facts ?? []), ...(step.requires ?? []).flatMap((guard) => guard.facts ?? [])];

/** Undoing a step that fed its sources takes that back too, if the document is in a state that only the step leads to. */
function wasFedBy(definition: Definition, document: AnyRecord, undone: string): boolean {
  const step = definition.steps?.[undone];
  return step?.feeds === true && !step.from.includes(document.state ?? '');
}
