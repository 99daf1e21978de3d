import { SendOutlined } from '@ant-design/icons';
import { Button, Flex, Segmented } from 'antd';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { ReleaseRow } from '../../../../shared/contracts/selling.ts';
import { mergeTitles } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { LinkSelect } from '../../ui/LinkSelect.tsx';
import { useNotices } from '../../ui/notices.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { useEndless } from '../../ui/useEndless.ts';
import { ReleaseDialog } from './ReleaseDialog.tsx';
import { useReleaseColumns } from './releaseColumns.tsx';
import { type Quantities, type ReleaseFilter, reasonsOf, releaseRows, useReleaseRows } from './useRelease.ts';

const shows = ['all', 'ready', 'heldUp'] as const;

/** Everything that waits for release: what stands against it, and one key that writes the delivery notices of all that is ticked. */
export function ReleasePage() {
  const { t } = useTranslation();
  const session = useSession();
  const [filter, setFilter] = useState<ReleaseFilter>({ customer: null, item: null, owner: null });
  const [show, setShow] = useState<(typeof shows)[number]>('all');
  const answer = useReleaseRows(filter);
  const rows = useMemo(
    () =>
      (answer.data?.pages.flatMap((page) => page.rows) ?? []).filter(
        (row) => show === 'all' || (show === 'ready') === (row.reasons.length === 0),
      ),
    [answer.data, show],
  );
  const board = useBoard(rows);
  const titles = useMemo(() => mergeTitles(answer.data?.pages ?? []), [answer.data]);
  const columns = useReleaseColumns({ titles, quantities: board.quantities, onQuantity: board.setQuantity, today: session.settings.today });
  const onEnd = useEndless(answer);
  return (
    <PageFrame
      fill
      title={t('selling.release')}
      problem={answer.error}
      onRetry={() => void answer.refetch()}
      actions={
        <Button
          type="primary"
          icon={<SendOutlined />}
          title="Ctrl+Enter"
          disabled={board.chosen.length === 0}
          loading={board.busy}
          onClick={board.ask}
        >
          {t('selling.releaseChosen', { count: board.chosen.length })}
        </Button>
      }
    >
      <Filters filter={filter} onFilter={setFilter} show={show} onShow={setShow} />
      <section className="tp-release" aria-label={t('selling.release')} onKeyDown={board.onKeyDown}>
        <DataTable
          label={t('selling.releaseLines')}
          columns={columns}
          rows={rows}
          idOf={(row) => row.row}
          frozen={1}
          selection={{ chosen: board.selection, onChange: board.setSelection }}
          onEnd={onEnd}
          isLoading={answer.isPending || answer.isFetchingNextPage}
          memory="release"
          empty={<EmptyState title={t('selling.nothingToRelease')} text={t('selling.nothingToReleaseHelp')} />}
        />
      </section>
      {board.isAsking ? (
        <ReleaseDialog rows={board.chosen} busy={board.busy} problem={board.problem} onRelease={board.release} onClose={board.close} />
      ) : null}
    </PageFrame>
  );
}

/** What is ticked, how much of it, and letting it go. */
function useBoard(rows: readonly ReleaseRow[]) {
  const { t } = useTranslation();
  const notices = useNotices();
  const navigate = useNavigate();
  const [selection, setSelection] = useState<ReadonlySet<number>>(new Set());
  const [quantities, setQuantities] = useState<Quantities>(new Map());
  const [isAsking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const chosen = rows.filter((row) => selection.has(row.row));
  const release = async (passing: { reason: string; confirmed: readonly string[] }) => {
    setBusy(true);
    setProblem(null);
    try {
      const made = await releaseRows(chosen, quantities, passing);
      setSelection(new Set());
      setQuantities(new Map());
      setAsking(false);
      const [first] = made.notices;
      notices.done(t('selling.released', { count: made.notices.length, numbers: made.notices.map(({ number }) => number).join('、') }));
      if (made.notices.length === 1 && first) void navigate(`/record/deliveryNotice/${first.id}`);
    } catch (thrown) {
      setProblem(thrown);
      if (!isAsking) notices.failed(thrown);
    } finally {
      setBusy(false);
    }
  };
  const ask = () => {
    if (chosen.length === 0 || busy) return;
    if (reasonsOf(chosen).length > 0) setAsking(true);
    else void release({ reason: '', confirmed: [] });
  };
  return {
    selection,
    setSelection,
    quantities,
    setQuantity: (row: ReleaseRow, quantity: number) => {
      setQuantities((now) => new Map(now).set(row.row, quantity));
      setSelection((now) => new Set(now).add(row.row));
    },
    chosen,
    isAsking,
    busy,
    problem,
    ask,
    release: (passing: { reason: string; confirmed: readonly string[] }) => void release(passing),
    close: () => {
      setAsking(false);
      setProblem(null);
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !event.ctrlKey) return;
      event.preventDefault();
      event.stopPropagation();
      ask();
    },
  };
}

interface FiltersProps {
  filter: ReleaseFilter;
  onFilter: (filter: ReleaseFilter) => void;
  show: (typeof shows)[number];
  onShow: (show: (typeof shows)[number]) => void;
}

function Filters({ filter, onFilter, show, onShow }: FiltersProps) {
  const { t } = useTranslation();
  const session = useSession();
  const links = { customer: 'customer', item: 'item', owner: 'user' } as const;
  return (
    <Flex gap={8} wrap="wrap" align="center" className="tp-filters">
      <Segmented
        value={show}
        onChange={onShow}
        options={shows.map((value) => ({ value, label: t(`selling.show.${value}`) }))}
        aria-label={t('selling.heldUp')}
      />
      {(Object.keys(links) as (keyof typeof links)[]).map((name) => (
        <div key={name} style={{ width: 200 }}>
          <LinkSelect
            to={links[name]}
            allowClear
            label={name === 'owner' ? session.fieldLabel('salesOrder', 'owner') : session.typeLabel(links[name])}
            placeholder={name === 'owner' ? session.fieldLabel('salesOrder', 'owner') : session.typeLabel(links[name])}
            value={filter[name]}
            onChange={(value) => onFilter({ ...filter, [name]: value })}
          />
        </div>
      ))}
    </Flex>
  );
}
