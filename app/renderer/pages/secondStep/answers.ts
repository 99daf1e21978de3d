import { browserSupportsWebAuthn } from '@simplewebauthn/browser';
import { useQuery } from '@tanstack/react-query';
import type { OwnSecondStep } from '../../../../shared/contracts/secondStep.ts';
import { api } from '../../api/http.ts';
import { queryClient } from '../../api/queries.ts';

const ownKey = ['secondStep'];

/** The second step of the person at work. */
export const useOwnSecondStep = () =>
  useQuery({ queryKey: ownKey, queryFn: ({ signal }) => api.get<OwnSecondStep>('/api/second-step', { signal }) });

export const renewOwnSecondStep = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ownKey });

/** Whether this page may ask a security key: encrypted or on this machine, and opened by a name (the standard asks for both). */
export const canUseKeys = (): boolean =>
  window.isSecureContext &&
  browserSupportsWebAuthn() &&
  /^https?:$/.test(location.protocol) &&
  !/^(\d+(\.\d+){3}|\[.*\])$/.test(location.hostname);
