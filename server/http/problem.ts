import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Problem } from '../../shared/contracts/wire.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';

const statuses: Readonly<Record<string, number>> = {
  'record.notFound': 404,
  'route.unknown': 404,
  'setup.done': 404,
  'file.missing': 404,
  'certificate.none': 404,
  'certificate.noSuccessor': 404,
  'print.noTemplate': 404,
  'access.denied': 403,
  'access.addressRefused': 403,
  'access.lookOnly': 403,
  'access.deviceWaiting': 403,
  'access.deviceBlocked': 403,
  'access.deviceForOthers': 403,
  'access.deviceNeeded': 403,
  'access.deviceUnproven': 403,
  'access.deviceChanged': 401,
  'access.otherDevice': 401,
  'access.proveAgain': 401,
  'access.viewingOnly': 403,
  'people.notYourself': 403,
  'people.outside': 403,
  'people.priceLevel': 403,
  'people.tooMuch': 403,
  'people.warehouses': 403,
  'viewing.self': 403,
  'viewing.superior': 403,
  'access.badOrigin': 403,
  'access.administratorsOnly': 403,
  'access.sessionNeeded': 403,
  'access.passwordDue': 403,
  'access.secondStepDue': 403,
  'secondStep.over': 403,
  'secondStep.wrong': 403,
  'secondStep.used': 403,
  'secondStep.keyCopied': 403,
  'setup.needsCode': 403,
  'pairing.none': 403,
  'pairing.wrongCode': 403,
  'access.badHost': 421,
  'access.signedOut': 401,
  'access.badPassword': 401,
  'access.throttled': 429,
  'access.locked': 429,
  'captcha.needed': 403,
  'captcha.wrong': 403,
  'request.tooMany': 429,
  'request.tooLarge': 413,
  'request.badJson': 400,
  'record.invalid': 400,
  'idempotency.otherBody': 422,
  'database.full': 507,
  'database.newer': 503,
  'database.missing': 503,
  'company.upgrading': 503,
  'company.notUpgraded': 503,
  'database.diskFault': 503,
};

/**
 * Puts what was thrown into an answer. A refusal becomes its problem document (RFC 9457) with code and facts; anything else
 * is a fault: it goes to the log under an incident id, and only that id goes out.
 */
export function problemOf(thrown: unknown, log: Logger): Problem {
  if (thrown instanceof Refusal) return refusalProblem(thrown);
  const incident = randomUUID();
  log.error({ incident, err: thrown }, 'fault');
  return { type: 'about:blank', title: 'Internal fault', status: 500, code: 'fault', incident };
}

function refusalProblem(refusal: Refusal): Problem {
  const extra = refusal as Refusal & Pick<Problem, 'current' | 'records'>;
  const status = statuses[refusal.code] ?? (/^(list|field|file|request|workbook|print\.bad)/.test(refusal.code) ? 400 : 409);
  return {
    type: `urn:tradepost:refusal:${refusal.code}`,
    title: refusal.code,
    status,
    code: refusal.code,
    facts: refusal.facts,
    ...(refusal.fields.length > 0 ? { fields: refusal.fields } : {}),
    ...(extra.current ? { current: extra.current } : {}),
    ...(extra.records ? { records: extra.records } : {}),
  };
}
