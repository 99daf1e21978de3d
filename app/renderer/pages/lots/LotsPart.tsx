import { BarcodeOutlined, CalendarOutlined, PlusSquareOutlined, UnorderedListOutlined } from '@ant-design/icons';
import { Button, Flex, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AnyRow } from '../../../../shared/kernel/definition.ts';
import { isDerived } from '../../../../shared/kernel/fields.ts';
import { useSession } from '../../api/session.tsx';
import type { RowValues } from '../../documents/form/draft.ts';
import type { PartViewProps } from '../../documents/form/partViews.tsx';
import { formatQuantity } from '../../ui/format.ts';
import { useNotices } from '../../ui/notices.tsx';
import { idOrNull } from '../panels/facts.ts';
import { ChooseLots } from './ChooseLots.tsx';
import { useLotChoices } from './lotAnswers.ts';
import { firstExpiredRows, type Need, needsOf, untoldRows } from './needs.ts';
import { PasteNumbers } from './PasteNumbers.tsx';

/** Documents that take goods out of a warehouse although they also bring some, or follow another one. */
const alsoTaking = ['assembly', 'disassembly', 'purchaseReturn'];

/** Which batches or serial numbers the goods are; there is nothing to see while no line's item is told apart. */
export function LotsPart({ form, part, grid }: PartViewProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'choose' | 'paste' | null>(null);
  const { definition, state } = form;
  const rows = state.now.parts[part] ?? [];
  const items = [...(state.now.parts.lines ?? []), ...rows].map((row) => idOrNull(row.item)).concat(idOrNull(state.now.values.setItem));
  const { data } = useLotChoices(items.filter((item) => item !== null));
  const needs = needsOf(state.now, data?.tracked ?? {});
  if (rows.length === 0 && needs.length === 0) return null;
  const made = definition.parts[part]?.fields.madeOn;
  const isBrought = made !== undefined && !isDerived(made);
  const isFollowing = definition.parts[part]?.proposedBy !== undefined;
  const isChosen = (!isBrought && !isFollowing) || alsoTaking.includes(definition.type);
  const take = (fresh: readonly RowValues[], replaced: (row: AnyRow) => boolean) => {
    form.dispatch({ type: 'remove', part, rows: rows.filter((row) => replaced(row) || !row.number).map(({ id }) => id) });
    const names = Object.fromEntries(needs.map(({ item, name }) => [item, name]));
    const warehouse = Object.fromEntries(
      fresh.map((row) => [Number(row.warehouse), state.titles.warehouse?.[Number(row.warehouse)] ?? '']),
    );
    const known = definition.parts[part]?.fields ?? {};
    const kept = fresh.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => name in known)));
    form.dispatch({ type: 'insert', part, at: 0, rows: kept, titles: { item: names, warehouse } });
    setOpen(null);
  };
  const tools = form.editability.part(part) ? (
    <>
      {isChosen ? <FirstExpired needs={needs} lots={data?.lots ?? []} onTake={(fresh) => take(fresh, () => true)} /> : null}
      {isChosen ? (
        <Button size="small" icon={<UnorderedListOutlined />} disabled={needs.length === 0} onClick={() => setOpen('choose')}>
          {t('lots.choose')}
        </Button>
      ) : null}
      {isBrought ? (
        <Button
          size="small"
          icon={<PlusSquareOutlined />}
          disabled={!needs.some(({ given, wanted }) => given < wanted)}
          title={t('lots.fromLinesHelp')}
          onClick={() => take(untoldRows(needs), () => false)}
        >
          {t('lots.fromLines')}
        </Button>
      ) : null}
      <Button size="small" icon={<BarcodeOutlined />} disabled={needs.length === 0} onClick={() => setOpen('paste')}>
        {t('lots.paste')}
      </Button>
    </>
  ) : null;
  return (
    <section>
      {grid(tools)}
      <Told needs={needs} />
      <Traces rows={rows} />
      {open === 'choose' ? (
        <ChooseLots
          needs={needs}
          lots={data?.lots ?? []}
          rows={rows}
          onClose={() => setOpen(null)}
          onTake={(fresh) => take(fresh, () => true)}
        />
      ) : null}
      {open === 'paste' ? (
        <PasteNumbers
          needs={needs}
          withDays={isBrought}
          onClose={() => setOpen(null)}
          onTake={(fresh) => take(fresh, (row) => fresh.some((one) => one.item === row.item && one.number === row.number))}
        />
      ) : null}
    </section>
  );
}

interface FirstExpiredProps {
  needs: readonly Need[];
  lots: Parameters<typeof firstExpiredRows>[1];
  onTake: (rows: RowValues[]) => void;
}

function FirstExpired({ needs, lots, onTake }: FirstExpiredProps) {
  const { t } = useTranslation();
  const { today } = useSession().settings;
  const notices = useNotices();
  const fill = () => {
    const { rows, short } = firstExpiredRows(needs, lots, today);
    onTake(rows);
    for (const { need, short: missing } of short) notices.info(t('lots.short', { item: need.name, short: formatQuantity(missing) }));
  };
  return (
    <Button
      size="small"
      type="primary"
      ghost
      icon={<CalendarOutlined />}
      disabled={needs.length === 0}
      title={t('lots.firstExpiredHelp')}
      onClick={fill}
    >
      {t('lots.firstExpired')}
    </Button>
  );
}

/** How much of each item is told already. */
function Told({ needs }: { needs: readonly Need[] }) {
  const { t } = useTranslation();
  return (
    <Flex gap={8} wrap="wrap" align="center">
      {needs.map((need) => (
        <Tag key={`${need.item} ${need.warehouse}`} color={need.given === need.wanted ? 'success' : 'warning'}>
          {need.name} {t('lots.told', { given: formatQuantity(need.given), wanted: formatQuantity(need.wanted) })}
        </Tag>
      ))}
    </Flex>
  );
}

/** Once it is posted, each lot leads to where it came from and went. */
function Traces({ rows }: { rows: readonly AnyRow[] }) {
  const { t } = useTranslation();
  const known = [...new Map(rows.filter(({ lot }) => typeof lot === 'number').map((row) => [Number(row.lot), String(row.number)]))];
  if (known.length === 0) return null;
  return (
    <Flex gap={8} wrap="wrap" align="center">
      {t('lots.trace')}
      {known.slice(0, tracesMax).map(([lot, number]) => (
        <Link key={lot} to={`/record/lot/${lot}`}>
          {number}
        </Link>
      ))}
      {known.length > tracesMax ? '…' : null}
    </Flex>
  );
}
const tracesMax = 30;
