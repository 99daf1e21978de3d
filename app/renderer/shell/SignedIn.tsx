import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { Navigate, useLocation } from 'react-router';
import { whenClosed, whenSignedOut } from '../api/http.ts';
import { useServerState } from '../api/serverState.ts';
import { SessionProvider, useSessionAnswer, useSignIn } from '../api/session.tsx';
import { readToken } from '../api/token.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { Splash } from '../ui/Splash.tsx';
import { ClosedCurtain } from './ClosedCurtain.tsx';
import { pieces } from './pieces.ts';

const Shell = lazy(pieces.shell);
const ForcedSetUp = lazy(async () => ({ default: (await import('../pages/secondStep/ForcedSetUp.tsx')).ForcedSetUp }));
const ChangePassword = lazy(async () => ({ default: (await import('./ChangePassword.tsx')).ChangePassword }));

/** Everything behind the door, with a curtain before it while the company is being upgraded. */
export function SignedIn() {
  const client = useQueryClient();
  const [isClosed, setClosed] = useState(false);
  useEffect(() => whenClosed(() => setClosed(readToken() !== null)), []);
  const open = useCallback(() => {
    setClosed(false);
    void client.refetchQueries({ type: 'active' });
  }, [client]);
  return (
    <>
      {isClosed ? <ClosedCurtain onOpen={open} /> : null}
      <Suspense fallback={<Splash />}>
        <Inside />
      </Suspense>
    </>
  );
}

/** Asks who is there, and shows the door to whoever is not known. */
function Inside() {
  const session = useSessionAnswer();
  const { leave } = useSignIn();
  const place = useLocation();
  useEffect(() => whenSignedOut(leave), [leave]);
  if (session.isPending) return <Splash />;
  if (session.data) {
    if (session.data.mustChangePassword) return <ChangePassword isForced />;
    if (session.data.isSecondStepDue) return <ForcedSetUp />;
    return (
      <SessionProvider answer={session.data}>
        <Shell />
      </SessionProvider>
    );
  }
  if (session.error && readToken() !== null) return <ProblemAlert problem={session.error} onRetry={() => void session.refetch()} />;
  return <Door from={place.pathname + place.search} />;
}

/** To signing in, or to setting up where there is no company yet. */
function Door({ from }: { from: string }) {
  const state = useServerState();
  if (state.isPending) return <Splash />;
  if (state.error) return <ProblemAlert problem={state.error} onRetry={() => void state.refetch()} />;
  return <Navigate replace to={state.data.setUp ? '/sign-in' : '/setup'} state={{ from }} />;
}
