import { useEffect, useMemo, useReducer } from 'react';
import type { Titles } from '../../../../shared/contracts/wire.ts';
import { useCurrencies } from '../../api/currencies.ts';
import { useSession } from '../../api/session.tsx';
import type { DraftContent } from './calculations.ts';
import { calculationOf, type Reckon } from './calculations.ts';
import { changeDraft, type DraftAction, type DraftState, emptyDraft } from './draft.ts';

export interface Draft {
  state: DraftState;
  dispatch: (action: DraftAction) => void;
  /** The record's currency and its decimal digits. */
  currency: number | null;
  digits: number;
}

/** The state of an open form with its arithmetic, which knows the digits of the currency that is chosen in the form itself. */
export function useDraft(type: string, start: { content: DraftContent; titles: Titles; answer: unknown }): Draft {
  const session = useSession();
  const currencies = useCurrencies();
  const [{ state }, dispatch] = useReducer(reduce, start, (given) => ({
    state: changeDraft(emptyDraft, { type: 'open', content: given.content, titles: given.titles }, (content) => content),
    reckon: null as Reckon | null,
    isNew: given.answer === null,
  }));
  const currency = typeof state.now.values.currency === 'number' ? state.now.values.currency : null;
  const { digits } = currencies.of(currency);
  const reckon = useMemo(() => calculationOf(type, { currencyDigits: digits, baseDigits: session.digits }), [type, digits, session.digits]);
  useEffect(() => dispatch({ type: 'reckoning', reckon }), [reckon]);
  return { state, dispatch, currency, digits };
}

interface Held {
  state: DraftState;
  reckon: Reckon | null;
  isNew: boolean;
}

/** Another currency brings other digits: what stands in the form is reckoned again. A saved record nobody touched stays as the server reckoned it. */
function reduce(held: Held, action: DraftAction | { type: 'reckoning'; reckon: Reckon }): Held {
  if (action.type === 'reckoning') {
    const isTouched = held.state.now !== held.state.base;
    return {
      ...held,
      reckon: action.reckon,
      state: isTouched || held.isNew ? changeDraft(held.state, { type: 'reckon' }, action.reckon) : held.state,
    };
  }
  return { ...held, state: changeDraft(held.state, action, held.reckon ?? ((content) => content)) };
}
