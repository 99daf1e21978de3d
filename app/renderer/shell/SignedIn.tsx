import { useEffect } from 'react';
import { Navigate, useLocation } from 'react-router';
import { whenSignedOut } from '../api/http.ts';
import { useServerState } from '../api/serverState.ts';
import { SessionProvider, useSessionAnswer, useSignIn } from '../api/session.tsx';
import { readToken } from '../api/token.ts';
import { ForcedSetUp } from '../pages/secondStep/ForcedSetUp.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { ChangePassword } from './ChangePassword.tsx';
import { Shell } from './Shell.tsx';
import { Splash } from './Splash.tsx';

/** Everything behind the door: asks who is there, and shows the door to whoever is not known. */
export function SignedIn() {
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
