import { DownloadOutlined, InboxOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Spin, Upload } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ImportAnswer } from '../../../shared/exchange/importAnswers.ts';
import { api } from '../api/http.ts';
import { useSession } from '../api/session.tsx';
import { download } from '../ui/download.ts';
import { formatInstant } from '../ui/format.ts';
import { useNotices } from '../ui/notices.tsx';
import type { ImportDesk } from './useImport.ts';

type Earlier = Pick<ImportAnswer, 'id' | 'type' | 'name' | 'state' | 'createdAt' | 'createdByName' | 'counts' | 'result'>;

interface FileStepProps {
  type: string;
  desk: ImportDesk;
  onOpen: (id: number) => void;
}

/** A file is dropped or chosen; a template to fill in, and the imports before. */
export function FileStep({ type, desk, onOpen }: FileStepProps) {
  const { t } = useTranslation();
  const session = useSession();
  const notices = useNotices();
  const { data } = useQuery({
    queryKey: ['import', 'history'],
    queryFn: ({ signal }) => api.get<{ rows: Earlier[] }>('/api/imports', { signal }),
  });
  const earlier = (data?.rows ?? []).filter((row) => row.type === type).slice(0, 10);
  const template = () =>
    api
      .file(`/api/imports/template/${type}?language=${session.language}`)
      .then(({ blob, name }) => download(blob, name ?? `${type}.xlsx`), notices.failed);
  return (
    <>
      <Spin spinning={desk.busy === 'upload'} description={t('importing.uploading')}>
        <Upload.Dragger
          accept=".xlsx,.csv,.txt"
          multiple={false}
          showUploadList={false}
          className="tp-import-drop"
          beforeUpload={(file) => {
            void desk.upload(type, file);
            return false;
          }}
        >
          <p className="ant-upload-drag-icon">
            <InboxOutlined />
          </p>
          <p className="ant-upload-text">{t('importing.dropHere')}</p>
          <p className="ant-upload-hint">{t('importing.dropHint')}</p>
        </Upload.Dragger>
      </Spin>
      <div>
        <Button icon={<DownloadOutlined />} onClick={() => void template()}>
          {t('importing.template')}
        </Button>
      </div>
      {earlier.length === 0 ? null : (
        <section className="tp-panel tp-group">
          <h2>{t('importing.earlier')}</h2>
          <table className="tp-small-table">
            <tbody>
              {earlier.map((row) => (
                <tr key={row.id}>
                  <td>
                    <Button type="link" size="small" onClick={() => onOpen(row.id)}>
                      {row.name || `#${row.id}`}
                    </Button>
                  </td>
                  <td>{t(`importing.states.${row.state}`)}</td>
                  <td className="tp-faint">{formatInstant(row.createdAt, session.language, session.settings.timeZone)}</td>
                  <td className="tp-faint">{row.createdByName}</td>
                  <td>{row.result ? t('importing.added', { count: row.result.added }) : ''}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}
