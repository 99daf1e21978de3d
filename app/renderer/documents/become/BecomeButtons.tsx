import { DownOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSession } from '../../api/session.tsx';
import { useNotices } from '../../ui/notices.tsx';
import { recordDoor, titleOf } from '../form/recordDoor.ts';
import type { RecordForm } from '../form/useRecordForm.ts';
import { BecomeDialog } from './BecomeDialog.tsx';
import { waysOf } from './openRows.ts';

/** "Make …": the documents this one can become now, by people who may write them. */
export function BecomeButtons({ form }: { form: RecordForm }) {
  const { t } = useTranslation();
  const session = useSession();
  const navigate = useNavigate();
  const notices = useNotices();
  const [target, setTarget] = useState<string | null>(null);
  const { answer, definition, isDirty } = form;
  if (!answer) return null;
  const ways = waysOf(definition, answer, (type) => session.may(type, 'create'));
  if (ways.length === 0) return null;
  const [first, ...others] = ways;
  const label = (type: string) => t('documents.makeType', { type: session.typeLabel(type) });
  return (
    <>
      {first ? (
        <Button disabled={isDirty} onClick={() => setTarget(first)}>
          {label(first)}
        </Button>
      ) : null}
      {others.length > 0 ? (
        <Dropdown
          trigger={['click']}
          disabled={isDirty}
          menu={{ items: others.map((type) => ({ key: type, label: label(type) })), onClick: ({ key }) => setTarget(key) }}
        >
          <Button icon={<DownOutlined />} aria-label={t('documents.makeOther')} />
        </Dropdown>
      ) : null}
      {target === null ? null : (
        <BecomeDialog
          form={form}
          answer={answer}
          target={target}
          onClose={() => setTarget(null)}
          onChosen={(source) => void navigate(`/record/${target}/new`, { state: { sources: [source] } })}
          onMade={async (source, step) => {
            try {
              const made = await recordDoor.make(target, [source], step);
              notices.done(
                t('documents.stepTaken', { title: titleOf(session, made), state: session.stateLabel(made.type, made.state ?? '') }),
              );
              void navigate(`/record/${target}/${made.id}`);
            } catch (problem) {
              // What stands in the way is mended in the form.
              notices.failed(problem);
              void navigate(`/record/${target}/new`, { state: { sources: [source] } });
            }
          }}
        />
      )}
    </>
  );
}
