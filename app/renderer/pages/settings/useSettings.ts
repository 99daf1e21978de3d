import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingsAnswer } from '../../../../shared/contracts/trade.ts';
import type { Value } from '../../../../shared/kernel/definition.ts';
import { api, newKey } from '../../api/http.ts';
import { queryClient } from '../../api/queries.ts';
import { sessionKey } from '../../api/session.tsx';
import { useNotices } from '../../ui/notices.tsx';

const settingsKey = ['settings'];

/** The company's settings as they are. */
export const useSettings = () =>
  useQuery({ queryKey: settingsKey, queryFn: ({ signal }) => api.get<SettingsAnswer>('/api/settings', { signal }) });

/** Changes to the settings, kept until they are saved together. */
export function useSettingsForm(answer: SettingsAnswer) {
  const { t } = useTranslation();
  const notices = useNotices();
  const [changes, setChanges] = useState<Record<string, Value>>({});
  const [problem, setProblem] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const saved = await api.patch<SettingsAnswer>(
        '/api/settings',
        { version: answer.version, values: changes },
        { idempotencyKey: newKey() },
      );
      queryClient.setQueryData(settingsKey, saved);
      await queryClient.invalidateQueries({ queryKey: sessionKey });
      notices.done(t('general.saved'));
    } catch (thrown) {
      setProblem(thrown);
    } finally {
      setBusy(false);
    }
  };
  return { changes, setChanges, problem, isBusy, save };
}
