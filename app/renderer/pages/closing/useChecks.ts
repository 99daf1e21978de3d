import { useEffect, useRef, useState } from 'react';
import { type ClosingCheck, type ClosingFindings, closingChecks, closingMusts } from '../../../../shared/contracts/closing.ts';
import { api } from '../../api/http.ts';

/** Checks before closing, one question after the other, so that progress is seen and it can be stopped. */
export interface Checks {
  readonly found: Readonly<Partial<Record<ClosingCheck, ClosingFindings>>>;
  /** The one that is being asked. */
  readonly current: ClosingCheck | null;
  /** How far it all has come, 0 to 1. */
  readonly progress: number;
  readonly problem: unknown;
  readonly isRunning: boolean;
  readonly isDone: boolean;
  /** How much is not finished, and how much of it must be. */
  readonly open: number;
  readonly mustOpen: number;
  readonly run: () => Promise<void>;
  readonly stop: () => void;
}

/** The checks of one month; whoever shows another one begins with new ones. */
export function useChecks(through: string): Checks {
  const [found, setFound] = useState<Checks['found']>({});
  const [current, setCurrent] = useState<ClosingCheck | null>(null);
  const [progress, setProgress] = useState(0);
  const [problem, setProblem] = useState<unknown>(null);
  const asking = useRef<AbortController | null>(null);
  const stop = () => {
    asking.current?.abort();
    asking.current = null;
    setCurrent(null);
  };
  // Whoever leaves the month asks for nothing any more.
  useEffect(() => () => asking.current?.abort(), []);
  const run = async () => {
    stop();
    setFound({});
    setProblem(null);
    setProgress(0);
    const mine = new AbortController();
    asking.current = mine;
    try {
      for (const [at, check] of closingChecks.entries()) {
        setCurrent(check);
        const tell = (share: number) => setProgress((at + share) / closingChecks.length);
        const findings = await askInSlices({ check, through, signal: mine.signal, tell });
        if (mine.signal.aborted) return;
        setFound((known) => ({ ...known, [check]: findings }));
      }
    } catch (thrown) {
      if (!mine.signal.aborted) setProblem(thrown);
    }
    if (asking.current === mine) stop();
  };
  const count = (checks: readonly ClosingCheck[]) => checks.reduce((sum, check) => sum + (found[check]?.count ?? 0), 0);
  return {
    found,
    current,
    progress,
    problem,
    isRunning: current !== null,
    isDone: closingChecks.every((check) => found[check] !== undefined),
    open: count(closingChecks),
    mustOpen: count(closingMusts),
    run,
    stop,
  };
}

interface Asking {
  readonly check: ClosingCheck;
  readonly through: string;
  readonly signal: AbortSignal;
  /** Hears how much of the check is done, 0 to 1. */
  readonly tell: (share: number) => void;
}

/** A long check is asked slice by slice, so that its progress is seen and the server has a rest when nobody waits any more. */
async function askInSlices({ check, through, signal, tell }: Asking): Promise<ClosingFindings> {
  let all: ClosingFindings = { check, count: 0, rows: [], slices: 1 };
  for (let slice = 0; slice < all.slices; slice += 1) {
    tell(slice / all.slices);
    const parameters = new URLSearchParams({ check, through, slice: String(slice) });
    const found = await api.get<ClosingFindings>(`/api/closing/check?${parameters}`, { signal });
    all = { ...found, count: all.count + found.count, rows: [...all.rows, ...found.rows] };
  }
  return all;
}
