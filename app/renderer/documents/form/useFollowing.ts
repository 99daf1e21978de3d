import { useCallback, useEffect, useRef } from 'react';
import type { DefinitionAnswer, RecordAnswer } from '../../../../shared/contracts/wire.ts';
import type { Value } from '../../../../shared/kernel/definition.ts';
import type { DraftAction } from './draft.ts';
import type { Editability } from './editability.ts';
import { fetchRecord } from './recordDoor.ts';
import { followingLink, suggestingLinks } from './suggestions.ts';
import type { Draft } from './useDraft.ts';

interface FollowingOf {
  definition: DefinitionAnswer;
  draft: Draft;
  editability: Editability;
}

/** Watches what is done to a form: when a customer is chosen, what that customer keeps fills itself in, as one step of undo with it. */
export function useFollowing(of: FollowingOf): (action: DraftAction) => void {
  const latest = useRef(of);
  useEffect(() => {
    latest.current = of;
  });
  return useCallback((action) => {
    if (action.type !== 'values') return;
    for (const link of suggestingLinks(latest.current.definition)) {
      if (link in action.values) void follow(latest, link, action.values[link] ?? null);
    }
  }, []);
}

async function follow(latest: { current: FollowingOf }, link: string, chosen: Value): Promise<void> {
  const { definition, draft } = latest.current;
  const before = draft.state.now.values[link] ?? null;
  if (before === chosen) return;
  const [kept, keptBefore] = await Promise.all([keptBy(definition, link, chosen), keptBy(definition, link, before)]);
  const { editability, draft: later } = latest.current;
  // Another one may have been chosen while the server was asked.
  if ((later.state.now.values[link] ?? null) !== chosen) return;
  const isOpen = (name: string) => {
    const field = definition.fields[name];
    return field !== undefined && editability.field(name, field);
  };
  const values = followingLink({ definition, link, chosen: kept, before: keptBefore, now: later.state.now.values, isOpen });
  if (Object.keys(values).length > 0) later.dispatch({ type: 'values', values, place: link, withoutReckoning: true });
}

/** The record behind a link as far as the person may read it. */
export async function keptBy(definition: DefinitionAnswer, link: string, id: Value): Promise<RecordAnswer | null> {
  const field = definition.fields[link];
  if (field?.kind !== 'link' || typeof id !== 'number') return null;
  return fetchRecord(field.to, id).catch(() => null);
}
