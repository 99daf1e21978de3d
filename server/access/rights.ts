import type { Knex } from 'knex';
import type { Catalogue } from '../../shared/kernel/catalogue.ts';
import { type Definition, fieldAt, type Operation, type Scope, scopes } from '../../shared/kernel/definition.ts';
import { isDerived } from '../../shared/kernel/fields.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { specialRights } from '../../shared/kernel/specialRights.ts';
import type { Actor, Company } from '../work.ts';
import { keptUntilMarked } from './memory.ts';
import { type HeldPosition, loadPerson, type Person } from './people.ts';

/** How this person came in: from where, and with which token if a program asks for them. */
export interface Entrance {
  readonly device?: string;
  /** The device by its key. */
  readonly knownDevice?: number | undefined;
  readonly address?: string;
  readonly token?: { readonly id: number; readonly scopes: readonly string[] };
}

/**
 * The person as the access rules see them, with the rights of all positions together: the widest scope of each operation.
 * Kept in memory until `forgetActors`. Refuses 'access.signedOut' when the person is unknown, deleted or has left.
 */
export async function actorOf(company: Company, userId: number, entrance: Entrance = {}): Promise<Actor> {
  return actorFrom(await personOf(company, userId), company.catalogue, entrance);
}

/** What is known of a person's place and positions; kept and refused like actorOf. */
export function personOf(company: Company, userId: number): Promise<Person> {
  const people = peopleOf(company);
  const known = people.get(userId) ?? company.store.read((tx) => loadPerson(tx, userId));
  people.set(userId, known);
  // Somebody who could not be read now may be there a moment later.
  known.catch(() => people.delete(userId));
  return known;
}

/** The same, read inside a transaction that may just have changed the person's rights; nothing is kept. */
export async function loadActor(tx: Knex, catalogue: Catalogue, userId: number, entrance: Entrance = {}): Promise<Actor> {
  return actorFrom(await loadPerson(tx, userId), catalogue, entrance);
}

/** To be called after a commit that changed users, positions or departments, here or in another process. */
export function forgetActors(company: Company): void {
  kept.delete(company);
}

/** The program itself: jobs, set-up, imports. It may do everything and stands under nobody's name. */
export function systemActor(company: Company): Actor {
  return actorFrom({ userId: 0, name: 'system', departmentId: 0, ...nowhere, positions: [allPowerful] }, company.catalogue, {});
}

/** Which of two scopes reaches further: negative, zero or positive. */
export const compareScopes = (a: Scope, b: Scope): number => scopes.indexOf(a) - scopes.indexOf(b);

const nowhere = { departmentTree: [], departmentPath: [], positionIds: [] };
const allPowerful: HeldPosition = { administrator: true, grants: [], special: [], fieldRights: [] };

// A load that began before `forgetActors` fills a map that nobody asks any more, so an old snapshot is never kept.
const kept = new WeakMap<Company, Map<number, Promise<Person>>>();
keptUntilMarked(forgetActors);

function peopleOf(company: Company): Map<number, Promise<Person>> {
  const people = kept.get(company) ?? new Map<number, Promise<Person>>();
  kept.set(company, people);
  return people;
}

type Rights = Pick<Actor, 'administrator' | 'special' | 'reach' | 'fieldAccess'>;

// A person's answers stay true as long as the person does: `forgetActors` brings a new one.
const fullRights = new WeakMap<Person, Rights>();

function actorFrom(person: Person, catalogue: Catalogue, entrance: Entrance): Actor {
  const { userId, name, departmentId, departmentTree, departmentPath } = person;
  const isWhole = !entrance.token || entrance.token.scopes.includes('all');
  const rights = (isWhole ? fullRights.get(person) : undefined) ?? rightsFrom(person, catalogue, entrance);
  if (isWhole) fullRights.set(person, rights);
  return {
    userId,
    name,
    departmentId,
    departmentTree,
    departmentPath,
    ...rights,
    ...(entrance.token ? { tokenId: entrance.token.id } : {}),
    ...(entrance.device ? { device: entrance.device } : {}),
    ...(entrance.knownDevice ? { knownDevice: entrance.knownDevice } : {}),
    ...(entrance.address ? { address: entrance.address } : {}),
  };
}

/** The person with all rights, as they would be with what is given here: nothing is read, nothing is kept. */
export const actorLike = (person: Person, catalogue: Catalogue): Actor => actorFrom(person, catalogue, {});

/** How far one position alone lets the operation reach. */
export const reachOf = (position: HeldPosition, catalogue: Catalogue, type: string, operation: Operation): Scope =>
  rightsOfOne(position, catalogue).reach(type, operation);

const ofOne = new WeakMap<HeldPosition, Rights>();

function rightsOfOne(position: HeldPosition, catalogue: Catalogue): Rights {
  const known = ofOne.get(position) ?? rightsFrom({ positions: [position] }, catalogue, {});
  ofOne.set(position, known);
  return known;
}

/** What the person may do with a field, and why not more. */
export const explainField = (person: Person, catalogue: Catalogue, of: { type: string; path: string }): FieldVerdict =>
  fieldVerdict(questionOf(person, catalogue, {}), of.type, of.path);

function rightsFrom(person: Pick<Person, 'positions'>, catalogue: Catalogue, entrance: Entrance): Rights {
  const asked = questionOf(person, catalogue, entrance);
  return {
    administrator: asked.positions === null && (!entrance.token || entrance.token.scopes.includes('all')),
    special: asked.special,
    reach: asked.reach,
    fieldAccess: remembered((type: string, path: string) => fieldVerdict(asked, type, path).access),
  };
}

