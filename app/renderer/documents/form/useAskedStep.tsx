import { App, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DefinitionAnswer } from '../../../../shared/contracts/wire.ts';
import { useSession } from '../../api/session.tsx';
import type { RecordForm } from './useRecordForm.ts';
import { useTakeStep } from './useTakeStep.ts';

/** Takes a step; one that asks for a reason asks first, and what failed is said above the form. */
export function useAskedStep(form: RecordForm): (step: string) => void {
  const { modal } = App.useApp();
  const { t } = useTranslation();
  const session = useSession();
  const [reason] = useState({ text: '' });
  const take = useTakeStep(form);
  return (step) => {
    const rule = form.definition.steps?.[step];
    if (!rule?.asksReason) return void take({ step });
    reason.text = '';
    modal.confirm({
      title: session.stepLabel(form.definition.type, step),
      icon: null,
      content: (
        <Input.TextArea
          autoFocus
          maxLength={200}
          aria-label={t('general.reason')}
          placeholder={t('general.reasonAsk')}
          autoSize={{ minRows: 2 }}
          onChange={(event) => {
            reason.text = event.target.value;
          }}
        />
      ),
      okText: session.stepLabel(form.definition.type, step),
      okButtonProps: { danger: rule.danger },
      cancelText: t('general.cancel'),
      onOk: () => (reason.text.trim() === '' ? Promise.reject(new Error('reason')) : take({ step, reason: reason.text.trim() })),
    });
  };
}

/** The steps a person may take with what stands in the form: of a record that is not saved yet, those that it may begin with. */
export function stepsNow({ definition, answer }: RecordForm): string[] {
  if (answer === null) return beginnings(definition);
  return (answer.steps ?? []).filter((name) => definition.steps?.[name] && !definition.steps[name].automatic);
}

function beginnings({ states, steps = {} }: DefinitionAnswer): string[] {
  const [first = ''] = Object.keys(states ?? {});
  return Object.keys(steps).filter((name) => steps[name]?.from.includes(first) && !steps[name].automatic);
}

/** The step that a new document of the type begins with, where the person may take it and nothing has to be said for it. */
export function firstStepOf(definition: DefinitionAnswer | undefined): string | undefined {
  const steps = definition?.steps ?? {};
  return (
    definition &&
    mainOf(
      definition,
      beginnings(definition).filter((name) => !steps[name]?.danger && !steps[name]?.asksReason),
    )
  );
}

/** Whoever may decide does not hand it in first. */
const mainOf = ({ states, steps }: DefinitionAnswer, names: readonly string[]): string | undefined =>
  names.find((name) => states?.[steps?.[name]?.to ?? '']?.look !== 'waiting') ?? names[0];

/** The step that has a key. */
export const mainStepNow = (form: RecordForm): string | undefined => mainOf(form.definition, plainStepsNow(form));

/** Those of them that do no harm: each has a button. */
export const plainStepsNow = (form: RecordForm): string[] => stepsNow(form).filter((name) => !form.definition.steps?.[name]?.danger);
