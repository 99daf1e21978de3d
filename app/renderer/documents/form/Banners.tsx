import { Alert, Button, Flex } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../../shared/contracts/wire.ts';
import { useRecord } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { ProblemAlert, useProblemText } from '../../ui/ProblemAlert.tsx';
import { nowMs } from './keptDraft.ts';
import { useRefusalTexts } from './refusalText.ts';
import type { Kept } from './useDraftKeeping.ts';
import type { RecordForm } from './useRecordForm.ts';
import { useUserName } from './useUserName.ts';

/** What stands above the form: a refusal with its count, a draft that was left behind, a change made elsewhere. */
export function Banners({ form, kept }: { form: RecordForm; kept: Kept }) {
  const { t } = useTranslation();
  const ageMinutes = kept.offered ? Math.max(0, Math.round((nowMs() - kept.offered.keptAtMs) / 60_000)) : 0;
  return (
    <>
      {form.refusal ? <RefusalBanner form={form} refusal={form.refusal} /> : null}
      {kept.offered ? (
        <Alert
          type="info"
          showIcon
          title={
            ageMinutes < 1
              ? t('documents.draftJustNow')
              : ageMinutes < 60
                ? t('documents.draftMinutes', { count: ageMinutes })
                : t('documents.draftHours', { count: Math.round(ageMinutes / 60) })
          }
          action={
            <Flex gap={8}>
              <Button size="small" type="primary" onClick={kept.take}>
                {t('documents.draftTake')}
              </Button>
              <Button size="small" onClick={kept.drop}>
                {t('documents.draftDrop')}
              </Button>
            </Flex>
          }
        />
      ) : null}
      <ChangedElsewhere form={form} />
    </>
  );
}

const fieldsMax = 6;

/** What was refused, in as little room as it needs: the fields themselves are marked below. */
function RefusalBanner({ form, refusal }: { form: RecordForm; refusal: Problem }) {
  const problemText = useProblemText();
  const refusalText = useRefusalTexts();
  const session = useSession();
  const { type } = form.definition;
  const fields = refusal.fields ?? [];
  if (fields.length === 0 || refusal.records?.length) {
    return <ProblemAlert problem={refusal} type={type} onRetry={refusal.status === 0 ? () => void form.save() : undefined} />;
  }
  const labelOf = (path: string) => {
    const [head = '', row, cell] = path.split('.');
    if (cell !== undefined) return `${session.partLabel(type, head)} ${Number(row) + 1} · ${session.fieldLabel(type, `${head}.${cell}`)}`;
    return form.definition.parts[head] ? session.partLabel(type, head) : session.fieldLabel(type, head);
  };
  const told = fields.slice(0, fieldsMax).map((field) => `${labelOf(field.path)}: ${refusalText(field)}`);
  return (
    <Alert
      type="error"
      showIcon
      closable={{ onClose: () => form.dismiss('refusal') }}
      title={`${problemText(refusal)} ${told.join(' · ')}${fields.length > fieldsMax ? ' …' : ''}`}
    />
  );
}

/** Somebody else saved this record: an untouched form shows it at once, a touched one is only marked. */
function ChangedElsewhere({ form }: { form: RecordForm }) {
  const { t } = useTranslation();
  const { answer, isDirty, busy, adopt } = form;
  const { data } = useRecord(answer?.type ?? '', answer?.id ?? null);
  const [shown, setShown] = useState<number | null>(null);
  const newer = answer && data && data.version > answer.version && busy === null ? data : null;
  const name = useUserName(newer?.changedBy ?? null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a newer version is taken once, when it arrives
  useEffect(() => {
    if (!newer || isDirty) return;
    adopt(newer);
    setShown(newer.version);
  }, [newer, isDirty]);
  const adoptedBy = useUserName(shown !== null && answer?.version === shown ? answer.changedBy : null);
  if (adoptedBy !== null && !isDirty) {
    return (
      <Alert
        type="info"
        showIcon
        closable={{ onClose: () => setShown(null) }}
        title={t('documents.changedAndShown', { name: adoptedBy })}
      />
    );
  }
  if (!newer || !isDirty) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t('documents.changedElsewhere', { name: name ?? '' })}
      action={
        <Flex gap={8}>
          <Button size="small" type="primary" onClick={() => form.showConflict(newer)}>
            {t('documents.merge')}
          </Button>
          <Button size="small" onClick={() => adopt(newer)}>
            {t('documents.reload')}
          </Button>
        </Flex>
      }
    />
  );
}
