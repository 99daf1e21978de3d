import { useEffect, useRef, useState } from 'react';
import { type ClosingCheck, type ClosingFindings, closingChecks, closingMusts } from '../../../../shared/contracts/closing.ts';
import { api } from '../../api/http.ts';

/** Checks before closing, one question after the other, so that progress is seen and it can be stopped. */
export interface Checks {
  readonly found: Readonly<Partial<Record<ClosingCheck, ClosingFindings>>>;
  /** The one that is being asked. */
  readonly current: ClosingCheck | null;
  readonly problem: unknown;
  readonly isRunning: boolean;
  readonly isDone: boolean;
  /** How much is not finished, and how much of it must be. */
  readonly open: number;
  readonly mustOpen: number;
  readonly run: () => Promise<void>;
  readonly stop: () => void;
}

export function useChecks(through: string): Checks {
  const [found, setFound] = useState<Checks['found']>({});
  const [current, setCurrent] = useState<ClosingCheck | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const asking = useRef<AbortController | null>(null);
  const stop = () => {
    asking.current?.abort();
    asking.current = null;
    setCurrent(null);
  };
  // What was found is of another month; a question under way is asked in vain.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the day alone decides
  useEffect(() => {
    setFound({});
    setProblem(null);
    return stop;
  }, [through]);
  const run = async () => {
    stop();
    setFound({});
    setProblem(null);
    const mine = new AbortController();
    asking.current = mine;
    try {
      for (const check of closingChecks) {
        setCurrent(check);
        const parameters = new URLSearchParams({ check, through });
        const findings = await api.get<ClosingFindings>(`/api/closing/check?${parameters}`, { signal: mine.signal });
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
    problem,
    isRunning: current !== null,
    isDone: closingChecks.every((check) => found[check] !== undefined),
    open: count(closingChecks),
    mustOpen: count(closingMusts),
    run,
    stop,
  };
}
