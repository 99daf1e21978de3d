import { Modal } from 'antd';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PickRow, RecordAnswer } from '../../../../shared/contracts/wire.ts';
import { useSession } from '../../api/session.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { type CreateRecord, CreateRecordContext } from '../picker/createRecord.ts';
import { RecordForm } from './RecordForm.tsx';
import { pickRowOf } from './recordDoor.ts';
import { useStart } from './useStart.ts';

interface Wish {
  type: string;
  text: string;
  answer: (row: PickRow | null) => void;
}

/** Lets every picker below open the form of the type it looks for, and get back what was saved there. */
export function CreateRecordProvider({ children }: { children: ReactNode }) {
  const session = useSession();
  const { t } = useTranslation();
  const [wish, setWish] = useState<Wish | null>(null);
  const create = useCallback<CreateRecord>((type, text) => new Promise((answer) => setWish({ type, text, answer })), []);
  const close = (row: PickRow | null) => {
    wish?.answer(row);
    setWish(null);
  };
  return (
    <CreateRecordContext value={create}>
      {children}
      {wish === null ? null : (
        <Modal
          open
          width="min(980px, 94vw)"
          title={t('general.newType', { type: session.typeLabel(wish.type) })}
          footer={null}
          onCancel={() => close(null)}
        >
          <QuickForm wish={wish} onSaved={(answer) => close(pickRowOf(session, answer))} />
        </Modal>
      )}
    </CreateRecordContext>
  );
}

function QuickForm({ wish, onSaved }: { wish: Wish; onSaved: (answer: RecordAnswer) => void }) {
  const { definitionOf } = useSession();
  const title = definitionOf(wish.type)?.title ?? '';
  const opening = useMemo(
    () => ({ type: wish.type, id: null, values: wish.text === '' ? {} : { [title]: wish.text } }),
    [wish.type, wish.text, title],
  );
  const { data, error } = useStart(opening);
  if (error) return <ProblemAlert problem={error} />;
  if (!data) return null;
  return <RecordForm start={data} onSaved={onSaved} embedded />;
}
