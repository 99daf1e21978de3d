import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AssignRule, type AssignRuleAnswer, assignableBy } from '../../../../shared/contracts/assigning.ts';
import type { DefinitionAnswer } from '../../../../shared/contracts/wire.ts';
import { api, newKey } from '../../api/http.ts';
import { queryClient } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { LinkSelect } from '../../ui/LinkSelect.tsx';
import { useNotices } from '../../ui/notices.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';

/** Who gets which records when a manager assigns them by rule. */
export function AssignRulesPage() {
  const { t } = useTranslation();
  const session = useSession();
  const types = session.definitions.filter((definition) => session.may(definition.type, 'assign'));
  const [type, setType] = useState(types.find((definition) => definition.kind === 'record')?.type ?? types[0]?.type ?? '');
  const answer = useQuery({
    queryKey: ['assign-rule', type],
    queryFn: ({ signal }) => api.get<AssignRuleAnswer>(`/api/assign-rules/${type}`, { signal }),
    enabled: type !== '',
  });
  const definition = session.definitionOf(type);
  return (
    <PageFrame
      title={t('assigning.title')}
      loading={answer.isPending}
      problem={answer.error}
      actions={
        <Select
          aria-label={t('settings.type')}
          value={type}
          onChange={setType}
          style={{ width: 200 }}
          options={types.map((known) => ({ value: known.type, label: session.typeLabel(known.type) }))}
        />
      }
    >
      {definition && answer.data ? <RuleForm key={`${type}.${answer.data.version}`} definition={definition} answer={answer.data} /> : null}
    </PageFrame>
  );
}

/** A line whose value or person is still to be chosen. */
interface Line {
  key: string;
  value: string | number | null;
  owner: number | null;
}

function RuleForm({ definition, answer }: { definition: DefinitionAnswer; answer: AssignRuleAnswer }) {
  const { t } = useTranslation();
  const session = useSession();
  const notices = useNotices();
  const { type } = definition;
  const fields = assignableBy(definition, (name) => session.definitionOf(name));
  const [field, setField] = useState(answer.rule?.field ?? fields[0] ?? '');
  const [lines, setLines] = useState<Line[]>(() => (answer.rule?.table ?? []).map((line) => ({ key: newKey(), ...line })));
  const [otherwise, setOtherwise] = useState<number | null>(answer.rule?.otherwise ?? null);
  const [problem, setProblem] = useState<unknown>(null);
  const change = (key: string, part: Partial<Line>) => setLines(lines.map((line) => (line.key === key ? { ...line, ...part } : line)));
  const save = async () => {
    setProblem(null);
    const table = lines.flatMap(({ value, owner }) => (value === null || owner === null ? [] : [{ value, owner }]));
    const rule: AssignRule = { field, table, otherwise };
    try {
      const kept = await api.put<AssignRuleAnswer>(`/api/assign-rules/${type}`, { version: answer.version, rule });
      queryClient.setQueryData(['assign-rule', type], kept);
      notices.done(t('general.saved'));
    } catch (thrown) {
      setProblem(thrown);
    }
  };
  return (
    <section className="tp-panel tp-form">
      {problem ? <ProblemAlert problem={problem} type={type} /> : null}
      <p className="tp-faint">{t('assigning.help')}</p>
      <Form layout="vertical" style={{ maxWidth: 640 }}>
        <Form.Item label={t('assigning.byField')}>
          <Select
            aria-label={t('assigning.byField')}
            value={field}
            options={fields.map((name) => ({ value: name, label: session.fieldLabel(type, name) }))}
            onChange={(name) => {
              setField(name);
              setLines([]);
            }}
          />
        </Form.Item>
        <table className="tp-plain" style={{ width: '100%', marginBlockEnd: 12 }}>
          <thead>
            <tr>
              <th>{session.fieldLabel(type, field)}</th>
              <th>{t('assigning.person')}</th>
              <th aria-label={t('general.remove')} />
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.key}>
                <td style={{ width: '46%' }}>
                  <ValueBox definition={definition} field={field} value={line.value} onChange={(value) => change(line.key, { value })} />
                </td>
                <td style={{ width: '46%' }}>
                  <LinkSelect
                    to="user"
                    label={t('assigning.person')}
                    value={line.owner}
                    onChange={(owner) => change(line.key, { owner })}
                  />
                </td>
                <td>
                  <Button
                    type="text"
                    icon={<DeleteOutlined />}
                    aria-label={t('general.remove')}
                    onClick={() => setLines(lines.filter((one) => one !== line))}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <Button icon={<PlusOutlined />} onClick={() => setLines([...lines, { key: newKey(), value: null, owner: null }])}>
          {t('assigning.addLine')}
        </Button>
        <Form.Item label={t('assigning.otherwise')} style={{ marginBlockStart: 16 }}>
          <LinkSelect
            to="user"
            allowClear
            label={t('assigning.otherwise')}
            placeholder={t('assigning.nobody')}
            value={otherwise}
            onChange={setOtherwise}
          />
        </Form.Item>
        <Button type="primary" disabled={field === ''} onClick={() => void save()}>
          {t('general.save')}
        </Button>
      </Form>
    </section>
  );
}

interface ValueBoxProps {
  definition: DefinitionAnswer;
  field: string;
  value: string | number | null;
  onChange: (value: string | number | null) => void;
}

/** One of the values a field can have. */
function ValueBox({ definition, field, value, onChange }: ValueBoxProps) {
  const { t } = useTranslation();
  const session = useSession();
  const known = definition.fields[field];
  if (known?.kind === 'choice')
    return (
      <Select
        aria-label={t('assigning.value')}
        style={{ width: '100%' }}
        value={value ?? undefined}
        options={known.choices.map((choice) => ({ value: choice, label: session.choiceLabel(definition.type, field, choice) }))}
        onChange={onChange}
      />
    );
  const of =
    known?.kind === 'dictionary' ? { to: 'dictionaryEntry', dictionary: known.dictionary } : { to: known?.kind === 'link' ? known.to : '' };
  return <LinkSelect {...of} label={t('assigning.value')} value={typeof value === 'number' ? value : null} onChange={onChange} />;
}
