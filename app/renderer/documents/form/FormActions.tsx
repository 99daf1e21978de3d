import {
  CopyOutlined,
  DeleteOutlined,
  EyeOutlined,
  MoreOutlined,
  PlusOutlined,
  PrinterOutlined,
  SaveOutlined,
  UndoOutlined,
} from '@ant-design/icons';
import { Button, Dropdown, type MenuProps } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { type Session, useSession } from '../../api/session.tsx';
import { chordsText } from '../../ui/keyTable.ts';
import { useNotices } from '../../ui/notices.tsx';
import { BecomeButtons } from '../become/BecomeButtons.tsx';
import { keepsPeople } from './keepsPeople.ts';
import { recordDoor, titleOf } from './recordDoor.ts';
import { mainStepNow, plainStepsNow, stepsNow, useAskedStep } from './useAskedStep.tsx';
import type { RecordForm } from './useRecordForm.ts';

const WhoSees = lazy(async () => ({ default: (await import('./WhoSees.tsx')).WhoSees }));

interface FormActionsProps {
  form: RecordForm;
  isEmbedded: boolean;
  onPrint?: () => void;
}

/** The buttons of a form: save, the steps of its life, what it can become, print, and the rest in a menu. */
export function FormActions({ form, isEmbedded, onPrint }: FormActionsProps) {
  const { t } = useTranslation();
  const session = useSession();
  const notices = useNotices();
  const takeStep = useAskedStep(form);
  const [isAsking, setAsking] = useState(false);
  const menu = useMenu(form, () => setAsking(true));
  const { definition, answer, isDirty, busy } = form;
  const steps = stepsNow(form);
  const plain = isEmbedded ? [] : plainStepsNow(form);
  const save = async () => {
    const saved = await form.save();
    if (saved) notices.done(t('general.savedRecord', { type: session.typeLabel(saved.type), title: titleOf(session, saved) }));
  };
  const isUnsaved = isDirty || answer === null;
  return (
    <>
      {isEmbedded ? null : <BecomeButtons form={form} />}
      {plain.map((name) => (
        <Button
          key={name}
          type={!isUnsaved && definition.steps?.[name]?.to !== 'draft' && name === plain[0] ? 'primary' : 'default'}
          title={isUnsaved && name === mainStepNow(form) ? chordsText('saveAndTake') : undefined}
          loading={busy === name}
          disabled={busy !== null}
          onClick={() => takeStep(name)}
        >
          {isUnsaved
            ? t('documents.saveAndTake', { step: session.stepLabel(definition.type, name) })
            : session.stepLabel(definition.type, name)}
        </Button>
      ))}
      {onPrint ? (
        <Button icon={<PrinterOutlined />} title="F9" onClick={onPrint}>
          {t('general.print')}
        </Button>
      ) : null}
      {form.editability.any ? (
        <Button
          type={isUnsaved ? 'primary' : 'default'}
          icon={<SaveOutlined />}
          title="F8 / Ctrl+S"
          loading={busy === 'save'}
          disabled={busy !== null || !isUnsaved}
          onClick={() => void save()}
        >
          {t('general.save')}
        </Button>
      ) : null}
      {isEmbedded || menu.items.length === 0 ? null : (
        <Dropdown
          menu={{
            items: [...menu.items, ...dangerItems()],
            onClick: (info) => (menu.isOwn(info.key) ? menu.run(info.key) : takeStep(info.key)),
          }}
          trigger={['click']}
        >
          <Button icon={<MoreOutlined />} aria-label={t('general.more')} />
        </Dropdown>
      )}
      {isAsking && answer ? (
        <Suspense>
          <WhoSees answer={answer} title={titleOf(session, answer)} onClose={() => setAsking(false)} />
        </Suspense>
      ) : null}
    </>
  );

  function dangerItems(): NonNullable<MenuProps['items']> {
    return steps
      .filter((name) => definition.steps?.[name]?.danger)
      .map((name) => ({ key: name, danger: true, label: session.stepLabel(definition.type, name), disabled: busy !== null }));
  }
}

/** What belongs to records of the type and is thrown away with them, by name. */
const goesAlong = (session: Session, type: string): string[] =>
  session.definitions
    .filter(({ fields }) => Object.values(fields).some((field) => field.kind === 'link' && field.owned && field.to === type))
    .map((definition) => session.typeLabel(definition.type, 'many'));

function useMenu(form: RecordForm, onAsk: () => void) {
  const { t } = useTranslation();
  const session = useSession();
  const navigate = useNavigate();
  const notices = useNotices();
  const { definition, answer, state } = form;
  const { type } = definition;
  const mayDelete =
    answer !== null &&
    (answer.may ?? definition.operations).includes('delete') &&
    (answer.state === undefined || definition.states?.[answer.state]?.deletable === true);
  const remove = async () => {
    if (!answer) return;
    const title = titleOf(session, answer);
    if (
      !(await notices.ask({
        title: t('documents.deleteTitle', { title }),
        text: [t('documents.deleteText'), ...goesAlong(session, type).map((name) => t('documents.deleteAlong', { name }))].join(' '),
        ok: t('general.delete'),
        danger: true,
      }))
    )
      return;
    try {
      await recordDoor.remove(type, answer.id, answer.version);
      notices.done(t('general.deletedRecord', { type: session.typeLabel(type), title }));
      void navigate(`/list/${type}`);
    } catch (problem) {
      notices.failed(problem);
    }
  };
  const actions: Record<string, () => void> = {
    '+new': () => void navigate(`/record/${type}/new`),
    '+copy': () => void navigate(`/record/${type}/new?copy=${answer?.id}`),
    '+who': onAsk,
    '+undo': () => form.dispatch({ type: 'undo' }),
    '+delete': () => void remove(),
  };
  const items: NonNullable<MenuProps['items']> = [];
  if (session.may(type, 'create')) {
    items.push({ key: '+new', icon: <PlusOutlined />, label: t('general.newType', { type: session.typeLabel(type) }), extra: 'Ctrl+N' });
    if (answer) items.push({ key: '+copy', icon: <CopyOutlined />, label: t('general.copy'), extra: 'Ctrl+D' });
  }
  if (state.past.length > 0) items.push({ key: '+undo', icon: <UndoOutlined />, label: t('documents.undo'), extra: 'Ctrl+Z' });
  if (answer && keepsPeople(session)) items.push({ key: '+who', icon: <EyeOutlined />, label: t('people.whoSees') });
  if (mayDelete) items.push({ key: '+delete', icon: <DeleteOutlined />, danger: true, label: t('general.delete') });
  return { items, isOwn: (key: string) => key.startsWith('+'), run: (key: string) => actions[key]?.() };
}
