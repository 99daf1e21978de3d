import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate, useParams, useSearchParams } from 'react-router';
import type { RecordAnswer } from '../../../../shared/contracts/wire.ts';
import type { Value } from '../../../../shared/kernel/definition.ts';
import { useSession } from '../../api/session.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { CreateRecordProvider } from './CreateRecordProvider.tsx';
import { nowMs } from './keptDraft.ts';
import { Neighbours } from './Neighbours.tsx';
import { RecordForm } from './RecordForm.tsx';
import type { Source } from './recordDoor.ts';
import { type Opening, useStart } from './useStart.ts';

/**
 * The page of any record or document: `/record/type/id`, or `/record/type/new` with `?copy=id`, `?from=type:id,type:id` or
 * `?with=field:id`. Chosen rows of sources travel in the navigation's state.
 */
export function RecordPage() {
  const { type = '', id = '' } = useParams();
  const location = useLocation();
  const [search] = useSearchParams();
  const { definitionOf } = useSession();
  const [isNewSince] = useState(nowMs);
  const { t } = useTranslation();
  const key = `${type}/${id}/${id === 'new' ? location.key : ''}`;
  const chosen = (location.state as { sources?: Source[] } | null)?.sources;
  const opening = useMemo(() => openingOf(type, id, search, chosen), [type, id, search, chosen]);
  if (!definitionOf(type) || opening === null) return <EmptyState title={t('documents.noSuchPage')} />;
  return (
    <CreateRecordProvider>
      <Opened key={key} opening={opening} openedAtMs={isNewSince} />
    </CreateRecordProvider>
  );
}

function Opened({ opening, openedAtMs }: { opening: Opening; openedAtMs: number }) {
  const session = useSession();
  const navigate = useNavigate();
  const { data, error, refetch } = useStart(opening);
  const title = session.typeLabel(opening.type);
  if (!data)
    return (
      <PageFrame
        title={title}
        onBack
        before={<Neighbours type={opening.type} id={opening.id} />}
        loading={error === null}
        problem={error ?? undefined}
        onRetry={() => void refetch()}
      />
    );
  const onSaved = (answer: RecordAnswer, wasNew: boolean) => {
    if (wasNew) void navigate(`/record/${answer.type}/${answer.id}`, { replace: true, state: { saved: true } });
  };
  return <RecordForm start={data} onSaved={onSaved} openedAtMs={openedAtMs} />;
}

function openingOf(type: string, id: string, search: URLSearchParams, chosen: Source[] | undefined): Opening | null {
  if (id !== 'new') return /^\d+$/.test(id) ? { type, id: Number(id) } : null;
  const copy = search.get('copy');
  const sources = chosen ?? sourcesIn(search.get('from'));
  return {
    type,
    id: null,
    ...(copy === null ? {} : { copy: Number(copy) }),
    ...(sources.length > 0 ? { sources } : {}),
    values: valuesIn(search.get('with')),
  };
}

/** `order:3,order:5` */
function sourcesIn(text: string | null): Source[] {
  return pairsIn(text).map(([type, id]) => ({ type, id }));
}

/** `field:12` for links; other values are not handed over in an address. */
function valuesIn(text: string | null): Record<string, Value> {
  return Object.fromEntries(pairsIn(text));
}

function pairsIn(text: string | null): [string, number][] {
  return (text ?? '')
    .split(',')
    .map((pair) => pair.split(':'))
    .filter((pair): pair is [string, string] => pair.length === 2 && /^\d+$/.test(pair[1] ?? ''))
    .map(([name, id]) => [name, Number(id)]);
}
