import { Alert, Button, Checkbox, Flex, Radio, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportAnswer, ImportOptions } from '../../../shared/exchange/importAnswers.ts';
import { useSession } from '../api/session.tsx';
import { useRefusalTexts } from '../documents/form/refusalText.ts';
import { usePreference } from '../ui/preference.ts';
import { useTargetLabel } from './targetLabel.ts';
import type { ImportDesk } from './useImport.ts';

interface ColumnsStepProps {
  answer: ImportAnswer;
  desk: ImportDesk;
  onChecked: () => void;
}

/** What each column of the file means. Headings the server knows are matched; what a person chose before for a heading comes first. */
export function ColumnsStep({ answer, desk, onChecked }: ColumnsStepProps) {
  const { t } = useTranslation();
  const session = useSession();
  const labelOf = useTargetLabel(answer);
  const refusalText = useRefusalTexts();
  const [remembered, remember] = usePreference<Record<string, string | null>>(`import.${answer.type}`, {});
  const [mapping, setMapping] = useState<Record<string, string | null>>(() =>
    Object.fromEntries(
      answer.columns.map((column) => [String(column.index), column.field ?? known(answer, remembered[column.header]) ?? null]),
    ),
  );
  const [options, setOptions] = useState<ImportOptions>(answer.options);
  const used = useMemo(() => new Set(Object.values(mapping).filter((target) => target !== null)), [mapping]);
  const missing = answer.targets.filter((target) => target.required && !used.has(target.target));
  const check = async () => {
    remember({
      ...remembered,
      ...Object.fromEntries(answer.columns.map((column) => [column.header, mapping[String(column.index)] ?? null])),
    });
    if (await desk.check(mapping, options)) onChecked();
  };
  return (
    <>
      <section className="tp-panel tp-group">
        <p className="tp-faint">{t('importing.mappingHint')}</p>
        <table className="tp-small-table">
          <thead>
            <tr>
              <th>{t('importing.columnInFile')}</th>
              <th>{t('importing.sample')}</th>
              <th>{t('importing.goesTo')}</th>
            </tr>
          </thead>
          <tbody>
            {answer.columns.map((column) => {
              const chosen = mapping[String(column.index)] ?? null;
              const named = answer.targets.some(({ target }) => target === chosen);
              return (
                <tr key={column.index}>
                  <td>{column.header}</td>
                  <td className="tp-faint tp-import-sample">{column.sample.slice(0, 3).join(' · ')}</td>
                  <td>
                    <Select
                      size="small"
                      className="tp-import-target"
                      aria-label={`${column.header}: ${t('importing.goesTo')}`}
                      showSearch={{ optionFilterProp: 'label' }}
                      value={chosen ?? ''}
                      onChange={(target) => setMapping({ ...mapping, [String(column.index)]: target === '' ? null : target })}
                      options={[
                        { value: '', label: t('importing.leaveOut') },
                        ...answer.targets.map((target) => ({
                          value: target.target,
                          label: labelOf(target.target),
                          disabled: used.has(target.target) && target.target !== chosen,
                        })),
                        ...(chosen !== null && !named ? [{ value: chosen, label: labelOf(chosen) }] : []),
                      ]}
                    />
                    {column.hint ? <span className="tp-faint"> {refusalText({ path: '', code: column.hint })}</span> : null}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      <Flex gap={24} wrap="wrap" align="center">
        <Checkbox checked={options.createMissing} onChange={(event) => setOptions({ ...options, createMissing: event.target.checked })}>
          {t('importing.createMissing')}
        </Checkbox>
        <span>
          {t('importing.ownerless')}{' '}
          <Radio.Group
            size="small"
            optionType="button"
            value={options.ownerless}
            onChange={(event) => setOptions({ ...options, ownerless: event.target.value as ImportOptions['ownerless'] })}
            options={[
              { value: 'importer', label: t('importing.ownerImporter') },
              { value: 'nobody', label: t('importing.ownerNobody') },
            ]}
          />
        </span>
      </Flex>
      {missing.length > 0 ? (
        <Alert
          type="warning"
          showIcon
          title={t('importing.requiredMissing', {
            fields: missing.map(({ target }) => labelOf(target)).join(session.language === 'en' ? ', ' : '、'),
          })}
        />
      ) : null}
      <div>
        <Button type="primary" loading={desk.busy === 'check'} disabled={missing.length > 0} onClick={() => void check()}>
          {answer.state === 'read' ? t('importing.check') : t('importing.checkAgain')}
        </Button>
      </div>
    </>
  );
}

/** A target chosen for such a heading before, if this import still has it. */
function known(answer: ImportAnswer, target: string | null | undefined): string | null {
  return answer.targets.some((one) => one.target === target) ? (target ?? null) : null;
}
