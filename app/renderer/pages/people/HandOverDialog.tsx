import { Form, Modal, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Belonging, HandOverAnswer, HandOverPlace } from '../../../../shared/contracts/leaving.ts';
import { api, newKey } from '../../api/http.ts';
import { queryClient } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { LinkSelect } from '../../ui/LinkSelect.tsx';
import { useNotices } from '../../ui/notices.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';

const ways = ['toOne', 'evenly'] as const;
type How = (typeof ways)[number];

interface DialogProps {
  user: number;
  name: string;
  rows: readonly Belonging[];
  onClose: () => void;
}

/** Hands over everything somebody answers for, piece after piece, until nothing is left. */
export function HandOverDialog({ user, name, rows, onClose }: DialogProps) {
  const { t } = useTranslation();
  const notices = useNotices();
  const [how, setHow] = useState<How>('toOne');
  const [owners, setOwners] = useState<number[]>([]);
  const [byType, setByType] = useState<Record<string, number>>({});
  const { run, given, problem } = useHandOver(user);
  const isBusy = given !== null;
  const start = async () => {
    const count = await run({ owners, byType });
    if (count === null) return;
    notices.done(t('leaving.done', { count }));
    onClose();
  };
  const choose = (type: string, person: number | null) => {
    const { [type]: _before, ...others } = byType;
    setByType(person === null ? others : { ...others, [type]: person });
  };
  return (
    <Modal
      open
      title={t('leaving.handOverTitle', { name })}
      okText={t('leaving.start')}
      okButtonProps={{ disabled: owners.length === 0, loading: isBusy }}
      cancelButtonProps={{ disabled: isBusy }}
      closable={!isBusy}
      mask={{ closable: false }}
      keyboard={!isBusy}
      onOk={() => void start()}
      onCancel={onClose}
    >
      <Form layout="vertical" disabled={isBusy}>
        {problem ? <ProblemAlert problem={problem} /> : null}
        <Form.Item>
          <Segmented<How>
            value={how}
            onChange={(next) => {
              setHow(next);
              if (next === 'toOne') setOwners(owners.slice(0, 1));
            }}
            options={ways.map((value) => ({ value, label: t(`leaving.${value}`) }))}
          />
        </Form.Item>
        <Form.Item label={t('leaving.to')} extra={t('leaving.goesAlong')}>
          <LinkSelect
            many
            to="user"
            label={t('leaving.to')}
            value={owners}
            onChange={(chosen) => setOwners(how === 'toOne' ? chosen.slice(-1) : chosen)}
          />
        </Form.Item>
        {rows.length > 1 ? <ByType rows={rows} byType={byType} onChange={choose} /> : null}
      </Form>
      {isBusy ? <div role="status">{t('leaving.running', { count: given })}</div> : null}
    </Modal>
  );
}

function ByType(of: {
  rows: readonly Belonging[];
  byType: Record<string, number>;
  onChange: (type: string, person: number | null) => void;
}) {
  const { t } = useTranslation();
  const session = useSession();
  return (
    <details>
      <summary>
        {t('leaving.byType')} <span className="tp-faint">{t('leaving.byTypeHelp')}</span>
      </summary>
      {of.rows.map(({ type, count }) => (
        <Form.Item key={type} style={{ marginBlock: 8 }} label={`${session.typeLabel(type, 'many')} ${count}`}>
          <LinkSelect
            to="user"
            label={session.typeLabel(type, 'many')}
            value={of.byType[type] ?? null}
            allowClear
            onChange={(person) => of.onChange(type, person)}
          />
        </Form.Item>
      ))}
    </details>
  );
}

/** Asks for one piece after the other; gives how many records were handed over, null when it was refused. */
function useHandOver(user: number) {
  const [given, setGiven] = useState<number | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const run = async (wish: { owners: number[]; byType: Record<string, number> }): Promise<number | null> => {
    let after: HandOverPlace | null = null;
    let count = 0;
    setProblem(null);
    try {
      do {
        setGiven(count);
        const answer: HandOverAnswer = await api.post(`/api/users/${user}/hand-over`, { ...wish, after }, { idempotencyKey: newKey() });
        count += answer.given;
        after = answer.next;
      } while (after !== null);
      return count;
    } catch (thrown) {
      setProblem(thrown);
      return null;
    } finally {
      setGiven(null);
      await queryClient.invalidateQueries();
    }
  };
  return { run, given, problem };
}
