import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Flex, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type PairingPageAnswer, type PairingState, pairingLine, shownCode } from '../../../../shared/contracts/pairing.ts';
import type { RootExchange } from '../../../../shared/contracts/rootSuccession.ts';
import { api } from '../../api/http.ts';
import { queryClient } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { download } from '../../ui/download.ts';
import { formatInstant } from '../../ui/format.ts';
import { useNotices } from '../../ui/notices.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { QrCode } from '../../ui/QrCode.tsx';

const pairingKey = ['pairing'];
type Open = Extract<PairingPageAnswer, { isSecure: true }>;

/** How desktop clients come to know this server: a code for one of them, and the fingerprint for whoever cannot use one. */
export function PairingPage() {
  const { t } = useTranslation();
  const answer = useQuery({
    queryKey: pairingKey,
    queryFn: ({ signal }) => api.get<PairingPageAnswer>('/api/pairing', { signal }),
    refetchInterval: ({ state }) => (state.data?.isSecure && state.data.pairing.state === 'waiting' ? 2_000 : 15_000),
  });
  const { data } = answer;
  if (data === undefined) return <PageFrame title={t('pairing.title')} loading={answer.isPending} problem={answer.error} />;
  return (
    <PageFrame title={t('pairing.title')}>
      {data.isSecure ? <Opened answer={data} atMs={answer.dataUpdatedAt} /> : <Alert type="info" showIcon title={t('pairing.noTls')} />}
    </PageFrame>
  );
}

function Opened({ answer, atMs }: { answer: Open; atMs: number }) {
  const { t } = useTranslation();
  const notices = useNotices();
  const [isBusy, setBusy] = useState(false);
  const { pairing } = answer;
  const change = async (work: () => Promise<unknown>) => {
    setBusy(true);
    await work().catch(notices.failed);
    await queryClient.invalidateQueries({ queryKey: pairingKey });
    setBusy(false);
  };
  return (
    <>
      <section className="tp-panel tp-form tp-pairing">
        <p className="tp-faint">{t('pairing.help')}</p>
        {pairing.state === 'waiting' ? (
          <Code key={pairing.code} pairing={pairing} addresses={answer.addresses} atMs={atMs} />
        ) : (
          <Ended pairing={pairing} />
        )}
        <Flex gap={8}>
          <Button
            type={pairing.state === 'waiting' ? 'default' : 'primary'}
            loading={isBusy}
            onClick={() => void change(() => api.post('/api/pairing'))}
          >
            {t(pairing.state === 'waiting' ? 'pairing.another' : 'pairing.start')}
          </Button>
          {pairing.state === 'waiting' ? (
            <Button danger disabled={isBusy} onClick={() => void change(() => api.del('/api/pairing'))}>
              {t('pairing.stop')}
            </Button>
          ) : null}
        </Flex>
      </section>
      <section className="tp-panel tp-form tp-pairing">
        <h2>{t('pairing.fingerprint')}</h2>
        <p className="tp-faint">{t('pairing.fingerprintHelp')}</p>
        <Fingerprint text={answer.fingerprint} />
      </section>
      {answer.exchange ? <Exchange exchange={answer.exchange} /> : null}
    </>
  );
}

function Code({
  pairing,
  addresses,
  atMs,
}: {
  pairing: Extract<PairingState, { state: 'waiting' }>;
  addresses: readonly string[];
  atMs: number;
}) {
  const { t } = useTranslation();
  const [address, setAddress] = useState(addresses[0] ?? '');
  const leftMs = useCountdown(pairing.leftMs, atMs);
  const seconds = Math.ceil(leftMs / 1000);
  return (
    <Flex gap={24} wrap="wrap" align="center">
      <QrCode text={pairingLine(address, pairing.code)} label={t('pairing.picture')} sidePx={208} />
      <Flex vertical gap={8}>
        <span className="tp-faint">{t('pairing.code')}</span>
        <output aria-label={t('pairing.code')}>{shownCode(pairing.code)}</output>
        <span>{t('pairing.left', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 })}</span>
        {pairing.guessesLeft < 5 ? <span className="tp-warning">{t('pairing.guesses', { count: pairing.guessesLeft })}</span> : null}
        <span className="tp-faint">{t('pairing.address')}</span>
        <Select
          aria-label={t('pairing.address')}
          style={{ minWidth: 280 }}
          value={address}
          options={addresses.map((value) => ({ value, label: value }))}
          onChange={setAddress}
        />
      </Flex>
    </Flex>
  );
}

function Ended({ pairing }: { pairing: Exclude<PairingState, { state: 'waiting' }> }) {
  const { t } = useTranslation();
  const session = useSession();
  const at = 'at' in pairing ? formatInstant(pairing.at, session.language, session.settings.timeZone) : '';
  const type = pairing.state === 'used' ? 'success' : pairing.state === 'void' ? 'warning' : 'info';
  return <Alert type={type} showIcon title={t(`pairing.states.${pairing.state}`, { at })} />;
}

/** Another certificate is on its way: what clients and browsers have to do. */
function Exchange({ exchange: { until, fingerprint } }: { exchange: RootExchange }) {
  const { t } = useTranslation();
  const session = useSession();
  const notices = useNotices();
  const save = () =>
    api
      .file('/api/root-certificate/next')
      .then(({ blob, name }) => download(blob, name ?? 'tradepost-root-next.crt'))
      .catch(notices.failed);
  return (
    <section className="tp-panel tp-form tp-pairing">
      <h2>{t('pairing.exchange', { until: formatInstant(until, session.language, session.settings.timeZone) })}</h2>
      <p className="tp-faint">
        {t('pairing.exchangeHelp')}{' '}
        <Button type="link" size="small" onClick={() => void save()}>
          {t('pairing.exchangeFile')}
        </Button>
      </p>
      {/* Nobody types this one: it is compared with the file. */}
      <p className="tp-fingerprint tp-faint">{groupsOf(fingerprint).join(' ')}</p>
    </section>
  );
}

/** In groups of four, the first four of which are typed. */
function Fingerprint({ text }: { text: string }) {
  const groups = groupsOf(text);
  return (
    <p className="tp-fingerprint">
      <strong>{groups.slice(0, 4).join(' ')}</strong> <span className="tp-faint">{groups.slice(4).join(' ')}</span>
    </p>
  );
}

const groupsOf = (fingerprint: string): string[] => fingerprint.replaceAll(':', '').match(/.{4}/g) ?? [];

/** What is left of a time that the server told at a moment, second by second. */
function useCountdown(leftMs: number, atMs: number): number {
  const [now, setNow] = useState(atMs);
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.timeOrigin + performance.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, leftMs - Math.max(0, now - atMs));
}
