import { useEffect, useRef } from 'react';
import type { DefinitionAnswer, RecordAnswer, StepInput } from '../../../../shared/contracts/wire.ts';
import { newKey } from '../../api/http.ts';
import type { DraftContent } from './calculations.ts';
import { parcelOf } from './input.ts';
import { mergeDrafts } from './merge.ts';
import { contentOf, recordDoor } from './recordDoor.ts';
import { makeAsker, makeSaver, withRealIds } from './saver.ts';
import type { Draft } from './useDraft.ts';
import { outcomeOf, type Standing, type StepRequest, settled } from './useStanding.ts';

/** What a person can have done with the form. Each answers with the saved record, or null when it was not done. */
export interface Deeds {
  save(confirmed?: readonly string[]): Promise<RecordAnswer | null>;
  takeStep(step: string, reason?: string, confirmed?: readonly string[]): Promise<RecordAnswer | null>;
}

interface DeedsOf {
  definition: DefinitionAnswer;
  draft: Draft;
  standing: Standing;
  update: (change: Partial<Standing>) => void;
  isDirty: boolean;
  onSaved: (answer: RecordAnswer, wasNew: boolean) => void;
}

export function useDeeds(of: DeedsOf): Deeds {
  const { definition, update } = of;
  const latest = useRef(of);
  useEffect(() => {
    latest.current = of;
  });
  const saver = useRef(makeSaver(doorOf(definition.type), newKey));
  const asker = useRef(makeAsker(newKey));
  const isLocked = useRef(false);

  /** Shows what the server holds now; what was typed while it worked stays on top of it. */
  const settle = (saved: RecordAnswer, sent: DraftContent) => {
    const { draft } = latest.current;
    const { now } = draft.state;
    const { rowIds } = parcelOf(definition, null, sent);
    if (now === sent) draft.dispatch({ type: 'open', content: contentOf(saved), titles: saved.titles });
    else {
      const [base, mine] = [withRealIds(sent, rowIds, saved), withRealIds(now, rowIds, saved)];
      const { content } = mergeDrafts({ definition, base, mine, theirs: contentOf(saved) });
      draft.dispatch({ type: 'rebase', base: contentOf(saved), now: content, titles: saved.titles });
    }
    update({ ...settled, answer: saved });
  };

  /** One thing at a time: a second press while the first is under way does nothing. */
  const attempt = async (deed: 'save' | StepRequest, work: (sent: DraftContent) => Promise<RecordAnswer>): Promise<RecordAnswer | null> => {
    if (isLocked.current) return null;
    isLocked.current = true;
    const asked = deed === 'save' ? null : deed;
    update({ busy: asked?.step ?? 'save', refusal: null, question: null, asked });
    const { standing, draft, onSaved } = latest.current;
    const sent = draft.state.now;
    try {
      const saved = await work(sent);
      onSaved(saved, standing.answer === null);
      return saved;
    } catch (thrown) {
      update({ busy: null, ...outcomeOf(thrown, parcelOf(definition, null, sent).rowIds) });
      return null;
    } finally {
      isLocked.current = false;
    }
  };

  const store = async (sent: DraftContent, confirmed: readonly string[], step?: StepInput): Promise<RecordAnswer> => {
    const { standing, draft } = latest.current;
    const saved = await saver.current.save({ definition, saved: standing.answer, base: draft.state.base, now: sent, confirmed, step });
    settle(saved, sent);
    return saved;
  };

  return {
    save: (confirmed = []) =>
      hasUnread(latest.current.standing) ? Promise.resolve(null) : attempt('save', (sent) => store(sent, confirmed)),
    takeStep: (step, reason, confirmed) => {
      const { standing, isDirty } = latest.current;
      const saved = isDirty ? null : standing.answer;
      if (saved === null && hasUnread(standing)) return Promise.resolve(null);
      const said = { ...(reason ? { reason } : {}), ...(confirmed ? { confirmed } : {}) };
      return attempt({ step, reason, confirmed }, async (sent) => {
        if (saved === null) return store(sent, [], { name: step, ...said });
        const body = { version: saved.version, ...said };
        const taken = await asker.current(JSON.stringify([saved.id, step, body]), (key) =>
          recordDoor.step(definition.type, saved.id, step, body, key),
        );
        settle(taken, latest.current.draft.state.now);
        return taken;
      });
    },
  };
}

/** Something typed that cannot be read as a value: it has to be mended before anything is sent. */
const hasUnread = ({ problems }: Standing): boolean => [...problems.values()].some(({ code }) => code.startsWith('form.'));

const doorOf = (type: string): Parameters<typeof makeSaver>[0] => ({
  create: (input, key) => recordDoor.create(type, input, key),
  change: (id, input, key) => recordDoor.change(type, id, input, key),
});
