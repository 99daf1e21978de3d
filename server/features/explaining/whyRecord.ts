import type {
  FieldWhy,
  GroundWhy,
  Lacking,
  OperationWhy,
  PersonSeen,
  PositionWhy,
  StepWhy,
  WhyAnswer,
} from '../../../shared/contracts/explaining.ts';
import type { Titles } from '../../../shared/contracts/wire.ts';
import type { Definition, Operation } from '../../../shared/kernel/definition.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { refuseOwn } from '../../access/approvers.ts';
import { refuseUnlessKept } from '../../access/delegation.ts';
import { verdictFor } from '../../access/enter.ts';
import { loadPerson, type Person } from '../../access/people.ts';
import { actorLike, explainField, reachOf } from '../../access/rights.ts';
import { canSee, groundsOn, isInternalTo, type Passed, refuseUnlessSeen } from '../../access/visibility.ts';
import { loadRecords, type StoredRecord } from '../../database/rows.ts';
import { titlesFor } from '../../engine/list/titles.ts';
import type { Work } from '../../work.ts';

/**
 * Why a person can or cannot read, change … one record: what the filter itself says when it is asked as that person, position by
 * position and ground by ground. For whoever keeps the person, about records they see themselves. Refuses 'record.notFound',
 * 'access.denied' and 'access.signedOut' for somebody who works here no more.
 */
export async function whyRecord(work: Work, definition: Definition, id: number, userId: number): Promise<WhyAnswer> {
  await refuseUnlessKept(work, userId);
  await refuseUnlessSeen(work, definition, id);
  const [record] = await loadRecords(work.tx, definition, [id], { parts: true });
  if (!record) throw new Refusal('record.notFound', { type: definition.type, id });
  const person = await loadPerson(work.tx, userId);
  const operations: OperationWhy[] = [];
  for (const operation of definition.operations) operations.push(await whyOperation(work, person, { definition, id, operation }));
  const { owner, department } = record.values;
  const names = await namesOf(work, { user: [owner], department: [department, person.departmentId] });
  return {
    person: personSeen(person, names.department?.[person.departmentId]),
    owner: names.user?.[Number(owner)] ?? null,
    department: names.department?.[Number(department)] ?? null,
    operations,
    steps: await whySteps(asPerson(work, person), definition, record, operations),
    fields: whyFields(work, person, definition),
    door: await lastDoor(work, userId),
  };
}

/** Whether a person may do something with a record, by which positions and on which grounds, or what is missing. */
export async function whyOperation(
  work: Work,
  person: Person,
  of: { readonly definition: Definition; readonly id: number; readonly operation: Operation },
): Promise<OperationWhy> {
  const { definition, id, operation } = of;
  const as = asPerson(work, person);
  const isAllowed = await canSee(as, definition, id, operation);
  const grounds = isAllowed ? await groundsToSay(work, person, definition, id, await groundsOn(as, definition, id, operation)) : [];
  const positions = await whyPositions(as, person, of);
  return { operation, isAllowed, positions, grounds, lacking: isAllowed ? null : await lackingFor(as, of) };
}

/** The unit of work as if that person had asked for it. */
export const asPerson = (work: Work, person: Person): Work => ({ ...work, actor: actorLike(person, work.company.catalogue) });

/** Which of the positions would be enough: the same question with this one's reach in place of all together. */
async function whyPositions(
  as: Work,
  person: Person,
  { definition, id, operation }: { definition: Definition; id: number; operation: Operation },
): Promise<PositionWhy[]> {
  const { catalogue } = as.company;
  const names = await positionNames(as, person.positionIds);
  const found: PositionWhy[] = [];
  for (const [index, position] of person.positions.entries()) {
    const scope = reachOf(position, catalogue, definition.type, operation);
    if (scope === 'none') continue;
    const reach: Work['actor']['reach'] = (type, asked) =>
      type === definition.type && asked === operation ? scope : as.actor.reach(type, asked);
    const isEnough = await canSee({ ...as, actor: { ...as.actor, reach } }, definition, id, operation);
    const positionId = person.positionIds[index] ?? 0;
    found.push({ id: positionId, name: names.get(positionId) ?? '', scope, isEnough });
  }
  return found;
}

async function lackingFor(
  as: Work,
  { definition, id, operation }: { definition: Definition; id: number; operation: Operation },
): Promise<Lacking> {
  if (as.actor.reach(definition.type, operation) === 'none') return 'grant';
  if (operation !== 'read' && !(await canSee(as, definition, id))) return 'unread';
  return (await isInternalTo(as, definition, id)) ? 'internal' : 'reach';
}

