/** Random numbers that are the same for the same seed (mulberry32): good enough for believable data, useless for secrets. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to, not including, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `from` to `to`, both included. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  pick<T>(from: readonly T[]): T {
    const found = from[Math.floor(this.next() * from.length)];
    if (found === undefined) throw new RangeError('nothing to pick from');
    return found;
  }

  /** True so often in a hundred. */
  chance(percent: number): boolean {
    return this.next() * 100 < percent;
  }

  /** A place in a list in which the first ones come up far more often, as good customers do. */
  skewed(length: number): number {
    return Math.floor(length * this.next() ** 2);
  }
}
