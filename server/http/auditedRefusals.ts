import type { Refusal } from '../../shared/kernel/refusal.ts';

/**
 * Whether a refused request leaves a line in the audit trail. The rule: what a person was not allowed to do (rights, other
 * people's records, limits that only somebody else may pass, documents past their time), who could not come in, and what no
 * screen of ours ever sends (broken or oversized requests, unknown fields, dangerous files). What an honest person meets while
 * filling in a form does not: empty fields, numbers out of range, doubles, a colleague who was faster, goods that are not there.
 * A session that has ended and one whose device must show its key are told apart, see `noteRefusal`.
 */
export function isAudited(refusal: Refusal): boolean {
  if (refusal.code === 'record.invalid') return refusal.fields.some(({ code }) => neverSentFields.has(code));
  return auditedCodes.has(refusal.code);
}

/** Our screens offer only fields that may be written, and send them in their own kind. */
const neverSentFields: ReadonlySet<string> = new Set(['field.unknown', 'field.notAllowed', 'field.wrongKind', 'field.notAChoice']);

const auditedCodes: ReadonlySet<string> = new Set([
  // Not allowed.
  'access.addressRefused',
  'access.administratorsOnly',
  'access.denied',
  'access.deviceBlocked',
  'access.deviceChanged',
  'access.deviceForOthers',
  'access.deviceNeeded',
  'access.deviceUnproven',
  'access.deviceWaiting',
  'access.lastAdministrator',
  'access.otherDevice',
  'access.passwordDue',
  'access.secondStepDue',
  'access.sessionNeeded',
  'credit.exceeded',
  'export.dayLimit',
  'flow.noWay',
  'opening.locked',
  'people.notYourself',
  'people.outside',
  'people.priceLevel',
  'people.tooMuch',
  'people.warehouses',
  'price.belowFloor',
  'record.locked',
  'record.notFound',
  'step.notNow',
  'step.unknown',
  'token.scopeNotHeld',
  'viewing.self',
  'viewing.superior',
  // Not let in.
  'access.badHost',
  'access.badOrigin',
  'access.badPassword',
  'access.locked',
  'access.lookOnly',
  'access.viewingOnly',
  'access.throttled',
  'captcha.wrong',
  'pairing.wrongCode',
  'password.wrong',
  'secondStep.keyCopied',
  'secondStep.over',
  'secondStep.sealedElsewhere',
  'secondStep.used',
  'secondStep.wrong',
  'setup.done',
  'setup.needsCode',
  // Nothing our screens send.
  'idempotency.otherBody',
  'list.badCursor',
  'list.badText',
  'list.tooComplex',
  'list.unknownField',
  'list.unknownOperator',
  'print.tooDeep',
  'print.unknownKey',
  'request.badJson',
  'request.badKey',
  'request.tooLarge',
  // Dangerous files.
  'file.badName',
  'file.pictureTooLarge',
  'file.program',
  'workbook.dde',
  'workbook.doctype',
  'workbook.duplicatePart',
  'workbook.externalLinks',
  'workbook.macros',
  'workbook.nestedArchive',
  'workbook.overlappingParts',
  'workbook.sizesLie',
  'workbook.suspiciousCompression',
  'workbook.symlink',
  'workbook.tooManyEntries',
  'workbook.unsafeName',
]);
