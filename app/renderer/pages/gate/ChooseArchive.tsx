import { InboxOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Form, Input, Radio, Upload } from 'antd';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ArchiveFound, RestoreState } from '../../../../shared/contracts/restoring.ts';
import { api } from '../../api/http.ts';
import { sizeText } from '../backups/sizeText.ts';
import { Progressing } from './Progressing.tsx';

interface Choosing {
  readonly setupCode: string;
  /** What stands at the other side of the button: the way elsewhere. */
  readonly instead: ReactNode;
  readonly mayLook: boolean;
  readonly state: RestoreState | undefined;
  /** An archive that lies under a passphrase. */
  readonly locked: string | null;
  readonly isBusy: boolean;
  readonly onChoose: (path: string, passphrase?: string) => void;
  readonly onProblem: (thrown: unknown) => void;
}

/** A backup that lies on a disk of the server, one whose place is typed, or one that is sent from here. */
export function ChooseArchive({ setupCode, instead, mayLook, state, locked, isBusy, onChoose, onProblem }: Choosing) {
  const { t } = useTranslation();
  const [path, setPath] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const sending = useSending(setupCode, { onSent: onChoose, onProblem });
  const found = useQuery({
    queryKey: ['archives', setupCode],
    enabled: mayLook,
    queryFn: () => api.post<{ archives: ArchiveFound[] }>('/api/setup/restore/archives', setupCode ? { setupCode: setupCode.trim() } : {}),
    refetchInterval: 5000,
    retry: false,
  });
  if (sending.isSending)
    return (
      <>
        <Progressing text={t('restore.receiving')} done={state?.done ?? 0} all={state?.all ?? 0} unit="bytes" />
        <Flex justify="flex-end">
          <Button danger onClick={sending.stop}>
            {t('general.cancel')}
          </Button>
        </Flex>
      </>
    );
  const archives = found.data?.archives ?? [];
  const wanted = locked ?? path;
  return (
    <Form layout="vertical" size="large" onFinish={() => onChoose(wanted.trim(), passphrase || undefined)}>
      <Form.Item label={t('restore.fromHere')}>
        <Upload.Dragger
          accept=".zip,.enc"
          showUploadList={false}
          disabled={!mayLook}
          beforeUpload={(file) => {
            void sending.send(file);
            return false;
          }}
        >
          <InboxOutlined className="tp-restore-icon" />
          <p>{t('restore.drop')}</p>
        </Upload.Dragger>
      </Form.Item>
      <Form.Item label={t('restore.onServer')} extra={archives.length === 0 ? t('restore.noneFound') : undefined}>
        {archives.length > 0 ? (
          <Radio.Group className="tp-restore-found" value={wanted} onChange={({ target }) => setPath(String(target.value))}>
            {archives.map((archive) => (
              <Radio key={archive.path} value={archive.path} title={archive.path}>
                {archive.name} <span className="tp-faint">{sizeText(archive.bytes)}</span>
              </Radio>
            ))}
          </Radio.Group>
        ) : null}
        <Input
          value={wanted}
          onChange={({ target }) => setPath(target.value)}
          aria-label={t('restore.path')}
          placeholder={t('restore.path')}
          maxLength={1000}
        />
      </Form.Item>
      {locked === null ? null : (
        <Form.Item label={t('restore.passphrase')} extra={t('restore.passphraseHelp')}>
          <Input.Password
            autoFocus
            value={passphrase}
            onChange={({ target }) => setPassphrase(target.value)}
            maxLength={200}
            autoComplete="off"
          />
        </Form.Item>
      )}
      <Flex justify="flex-end" align="center">
        {instead}
        <Button type="primary" htmlType="submit" loading={isBusy} disabled={wanted.trim() === '' || !mayLook}>
          {t('restore.look')}
        </Button>
      </Flex>
    </Form>
  );
}

/** Sends a file to the server; it can be stopped. */
function useSending(setupCode: string, { onSent, onProblem }: { onSent: (path: string) => void; onProblem: (thrown: unknown) => void }) {
  const [isSending, setSending] = useState(false);
  const stopper = useRef<AbortController | null>(null);
  const send = async (file: File): Promise<void> => {
    const own = new AbortController();
    stopper.current = own;
    setSending(true);
    onProblem(null);
    try {
      const headers = { 'Content-Type': 'application/octet-stream', ...(setupCode ? { 'X-Setup-Code': setupCode.trim() } : {}) };
      const { path } = await api.upload<{ path: string }>('/api/setup/restore/upload', file, file.name, { headers, signal: own.signal });
      onSent(path);
    } catch (thrown) {
      if (!own.signal.aborted) onProblem(thrown);
    } finally {
      setSending(false);
    }
  };
  return { isSending, send, stop: () => stopper.current?.abort() };
}
