/** Places where a test lets the server die, to see what is left: each is named where it stands in the code. */
export type Failpoint =
  | 'before-commit'
  | 'after-commit-before-answer'
  | 'after-file-before-row'
  | 'between-number-and-commit'
  | 'restore-loaded'
  | 'restore-decided'
  | 'restore-put-aside'
  | 'restore-in-place'
  | 'restore-named'
  | 'restore-root-placed'
  | 'tls-root-written'
  | 'tls-successor-written'
  | 'tls-root-succeeded'
  | 'upgrade-archived'
  | 'upgrade-step'
  | 'upgrade-before-commit'
  | 'upgrade-committed'
  | 'practice-loaded'
  | 'practice-named'
  | 'practice-unnamed';

/**
 * Ends the process as a power cut would (`TRADEPOST_FAILPOINT=before-commit`), or leaves a rejection that nobody handles
 * (`before-commit:reject`); `upgrade-step:kill:3` waits until it is passed for the third time. Does nothing unless the server was started by a test with that variable.
 */
export function failpoint(name: Failpoint): void {
  if (name !== armed?.name) return;
  armed.passes -= 1;
  if (armed.passes > 0) return;
  if (armed.deed === 'reject') void Promise.reject(new Error(`failpoint ${name}`));
  else process.kill(process.pid, 'SIGKILL');
}

const armed = armedBy(process.env.NODE_ENV === 'test' ? process.env.TRADEPOST_FAILPOINT : undefined);

function armedBy(wanted: string | undefined): { name: string; deed: string; passes: number } | null {
  const [name, deed = 'kill', passes = '1'] = wanted?.split(':') ?? [];
  return name ? { name, deed, passes: Number(passes) } : null;
}
