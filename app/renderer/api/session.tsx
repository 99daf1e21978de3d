import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { DefinitionAnswer, SessionAnswer, WireField } from '../../../shared/contracts/wire.ts';
import type { Operation } from '../../../shared/kernel/definition.ts';
import { choiceName, type DomainWords, fieldName, partName, stateName, stepName, typeName } from '../../../shared/language/labels.ts';
import type { Language } from '../../../shared/language/languages.ts';
import { api } from './http.ts';
import { useLanguage } from './i18n.ts';
import { stateKey } from './serverState.ts';
import { keepToken, keepViewing, readToken, readViewing } from './token.ts';
import { forgetWindowMemory } from './windowMemory.ts';

/** Who is at work, in which company, what they may do, and what things are called in their language. */
export interface Session extends SessionAnswer {
  language: Language;
  words: DomainWords;
  definitionOf(type: string): DefinitionAnswer | undefined;
  /** The field by its path, `name` or `lines.quantity`, when the person may see it. */
  fieldOf(type: string, path: string): WireField | undefined;
  may(type: string, operation: Operation): boolean;
  hasRight(right: string): boolean;
  typeLabel(type: string, count?: 'one' | 'many'): string;
  fieldLabel(type: string, path: string): string;
  partLabel(type: string, part: string): string;
  choiceLabel(type: string, path: string, value: string): string;
  stateLabel(type: string, state: string): string;
  stepLabel(type: string, step: string): string;
  /** Decimal digits of the company's currency. */
  digits: number;
}

const SessionContext = createContext<Session | null>(null);

export const sessionKey = ['session'];

/** The session from the server; null when nobody is signed in. */
export function useSessionAnswer() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: ({ signal }) => (readToken() === null ? null : api.get<SessionAnswer>('/api/session', { signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Gives the session to everything below it. */
export function SessionProvider({ answer, children }: { answer: SessionAnswer; children: ReactNode }) {
  const { language, words } = useLanguage();
  const session = useMemo(() => sessionOf(answer, language, words), [answer, language, words]);
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** The session of the person at work; only below the signed-in shell. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('useSession outside of the signed-in shell');
  return session;
}

/** As useSession, and null where nobody is signed in yet. */
export const useMaybeSession = (): Session | null => useContext(SessionContext);

/** Opens the window anew in the name of somebody else, until `backToOwnDesk`: nothing of the one stays in the eyes of the other. */
export function lookAs(token: string): void {
  keepViewing(token);
  startAnew();
}

/** Ends looking in somebody's name in this window. */
export function backToOwnDesk(): void {
  keepViewing(null);
  startAnew();
}

function startAnew(): void {
  forgetWindowMemory();
  window.location.hash = '#/';
  window.location.reload();
}

/** Begins and ends the session of this window. */
export function useSignIn() {
  const client = useQueryClient();
  return useMemo(
    () => ({
      enter: (answer: { token: string; session: SessionAnswer }) => {
        keepToken(answer.token);
        forgetWindowMemory();
        client.clear();
        client.setQueryData(sessionKey, answer.session);
      },
      leave: () => {
        // A look in somebody's name that is over leads back to the own desk.
        if (readViewing() !== null) return backToOwnDesk();
        keepToken(null);
        // The answer about the session stays in the cache and becomes "nobody": who looks at it must hear of the change.
        // What the server tells everybody stays too: the door may be waiting for it already.
        client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] && queryKey[0] !== stateKey[0] });
        client.setQueryData(sessionKey, null);
      },
    }),
    [client],
  );
}

function sessionOf(answer: SessionAnswer, language: Language, words: DomainWords): Session {
  const byType = new Map(answer.definitions.map((definition) => [definition.type, definition]));
  const rights = new Set(answer.rights);
  /** Types made by the company itself bring their words along. */
  const own = (type: string, path: string) => byType.get(type)?.labels?.[language]?.[path];
  return {
    ...answer,
    language,
    words,
    definitionOf: (type) => byType.get(type),
    fieldOf: (type, path) => wireFieldAt(byType.get(type), path),
    may: (type, operation) => byType.get(type)?.operations.includes(operation) ?? false,
    hasRight: (right) => answer.administrator || rights.has(right),
    typeLabel: (type, count = 'one') => own(type, '') ?? typeName(words, type, count),
    fieldLabel: (type, path) => own(type, path) ?? fieldName(words, type, path),
    partLabel: (type, part) => own(type, part) ?? partName(words, type, part),
    choiceLabel: (type, path, value) => own(type, `${path}=${value}`) ?? choiceName(words, type, path, value),
    stateLabel: (type, state) => own(type, `state=${state}`) ?? stateName(words, type, state),
    stepLabel: (type, step) => own(type, `step=${step}`) ?? stepName(words, type, step),
    digits: answer.settings.currency.digits,
  };
}

function wireFieldAt(definition: DefinitionAnswer | undefined, path: string): WireField | undefined {
  const [head = '', tail] = path.split('.');
  return tail === undefined ? definition?.fields[head] : definition?.parts[head]?.fields[tail];
}
