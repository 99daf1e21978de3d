import { App, Input } from 'antd';
import { useTranslation } from 'react-i18next';

/** Asks why an import is taken back; null when the person thinks better of it. */
export function useUndoReason(): () => Promise<string | null> {
  const { modal } = App.useApp();
  const { t } = useTranslation();
  return () =>
    new Promise((resolve) => {
      let reason = '';
      modal.confirm({
        title: t('importing.undo'),
        content: (
          <>
            <p>{t('importing.undoText')}</p>
            <Input
              autoFocus
              maxLength={200}
              aria-label={t('general.reason')}
              placeholder={t('general.reasonAsk')}
              onChange={(event) => {
                reason = event.target.value;
              }}
            />
          </>
        ),
        okText: t('importing.undo'),
        okButtonProps: { danger: true },
        cancelText: t('general.cancel'),
        onOk: () => (reason.trim() === '' ? Promise.reject(new Error('reason')) : resolve(reason.trim())),
        onCancel: () => resolve(null),
      });
    });
}