function questionOf({ positions }: Pick<Person, 'positions'>, catalogue: Catalogue, entrance: Entrance): FieldQuestion {
  const scopesOfToken = entrance.token && !entrance.token.scopes.includes('all') ? new Set(entrance.token.scopes) : null;
  const isAdministrator = positions.some((position) => position.administrator);
  const special = new Set(isAdministrator ? specialRights : positions.flatMap((position) => position.special));
  const allowed = scopesOfToken ? special.intersection(scopesOfToken) : special;
  const reach = remembered((type: string, operation: Operation): Scope => {
    if (!catalogue.find(type)?.operations.includes(operation)) return 'none';
    if (scopesOfToken && !scopesOfToken.has(`${type}:${operation}`)) return 'none';
    return isAdministrator ? 'all' : widest(positions, type, operation);
  });
  return { catalogue, reach, special: allowed, positions: isAdministrator ? null : positions };
}

// Far above what a definition has; what is asked about comes from requests too.
const answersMax = 2000;

/** A list asks the same question for every cell. */
function remembered<B extends string, R>(answer: (type: string, about: B) => R): (type: string, about: B) => R {
  const byType = new Map<string, Map<B, R>>();
  return (type, about) => {
    const answers = byType.get(type) ?? new Map<B, R>();
    byType.set(type, answers);
    const known = answers.get(about);
    if (known !== undefined) return known;
    if (answers.size >= answersMax) answers.clear();
    const fresh = answer(type, about);
    answers.set(about, fresh);
    return fresh;
  };
}

/** What a right brings along: whoever keeps people must be able to write them and to choose their positions. */
const broughtAlong: Readonly<Record<string, HeldPosition['grants']>> = {
  'people.delegate': [
    ...(['read', 'create', 'change'] as const).map((operation) => ({ type: 'user', operation, scope: 'departmentTree' as const })),
    ...['position', 'department'].map((type) => ({ type, operation: 'read' as const, scope: 'all' as const })),
  ],
};

function widest(positions: readonly HeldPosition[], type: string, operation: Operation): Scope {
  return positions
    .flatMap((position) => [...position.grants, ...position.special.flatMap((right) => broughtAlong[right] ?? [])])
    .filter((grant) => grant.type === type && grant.operation === operation)
    .reduce<Scope>((best, grant) => (compareScopes(grant.scope, best) > 0 ? grant.scope : best), 'none');
}

interface FieldQuestion {
  readonly catalogue: Catalogue;
  readonly reach: Actor['reach'];
  readonly special: ReadonlySet<string>;
  /** Null when no position restricts anything. */
  readonly positions: readonly HeldPosition[] | null;
}

/** What may be done with a field, and what keeps it from being written. */
export interface FieldVerdict {
  readonly access: 'write' | 'readOnly' | 'hidden';
  readonly because: 'unknown' | 'secret' | 'position' | 'derived' | 'assigners' | null;
  /** The right that would show a secret. */
  readonly right?: string;
}

function fieldVerdict(asked: FieldQuestion, type: string, path: string): FieldVerdict {
  const definition = asked.catalogue.find(type);
  if (!definition || !isDefined(definition, path)) return { access: 'hidden', because: 'unknown' };
  const field = fieldAt(definition, path);
  const right = field?.secret ? `see.${field.secret}` : undefined;
  if (right && !asked.special.has(right)) return { access: 'hidden', because: 'secret', right };
  const restriction = asked.positions ? restrictionOf(asked.positions, type, path) : 'write';
  if (restriction !== 'write') return { access: restriction, because: 'position' };
  if (field !== undefined && isDerived(field)) return { access: 'readOnly', because: 'derived' };
  if (isForAssigners(asked, definition, path)) return { access: 'readOnly', because: 'assigners' };
  return { access: 'write', because: null };
}

/** A field, a field of a part, or a part as a whole; names such as `constructor` are none of them. */
function isDefined(definition: Definition, path: string): boolean {
  const [head = '', tail, ...rest] = path.split('.');
  if (rest.length > 0) return false;
  const part = Object.hasOwn(definition.parts, head) ? definition.parts[head] : undefined;
  if (tail === undefined) return Object.hasOwn(definition.fields, head) || part !== undefined;
  return part !== undefined && Object.hasOwn(part.fields, tail);
}

/** The mildest restriction among the positions that let the person read the type at all; a rule for a part covers its fields. */
function restrictionOf(positions: readonly HeldPosition[], type: string, path: string): 'write' | 'readOnly' | 'hidden' {
  const reading = positions.filter((position) => widest([position], type, 'read') !== 'none');
  const [part] = path.split('.');
  const restrictions = reading.map((position) => {
    const rules = position.fieldRights
      .filter((rule) => rule.type === type && (rule.field === path || rule.field === part))
      .map((rule) => rule.access);
    return rules.includes('hidden') ? 'hidden' : (rules[0] ?? 'write');
  });
  if (restrictions.includes('write')) return 'write';
  return restrictions.includes('readOnly') ? 'readOnly' : 'hidden';
}

/** Where records can be assigned, who answers for one is changed by assigning, not by typing. */
function isForAssigners({ reach }: FieldQuestion, definition: Definition, path: string): boolean {
  const isOwnership = definition.visibility.by === 'owner' && (path === 'owner' || path === 'department');
  return isOwnership && definition.operations.includes('assign') && reach(definition.type, 'assign') === 'none';
}

/** Refuses 'access.denied' unless the person holds the special right. */
export function refuseUnlessRight(actor: Actor, right: string): void {
  if (!actor.special.has(right)) throw new Refusal('access.denied', { right });
}
