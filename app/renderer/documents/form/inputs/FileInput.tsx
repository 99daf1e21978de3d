import { DeleteOutlined, DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileField, PictureField } from '../../../../../shared/kernel/fields.ts';
import { api, newKey } from '../../../api/http.ts';
import { download } from '../../../ui/download.ts';
import { FilePicture } from '../../../ui/FilePicture.tsx';
import { useNotices } from '../../../ui/notices.tsx';
import { bringSmallVersion } from '../../../ui/smallPicture.ts';
import type { InputProps } from './shape.ts';

/** A stored file or picture: chosen, shown, fetched again, taken away. */
export function FileInput({ field, id, label, value, disabled, onChange }: InputProps & { field: FileField | PictureField }) {
  const { t } = useTranslation();
  const notices = useNotices();
  const chooser = useRef<HTMLInputElement>(null);
  const [isBusy, setBusy] = useState(false);
  const upload = async (file: File | undefined) => {
    if (!file) return;
    setBusy(true);
    try {
      const stored = await api.upload<{ id: number }>('/api/files', file, file.name, { idempotencyKey: newKey() });
      // Whatever becomes of the small version, the picture itself is there.
      if (field.kind === 'picture') await bringSmallVersion(file, stored.id).catch(notices.failed);
      onChange(stored.id);
    } catch (problem) {
      notices.failed(problem);
    } finally {
      setBusy(false);
    }
  };
  const fetchAgain = () => api.file(`/api/files/${value}`).then(({ blob, name }) => download(blob, name ?? label), notices.failed);
  return (
    <span className="tp-file">
      {typeof value === 'number' && field.kind === 'picture' ? <FilePicture file={value} size={96} alt={label} /> : null}
      {typeof value === 'number' ? (
        <Button size="small" icon={<DownloadOutlined />} aria-label={t('general.download')} onClick={fetchAgain} />
      ) : null}
      {typeof value === 'number' && !disabled ? (
        <Button size="small" icon={<DeleteOutlined />} aria-label={t('general.remove')} onClick={() => onChange(null)} />
      ) : null}
      {disabled ? null : (
        <Button id={id} data-stop size="small" loading={isBusy} icon={<UploadOutlined />} onClick={() => chooser.current?.click()}>
          {t('general.upload')}
        </Button>
      )}
      <input
        ref={chooser}
        type="file"
        hidden
        aria-label={label}
        accept={field.kind === 'picture' ? 'image/*' : undefined}
        onChange={(event) => {
          void upload(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
    </span>
  );
}
