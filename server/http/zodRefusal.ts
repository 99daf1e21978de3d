import type { ZodError } from 'zod';
import { Refusal } from '../../shared/kernel/refusal.ts';

/** Turns what a schema found into 'record.invalid' with a refusal for each path. */
export function refusalOf(error: ZodError, where: string): Refusal {
  const fields = error.issues.slice(0, 50).flatMap((issue) => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), code: 'field.unknown' }));
    const code = issue.code === 'too_big' ? 'field.tooLarge' : issue.code === 'too_small' ? 'field.tooSmall' : 'field.wrongKind';
    return [{ path: issue.path.join('.') || where, code }];
  });
  return new Refusal('record.invalid', { count: fields.length }, fields);
}
