import { ClockCircleOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Flex } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceProof, WaitingAnswer } from '../../../../shared/contracts/devices.ts';
import { ApiProblem, api } from '../../api/http.ts';

const askEveryMs = 2_500;

/** A device that was told to wait, with what it was asked then. */
export interface Wait {
  readonly company: string;
  readonly code: string;
  readonly waited: string;
}

/** What somebody has to wait for at the door, and how it began. */
export function useDeviceWait() {
  const [wait, setWait] = useState<Wait | null>(null);
  return {
    wait,
    stop: () => setWait(null),
    /** Gives true when the server wants the device to wait: then it is shown, and nothing else is said. */
    begins: (thrown: unknown, company: string, proof: DeviceProof | undefined): boolean => {
      if (!(thrown instanceof ApiProblem) || thrown.code !== 'access.deviceWaiting' || !proof) return false;
      setWait({ company, code: String(thrown.problem.facts?.code ?? ''), waited: proof.challenge });
      return true;
    },
  };
}

/** Shown until somebody has approved the device; then it goes on by itself. */
export function WaitingDevice({ wait, onApproved, onStop }: { wait: Wait; onApproved: () => void; onStop: () => void }) {
  const { t } = useTranslation();
  const { company, waited } = wait;
  const { data } = useQuery({
    queryKey: ['deviceWait', waited],
    queryFn: ({ signal }) => api.post<WaitingAnswer>('/api/devices/waiting', { company, waited }, { signal }),
    refetchInterval: askEveryMs,
    refetchIntervalInBackground: true,
    gcTime: 0,
  });
  const state = data?.state ?? 'waiting';
  const isOver = state === 'blocked' || state === 'gone';
  const goOn = useRef(onApproved);
  goOn.current = onApproved;
  useEffect(() => {
    if (state === 'approved' || state === 'seen') goOn.current();
  }, [state]);
  return (
    <Flex vertical gap={16} className="tp-waiting-device">
      {isOver ? (
        <Alert type="warning" showIcon title={t(state === 'blocked' ? 'devices.waitBlocked' : 'devices.waitGone')} />
      ) : (
        <>
          <p role="status">
            <ClockCircleOutlined /> {t('devices.waitTitle')}
          </p>
          <output aria-label={t('devices.code')}>{wait.code}</output>
          <p className="tp-faint">{t('devices.waitHelp')}</p>
        </>
      )}
      <Button block onClick={onStop}>
        {t(isOver ? 'devices.waitAgain' : 'general.cancel')}
      </Button>
    </Flex>
  );
}
