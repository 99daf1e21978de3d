import { DeleteOutlined, DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type DragEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordAnswer } from '../../../../shared/contracts/wire.ts';
import { api, newKey } from '../../api/http.ts';
import { recordPath } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { download } from '../../ui/download.ts';
import { formatInstant } from '../../ui/format.ts';
import { useNotices } from '../../ui/notices.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';

interface AttachmentRow {
  id: number;
  file: number;
  name: string;
  size?: number;
  at?: string;
  createdAt?: string;
  byName?: string | null;
}

/** Files that hang on a record: dropped or chosen, fetched again, taken off. */
export function Attachments({ answer }: { answer: RecordAnswer }) {
  const { t } = useTranslation();
  const session = useSession();
  const notices = useNotices();
  const client = useQueryClient();
  const chooser = useRef<HTMLInputElement>(null);
  const [isBusy, setBusy] = useState(false);
  const path = `${recordPath(answer.type, answer.id)}/attachments`;
  const queryKey = ['record', answer.type, answer.id, 'attachments'];
  const { data, error } = useQuery({ queryKey, queryFn: ({ signal }) => api.get<{ rows: AttachmentRow[] }>(path, { signal }) });
  const mayChange = (answer.may ?? []).includes('change');
  const run = async (work: () => Promise<unknown>) => {
    setBusy(true);
    await work().catch(notices.failed);
    await client.invalidateQueries({ queryKey });
    setBusy(false);
  };
  const add = (files: FileList | null) =>
    run(async () => {
      for (const file of files ?? []) {
        const stored = await api.upload<{ id: number }>('/api/files', file, file.name, { idempotencyKey: newKey() });
        await api.post(path, { file: stored.id, name: file.name }, { idempotencyKey: newKey() });
      }
    });
  const fetchFile = (row: AttachmentRow) => api.file(`/api/files/${row.file}`).then(({ blob }) => download(blob, row.name), notices.failed);
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    if (mayChange) void add(event.dataTransfer.files);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping files is a second way to the button below
    <div className="tp-panel tp-group" onDragOver={(event) => event.preventDefault()} onDrop={onDrop}>
      {error ? <ProblemAlert problem={error} /> : null}
      {data?.rows.length === 0 ? <p className="tp-faint">{t('documents.noAttachments')}</p> : null}
      <table className="tp-small-table">
        <tbody>
          {data?.rows.map((row) => (
            <tr key={row.id}>
              <td>
                <Button type="link" size="small" icon={<DownloadOutlined />} onClick={() => void fetchFile(row)}>
                  {row.name}
                </Button>
              </td>
              <td className="tp-faint">{row.size === undefined ? '' : sizeText(row.size)}</td>
              <td className="tp-faint">
                {instantOf(row) ? formatInstant(instantOf(row) ?? '', session.language, session.settings.timeZone) : ''}
              </td>
              <td className="tp-faint">{row.byName}</td>
              <td>
                {mayChange ? (
                  <Button
                    type="text"
                    size="small"
                    icon={<DeleteOutlined />}
                    aria-label={`${t('general.delete')} ${row.name}`}
                    onClick={() => void run(() => api.del(`/api/attachments/${row.id}`))}
                  />
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {mayChange ? (
        <Button icon={<UploadOutlined />} loading={isBusy} onClick={() => chooser.current?.click()} style={{ marginTop: 8 }}>
          {t('general.upload')}
        </Button>
      ) : null}
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        aria-label={t('general.upload')}
        onChange={(event) => void add(event.target.files)}
      />
    </div>
  );
}

const instantOf = (row: AttachmentRow): string | undefined => row.at ?? row.createdAt;

function sizeText(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
