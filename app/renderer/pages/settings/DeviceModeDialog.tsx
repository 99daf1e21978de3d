import { Checkbox, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceCheckAnswer, DeviceMode } from '../../../../shared/contracts/devices.ts';
import { api } from '../../api/http.ts';
import { useNotices } from '../../ui/notices.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { showCheck } from './useDevices.ts';

/** Asks before the check of devices is changed: it may send everybody to the door. */
export function DeviceModeDialog(props: { mode: DeviceMode; known: DeviceCheckAnswer; onClose: () => void }) {
  const { t } = useTranslation();
  const notices = useNotices();
  const [approveSeen, setApproveSeen] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const { mode, known } = props;
  const isStricter = mode !== 'never';
  const change = async () => {
    setBusy(true);
    try {
      const wish = { version: known.version, mode, approveSeen: isStricter && approveSeen };
      showCheck(await api.put<DeviceCheckAnswer>('/api/device-check', wish));
      notices.done(t('general.saved'));
      props.onClose();
    } catch (thrown) {
      setProblem(thrown);
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t('devices.changeMode', { mode: t(`devices.modes.${mode}`) })}
      okButtonProps={{ autoFocus: true, loading: isBusy }}
      onOk={() => void change()}
      onCancel={props.onClose}
    >
      {problem ? <ProblemAlert problem={problem} /> : null}
      <p>{t(`devices.modeHelp.${mode}`)}</p>
      {isStricter ? (
        <>
          <p>{t('devices.changeModeHelp')}</p>
          {known.approvable > 0 ? (
            <Checkbox checked={approveSeen} onChange={(event) => setApproveSeen(event.target.checked)}>
              {t('devices.approveSeen', { count: known.approvable })}
            </Checkbox>
          ) : null}
        </>
      ) : null}
    </Modal>
  );
}
