import { useInfiniteQuery } from '@tanstack/react-query';
import { Alert, Button, Flex, Radio, Segmented, Select, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { choicesFor, decisionFor } from '../../../shared/exchange/decisions.ts';
import type { Decision, Decisions, ExistingRule, ImportAnswer, ImportRowAnswer } from '../../../shared/exchange/importAnswers.ts';
import { api } from '../api/http.ts';
import { useKindLabel } from './kindLabel.ts';
import { ProblemRow } from './ProblemRow.tsx';
import { choicesForKind, takenCount } from './takenRows.ts';
import type { ImportDesk } from './useImport.ts';

interface CheckStepProps {
  answer: ImportAnswer;
  desk: ImportDesk;
  onColumns: () => void;
}

/** What would happen: rows by verdict, every row that needs a look, and what becomes of those that are like others. */
export function CheckStep({ answer, desk, onColumns }: CheckStepProps) {
  const { t } = useTranslation();
  const kindLabel = useKindLabel();
  const { rows: total = 0, clean = 0, ...others } = answer.counts;
  // What needs a decision first, then what is refused; remarks alone are worth no page of their own.
  const [kind, setKind] = useState<string>(() => Object.keys(answer.waiting)[0] ?? Object.keys(others)[0] ?? '');
  const [decisions, setDecisions] = useState<Decisions>({ all: 'skip' });
  const [existing, setExisting] = useState<ExistingRule>('skip');
  const pages = useRows(answer, kind);
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  // Rows that were decided one by one, also those that are no longer on the screen.
  const [decided, setDecided] = useState<readonly ImportRowAnswer[]>([]);
  const taken = takenCount(answer, decisions, existing, decided);
  const waiting = Object.entries(answer.waiting).filter(([, count]) => count > 0);
  const setKindDecision = (name: string, decision: Decision) => {
    const others = decided.filter((row) => row.kind !== name);
    const rows = others.map((row) => [String(row.row), decisionFor(decisions, row) ?? 'skip'] as const);
    setDecided(others);
    setDecisions({ ...decisions, kinds: { ...decisions.kinds, [name]: decision }, rows: Object.fromEntries(rows) });
  };
  const setRowDecision = (row: ImportRowAnswer, decision: Decision) => {
    setDecided([...decided.filter((other) => other.row !== row.row), row]);
    setDecisions({ ...decisions, rows: { ...decisions.rows, [String(row.row)]: decision } });
  };
  return (
    <>
      <Flex gap={8} wrap="wrap" align="center">
        <strong>{t('importing.rows', { count: total })}</strong>
        <Tag color="green">
          {kindLabel('clean')} {clean}
        </Tag>
        {Object.entries(others).map(([name, count]) => (
          <Tag key={name} color={answer.waiting[name] ? 'gold' : 'red'}>
            {kindLabel(name)} {count}
          </Tag>
        ))}
        {answer.remarks > 0 ? <Tag>{t('importing.remarks', { count: answer.remarks })}</Tag> : null}
        {answer.missing.length > 0 ? (
          <Tag color="blue" title={answer.missing.map(({ name }) => name).join(', ')}>
            {t('importing.missing', { count: answer.missing.length })}
          </Tag>
        ) : null}
      </Flex>
      {waiting.length === 0 && !answer.counts.existing ? null : (
        <section className="tp-panel tp-group tp-import-decisions">
          {waiting.map(([name, count]) => (
            <div key={name}>
              <span>{t('importing.forAll', { kind: `${kindLabel(name)} (${count})` })}</span>
              <DecisionChoice
                label={kindLabel(name)}
                value={decisions.kinds?.[name] ?? decisions.all ?? 'skip'}
                choices={choicesForKind(answer, name)}
                onChange={(decision) => setKindDecision(name, decision)}
              />
            </div>
          ))}
          {answer.counts.existing ? (
            <div>
              <span>
                {t('importing.existing')} ({answer.counts.existing})
              </span>
              <Radio.Group
                size="small"
                optionType="button"
                value={existing}
                onChange={(event) => setExisting(event.target.value as ExistingRule)}
                options={[
                  { value: 'skip', label: t('importing.existingSkip') },
                  { value: 'update', label: t('importing.existingUpdate') },
                ]}
              />
            </div>
          ) : null}
        </section>
      )}
      <Flex gap={8} wrap="wrap">
        <Button
          type="primary"
          disabled={taken === 0}
          loading={desk.busy === 'commit'}
          onClick={() => void desk.commit(decisions, existing)}
        >
          {t('importing.commit', { count: taken })}
        </Button>
        <Button onClick={onColumns}>{t('importing.stepColumns')}</Button>
      </Flex>
      {total === clean && answer.remarks === 0 ? <Alert type="success" showIcon title={t('importing.noProblems')} /> : null}
      {total === clean && answer.remarks === 0 ? null : (
        <section className="tp-panel tp-group">
          <Segmented
            aria-label={t('importing.verdict')}
            size="small"
            value={kind}
            onChange={(value) => setKind(String(value))}
            options={[
              { value: '', label: t('general.all') },
              ...Object.keys(others).map((name) => ({ value: name, label: kindLabel(name) })),
              ...(answer.remarks > 0 ? [{ value: 'remarks', label: t('importing.remarks', { count: answer.remarks }) }] : []),
            ]}
          />
          <table className="tp-small-table tp-import-rows">
            <thead>
              <tr>
                <th>{t('importing.row')}</th>
                <th>{t('importing.name')}</th>
                <th>{t('importing.verdict')}</th>
                <th>{t('importing.what')}</th>
                <th>{t('importing.decision')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <ProblemRow
                  key={row.row}
                  row={row}
                  type={answer.type}
                  decision={
                    answer.waiting[row.kind] && row.problems.length === 0 ? (
                      <DecisionChoice
                        label={`${t('importing.row')} ${row.row}`}
                        value={decisionFor(decisions, row) ?? 'skip'}
                        choices={choicesFor(row)}
                        onChange={(decision) => setRowDecision(row, decision)}
                      />
                    ) : null
                  }
                />
              ))}
            </tbody>
          </table>
          {pages.hasNextPage ? (
            <Button size="small" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
              {t('importing.moreRows')}
            </Button>
          ) : null}
        </section>
      )}
    </>
  );
}

interface RowsPage {
  rows: ImportRowAnswer[];
  next: number | null;
}

function useRows(answer: ImportAnswer, kind: string) {
  return useInfiniteQuery({
    queryKey: ['import', answer.id, 'rows', kind, answer.counts],
    queryFn: ({ pageParam, signal }) => {
      const asked = new URLSearchParams({ ...(kind === '' ? {} : { kind }), ...(pageParam === null ? {} : { after: String(pageParam) }) });
      return api.get<RowsPage>(`/api/imports/${answer.id}/rows?${asked}`, { signal });
    },
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  });
}

interface DecisionChoiceProps {
  label: string;
  value: Decision;
  choices: readonly Decision[];
  onChange: (decision: Decision) => void;
}

function DecisionChoice({ label, value, choices, onChange }: DecisionChoiceProps) {
  const { t } = useTranslation();
  return (
    <Select
      size="small"
      className="tp-import-decision"
      popupMatchSelectWidth={false}
      aria-label={label}
      value={value}
      onChange={onChange}
      options={choices.map((choice) => ({ value: choice, label: t(`importing.${choice}`) }))}
    />
  );
}
