import { clock } from '../clock.ts';
import { openWire } from '../database/openStore.ts';
import type { StorePlace } from '../database/store.ts';
import { type Hold, loneWire, type Wire } from '../database/wire.ts';
import type { Announcement, Neighbours } from '../work.ts';
import { textOf, textsOfChanges, textsOfEnded, type Word, wordIn } from './words.ts';

/** What a process does about what it hears of a company from the others. */
export interface Heard {
  changed(changes: readonly Announcement[]): void;
  ended(sessions: readonly number[]): void;
  /** What is known of people and their rights is not true any more. */
  rights(): void;
  settings(): void;
  /** Words were missed: nobody's windows can be trusted to show what is there. */
  missed(): void;
  /** This process does now what is done by itself; one that says nothing here never does. */
  leads?(): void;
}

const askEveryMs = 1_000;
/** So long after the lead fell to us the one before knows that it has lost it, and has stopped. */
export const graceMs = 5_000;
const showEveryMs = 2_000;
/** What somebody has not shown for so long has ended with them. */
const shownMaxMs = 8_000;

interface Shown {
  readonly state: unknown;
  readonly atMs: number;
}
interface Showing {
  readonly state: () => unknown;
  readonly stop: () => void;
}

/** The other processes that keep a company, as this one knows them. */
export class LivingNeighbours implements Neighbours {
  readonly #heard: Heard;
  readonly #shown = new Map<string, Shown>();
  readonly #showing = new Map<string, Showing>();
  #timers: NodeJS.Timeout[] = [];
  #wire: Wire = loneWire();
  #lead: AbortSignal | null = null;
  #hold: Hold | null = null;
  #isAsking = false;

  private constructor(heard: Heard) {
    this.#heard = heard;
  }

  static async open(place: StorePlace, heard: Heard): Promise<LivingNeighbours> {
    const neighbours = new LivingNeighbours(heard);
    neighbours.#wire = await openWire(place, {
      hear: (text) => neighbours.#hear(wordIn(text)),
      deaf: () => neighbours.#forget(),
      again: (hasLostWords) => neighbours.#again(hasLostWords),
    });
    // Who has the database for itself need not wait for anybody to stop.
    const restMs = place.engine === 'sqlite' ? 0 : graceMs;
    await neighbours.#askForLead(restMs);
    neighbours.#timers = [
      setInterval(() => void neighbours.#askForLead(restMs), askEveryMs),
      setInterval(() => neighbours.#showAll(), showEveryMs),
    ];
    for (const timer of neighbours.#timers) timer.unref();
    return neighbours;
  }

  get lead(): AbortSignal | null {
    return this.#lead?.aborted ? null : this.#lead;
  }

  hold(thing: string): Promise<Hold | null> {
    return this.#wire.hold(thing);
  }

  changed(changes: readonly Announcement[]): void {
    for (const text of textsOfChanges(changes)) this.#wire.say(text);
  }

  ended(sessions: readonly number[]): void {
    for (const text of textsOfEnded(sessions)) this.#wire.say(text);
  }

  missed(): void {
    this.#say({ word: 'missed' });
  }

  show(name: string, state: () => unknown, stop: () => void): () => void {
    const showing = { state, stop };
    this.#showing.set(name, showing);
    this.#say({ word: 'shows', name, state: state() });
    return () => {
      if (this.#showing.get(name) !== showing) return;
      this.#showing.delete(name);
      this.#say({ word: 'shows', name, state: null });
    };
  }

  shown(name: string): unknown {
    const shown = this.#shown.get(name);
    return shown && clock.now() - shown.atMs < shownMaxMs ? shown.state : null;
  }

  askToStop(name: string): void {
    this.#say({ word: 'stop', name });
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#lead = null;
    await this.#wire.close();
  }

  #say(word: Word): void {
    this.#wire.say(textOf(word));
  }

  #hear(word: Word | null): void {
    switch (word?.word) {
      case 'changed':
        this.#heard.changed(word.changes.map(([type, id, version, rooms]) => ({ type, id, version, rooms })));
        break;
      case 'ended':
        this.#heard.ended(word.sessions);
        break;
      case 'rights':
        this.#heard.rights();
        break;
      case 'settings':
        this.#heard.settings();
        break;
      case 'missed':
        this.#heard.missed();
        break;
      case 'shows':
        if (word.state === null) this.#shown.delete(word.name);
        else this.#shown.set(word.name, { state: word.state, atMs: clock.now() });
        break;
      case 'stop':
        this.#showing.get(word.name)?.stop();
        break;
    }
  }

  #showAll(): void {
    for (const [name, { state }] of this.#showing) this.#say({ word: 'shows', name, state: state() });
    for (const [name, { atMs }] of this.#shown) if (clock.now() - atMs >= shownMaxMs) this.#shown.delete(name);
  }

  #forget(): void {
    this.#heard.rights();
    this.#heard.settings();
  }

  #again(hasLostWords: boolean): void {
    this.#forget();
    this.#heard.missed();
    if (hasLostWords) this.missed();
  }

  async #askForLead(restMs: number): Promise<void> {
    if (!this.#heard.leads || this.#isAsking || (this.#hold && !this.#hold.lost.aborted)) return;
    this.#isAsking = true;
    try {
      const hold = await this.#wire.hold('timetable');
      this.#hold = hold;
      if (!hold) return;
      const take = (): void => {
        if (hold.lost.aborted) return;
        this.#lead = hold.lost;
        this.#heard.leads?.();
      };
      if (restMs === 0) return take();
      const timer = setTimeout(take, restMs);
      timer.unref();
      this.#timers.push(timer);
    } finally {
      this.#isAsking = false;
    }
  }
}
