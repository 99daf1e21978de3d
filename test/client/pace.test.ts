import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { listPace, paced, recordPace, returnPace } from '../../app/renderer/api/pace.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a change is asked for within three seconds, and once for all that were heard of meanwhile', () => {
  const run = vi.fn();
  const soon = paced(run, recordPace);
  for (let heard = 0; heard < 50; heard += 1) soon();
  vi.advanceTimersByTime(3000);
  expect(run).toHaveBeenCalledTimes(1);
});

test('however much happens, a window rests between two questions, and the last change is asked for', () => {
  const askedAtMs: number[] = [];
  const soon = paced(() => askedAtMs.push(performance.now()), listPace);
  for (let passedMs = 0; passedMs < 60_000; passedMs += 500) {
    soon();
    vi.advanceTimersByTime(500);
  }
  const lastHeardMs = performance.now() - 500;
  vi.advanceTimersByTime(10_000);
  const rests = askedAtMs.slice(1).map((at, index) => at - (askedAtMs[index] ?? 0));
  expect(Math.min(...rests)).toBeGreaterThanOrEqual(4000);
  expect(rests.length).toBeGreaterThanOrEqual(6);
  expect(askedAtMs.at(-1)).toBeGreaterThanOrEqual(lastHeardMs);
});

test('windows that come back together ask at moments of their own', () => {
  const askedAtMs: number[] = [];
  const startedMs = performance.now();
  for (let window = 0; window < 200; window += 1) paced(() => askedAtMs.push(performance.now() - startedMs), returnPace)();
  vi.advanceTimersByTime(10_000);
  expect(askedAtMs).toHaveLength(200);
  const perSecond = Array.from({ length: 10 }, (_, second) => askedAtMs.filter((at) => Math.floor(at / 1000) === second).length);
  expect(Math.max(...perSecond)).toBeLessThan(50);
});
