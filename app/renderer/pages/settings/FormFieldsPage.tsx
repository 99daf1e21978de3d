import { useQuery } from '@tanstack/react-query';
import { Button, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/http.ts';
import { queryClient } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { useNotices } from '../../ui/notices.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';

type Rules = Record<string, 'required' | 'hidden'>;
const choices = ['usual', 'required', 'hidden'] as const;

/** Which fields of a type the company wants filled, and which it does not want to see. */
export function FormFieldsPage() {
  const { t } = useTranslation();
  const session = useSession();
  const types = session.definitions.filter((definition) => session.may(definition.type, 'change'));
  const [type, setType] = useState(types[0]?.type ?? '');
  return (
    <PageFrame
      title={t('settings.formFields')}
      actions={
        <Select
          aria-label={t('settings.type')}
          value={type}
          onChange={setType}
          style={{ width: 200 }}
          options={types.map((definition) => ({ value: definition.type, label: session.typeLabel(definition.type) }))}
        />
      }
    >
      <RulesOf key={type} type={type} />
    </PageFrame>
  );
}

function RulesOf({ type }: { type: string }) {
  const { t } = useTranslation();
  const session = useSession();
  const notices = useNotices();
  const [changed, setChanged] = useState<Rules | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const key = ['form-rules', type];
  const path = `/api/form-rules/${type}`;
  const answer = useQuery({ queryKey: key, queryFn: ({ signal }) => api.get<{ rules: Rules }>(path, { signal }) });
  const rules = changed ?? answer.data?.rules ?? {};
  const definition = session.definitionOf(type);
  const fields = Object.entries(definition?.fields ?? {}).filter(
    ([, field]) => !field.derived && field.fedBy === undefined && field.group !== 'hidden',
  );
  const save = async () => {
    setProblem(null);
    try {
      queryClient.setQueryData(key, await api.put<{ rules: Rules }>(path, { rules }));
      setChanged(null);
      notices.done(t('general.saved'));
    } catch (thrown) {
      setProblem(thrown);
    }
  };
  const choose = (name: string, choice: string) => {
    const { [name]: _before, ...rest } = rules;
    setChanged(choice === 'required' || choice === 'hidden' ? { ...rest, [name]: choice } : rest);
  };
  return (
    <section className="tp-panel tp-form">
      {problem ? <ProblemAlert problem={problem} type={type} /> : null}
      <p className="tp-faint">{t('settings.formFieldsHelp')}</p>
      <table className="tp-plain">
        <tbody>
          {fields.map(([name, field]) => {
            const isAlways = field.required === true && rules[name] !== 'required' && answer.data?.rules[name] !== 'required';
            return (
              <tr key={name}>
                <td>{session.fieldLabel(type, name)}</td>
                <td>
                  {isAlways ? (
                    <span className="tp-faint">{t('settings.formRules.always')}</span>
                  ) : (
                    <Segmented
                      size="small"
                      aria-label={session.fieldLabel(type, name)}
                      value={rules[name] ?? 'usual'}
                      onChange={(choice) => choose(name, choice)}
                      options={choices.map((value) => ({ value, label: t(`settings.formRules.${value}`) }))}
                    />
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <Button type="primary" disabled={changed === null} onClick={() => void save()}>
        {t('general.save')}
      </Button>
    </section>
  );
}