/** The grounds with the names a person reads. */
export async function groundsToSay(
  work: Work,
  person: Person,
  definition: Definition,
  id: number,
  grounds: readonly Passed[],
): Promise<GroundWhy[]> {
  const said: GroundWhy[] = [];
  for (const { kind, above } of grounds) {
    if (kind === 'share') said.push({ kind, ...(await shareOf(work, definition.type, id, person.userId)) });
    else if (kind === 'department' || kind === 'departmentTree') said.push({ kind, ...(await departmentSaid(work, person)) });
    else if (above) {
      const title = (await namesOf(work, { [above.type]: [above.id] }))[above.type]?.[above.id] ?? '';
      const parent = work.company.catalogue.get(above.type);
      const inner = await groundsToSay(work, person, parent, above.id, above.grounds);
      said.push({ kind, above: { type: above.type, id: above.id, title, grounds: inner } });
    } else said.push({ kind });
  }
  return said;
}

async function shareOf(work: Work, type: string, id: number, user: number): Promise<Pick<GroundWhy, 'name' | 'until'>> {
  const share = (await work
    .tx('shares')
    .leftJoin('users', 'users.id', 'shares.shared_by')
    .where({ 'shares.type': type, 'shares.record_id': id, 'shares.user': user })
    .first('users.name', 'shares.until')) as { name: string | null; until: string | null } | undefined;
  return { ...(share?.name ? { name: share.name } : {}), ...(share?.until ? { until: share.until } : {}) };
}

async function departmentSaid(work: Work, person: Person): Promise<Pick<GroundWhy, 'name'>> {
  const name = (await namesOf(work, { department: [person.departmentId] })).department?.[person.departmentId];
  return name === undefined ? {} : { name };
}

async function whySteps(as: Work, definition: Definition, record: StoredRecord, operations: readonly OperationWhy[]): Promise<StepWhy[]> {
  const allowed = new Set(operations.filter(({ isAllowed }) => isAllowed).map(({ operation }) => operation));
  const steps: StepWhy[] = [];
  for (const [name, step] of Object.entries(definition.steps ?? {})) {
    if (step.automatic) continue;
    const say = (lacking: StepWhy['lacking']) =>
      steps.push({ step: name, operation: step.operation, isAllowed: lacking === null, lacking });
    if (!allowed.has(step.operation)) say('operation');
    else if (!step.from.includes(record.state ?? '')) say('state');
    else say((await isOwnApproval(as, definition, record, step)) ? 'fourEyes' : null);
  }
  return steps;
}

async function isOwnApproval(
  as: Work,
  definition: Definition,
  record: StoredRecord,
  step: NonNullable<Definition['steps']>[string],
): Promise<boolean> {
  try {
    await refuseOwn(as, definition, record, step);
    return false;
  } catch (refusal) {
    if (refusal instanceof Refusal && refusal.code === 'step.notOwn') return true;
    throw refusal;
  }
}

/** The fields that a rule or a missing right keeps from the person; what nobody writes is no news. */
export function whyFields(work: Work, person: Person, definition: Definition): FieldWhy[] {
  return pathsOf(definition).flatMap((path) => {
    const { access, because, right } = explainField(person, work.company.catalogue, { type: definition.type, path });
    if (access === 'write' || because === null || because === 'derived' || because === 'unknown') return [];
    return [{ path, access, because, ...(right ? { right } : {}) }];
  });
}

/** Every field and part of a definition, as rules name them. */
export const pathsOf = (definition: Definition): string[] => [
  ...Object.keys(definition.fields),
  ...Object.entries(definition.parts).flatMap(([part, { fields }]) => [part, ...Object.keys(fields).map((name) => `${part}.${name}`)]),
];

async function lastDoor(work: Work, user: number): Promise<WhyAnswer['door']> {
  const last = (await work.tx('sign_ins').where({ user, result: 'signedIn' }).orderBy('id', 'desc').first('address')) as
    | { address: string | null }
    | undefined;
  if (!last?.address) return null;
  return { address: last.address, admission: (await verdictFor(work.company, user, last.address)).admission };
}

export const personSeen = ({ userId, name }: Person, department: string | undefined): PersonSeen => ({
  id: userId,
  name,
  department: department ?? '',
});

/** What positions are called, also for an asker who does not read positions as such. */
export async function positionNames(work: Work, ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const rows = (await work
    .tx('positions')
    .whereIn('id', [...ids])
    .select('id', 'name')) as { id: number; name: string }[];
  return new Map(rows.map(({ id, name }) => [id, name]));
}

function namesOf(work: Work, wanted: Readonly<Record<string, readonly unknown[]>>): Promise<Titles> {
  const ids = Object.entries(wanted).map(([type, of]) => [type, new Set(of.filter((id) => typeof id === 'number'))] as const);
  return titlesFor(work, new Map(ids));
}
