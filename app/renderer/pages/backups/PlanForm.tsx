import { Button, Form, InputNumber, Switch, TimePicker } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupPlan, BackupsAnswer } from '../../../../shared/contracts/backups.ts';
import { api, newKey } from '../../api/http.ts';
import { useNotices } from '../../ui/notices.tsx';
import { renew } from './backupAnswers.ts';

/** When backups are made and how long they are kept: changed only when saved. */
export function PlanForm({ state }: { state: BackupsAnswer }) {
  const { t } = useTranslation();
  const notices = useNotices();
  const [plan, setPlan] = useState<BackupPlan>(state.plan);
  const [isBusy, setBusy] = useState(false);
  const isChanged = (Object.keys(plan) as (keyof BackupPlan)[]).some((key) => plan[key] !== state.plan[key]);
  const set = (part: Partial<BackupPlan>) => setPlan({ ...plan, ...part });
  const save = async () => {
    setBusy(true);
    try {
      const body = { version: state.planVersion, plan };
      await renew(await api.put<BackupsAnswer>('/api/backups/plan', body, { idempotencyKey: newKey() }));
      notices.done(t('general.saved'));
    } catch (thrown) {
      notices.failed(thrown);
    }
    setBusy(false);
  };
  return (
    <section className="tp-panel tp-backup-panel">
      <h2>{t('backups.plan')}</h2>
      <Form layout="vertical" className="tp-backup-plan" onFinish={() => void save()}>
        <Form.Item label={t('backups.at')}>
          <TimePicker
            aria-label={t('backups.at')}
            format="HH:mm"
            minuteStep={5}
            allowClear={false}
            needConfirm={false}
            value={dayjs(`2000-01-01T${plan.at}`)}
            onChange={(time) => time && set({ at: time.format('HH:mm') })}
          />
        </Form.Item>
        <Days name={t('backups.keepDays')} max={3650} value={plan.keepDays} onChange={(keepDays) => set({ keepDays })} />
        <Days name={t('backups.remindDays')} max={365} value={plan.remindDays} onChange={(remindDays) => set({ remindDays })} />
        <Form.Item label={t('backups.keepMonthly')}>
          <Switch aria-label={t('backups.keepMonthly')} checked={plan.keepMonthly} onChange={(keepMonthly) => set({ keepMonthly })} />
        </Form.Item>
        <p className="tp-faint">{t('backups.keptHelp')}</p>
        <Button htmlType="submit" disabled={!isChanged} loading={isBusy}>
          {t('general.save')}
        </Button>
      </Form>
    </section>
  );
}

function Days({ name, max, value, onChange }: { name: string; max: number; value: number; onChange: (days: number) => void }) {
  return (
    <Form.Item label={name}>
      <InputNumber
        controls={false}
        aria-label={name}
        min={0}
        max={max}
        precision={0}
        value={value}
        onChange={(typed) => onChange(typed ?? 0)}
      />
    </Form.Item>
  );
}
