import { DoubleLeftOutlined, DoubleRightOutlined } from '@ant-design/icons';
import { Button, Tabs } from 'antd';
import { lazy, type ReactNode, type RefObject, Suspense, useCallback, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordAnswer } from '../../../../shared/contracts/wire.ts';
import { useSession } from '../../api/session.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { usePreference } from '../../ui/preference.ts';
import { StateTag } from '../../ui/StateTag.tsx';
import { FetchSources } from '../become/FetchSources.tsx';
import { EntryGrid, type GridHandle } from '../grid/EntryGrid.tsx';
import '../picker/picker.css';
import { Attachments } from './Attachments.tsx';
import { type ActiveRowStore, makeActiveRow } from './activeRow.ts';
import { Banners } from './Banners.tsx';
import { ChildList, childrenOf } from './ChildList.tsx';
import { onFormKey } from './focus.ts';
import './form.css';
import { CopyQuestion } from './CopyQuestion.tsx';
import { FormActions } from './FormActions.tsx';
import { FormQuestions } from './FormQuestions.tsx';
import { Foot, HeadGroup } from './HeadFields.tsx';
import { History } from './History.tsx';
import { draftPlace, forgetDraft } from './keptDraft.ts';
import { LeaveGuard } from './LeaveGuard.tsx';
import { layoutOf } from './layout.ts';
import { Neighbours } from './Neighbours.tsx';
import { PartTable } from './PartTable.tsx';
import { panelsFor } from './panels.tsx';
import { partViewOf } from './partViews.tsx';
import { RefreshPrices } from './RefreshPrices.tsx';
import { RelatedDocuments } from './RelatedDocuments.tsx';
import { titleOf } from './recordDoor.ts';
import { SimilarRecords } from './SimilarRecords.tsx';
import { useDraftKeeping } from './useDraftKeeping.ts';
import { useFormFocus } from './useFormFocus.ts';
import { useFormKeys } from './useFormKeys.ts';
import { useGridHost } from './useGridHost.ts';
import { type RecordForm as Form, type FormStart, useRecordForm } from './useRecordForm.ts';

const LabelPreview = lazy(async () => ({ default: (await import('../print/LabelPreview.tsx')).LabelPreview }));
const PrintPreview = lazy(async () => ({ default: (await import('../print/PrintPreview.tsx')).PrintPreview }));

interface RecordFormProps {
  start: FormStart;
  onSaved: (answer: RecordAnswer, wasNew: boolean) => void;
  /** Inside a dialog: no tabs, no page of its own. */
  embedded?: boolean;
  openedAtMs?: number;
}

/** The form of any record: its fields, lines, steps, neighbours and past, and everything that keeps typing from getting lost. */
export function RecordForm({ start, onSaved, embedded, openedAtMs }: RecordFormProps) {
  const session = useSession();
  const form = useRecordForm(start, (saved, wasNew) => {
    if (wasNew) forgetDraft(draftPlace({ company: session.company.code, user: session.user.id, type: saved.type, id: null }));
    onSaved(saved, wasNew);
  });
  const box = useRef<HTMLDivElement>(null);
  const grids = useRef(new Map<string, GridHandle>());
  const [isPrinting, setPrinting] = useState(false);
  const kept = useDraftKeeping(form, embedded ? null : (openedAtMs ?? null));
  useFormFocus(form, box, grids);
  const { definition, answer } = form;
  const canPrint = answer !== null && definition.print !== undefined && (answer.may ?? definition.operations).includes('print');
  useFormKeys({ form, box, isEmbedded: embedded === true, onPrint: canPrint ? () => setPrinting(true) : undefined });
  const isNew = answer === null;
  const name = answer ? titleOf(session, answer) : session.typeLabel(definition.type);
  const body = (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter leads from field to field
    <div ref={box} data-form onKeyDown={onFormKey} style={{ display: 'contents' }}>
      <FormBody form={form} embedded={embedded === true} grids={grids} />
    </div>
  );
  const actions = <FormActions form={form} isEmbedded={embedded === true} onPrint={canPrint ? () => setPrinting(true) : undefined} />;
  return (
    <>
      {embedded ? (
        <div className="tp-embedded">
          <Banners form={form} kept={kept} />
          {body}
          <div className="tp-embedded-actions">{actions}</div>
        </div>
      ) : (
        <PageFrame
          title={isNew ? <NewTitle type={definition.type} /> : `${session.typeLabel(definition.type)} ${name}`}
          windowTitle={name}
          aside={
            <>
              <StateTag type={definition.type} state={answer?.state} />
              <RelatedDocuments answer={answer} />
            </>
          }
          actions={actions}
          onBack
          before={<Neighbours type={definition.type} id={answer?.id ?? null} />}
          fill
        >
          <Banners form={form} kept={kept} />
          {body}
          <LeaveGuard form={form} />
        </PageFrame>
      )}
      <FormQuestions form={form} />
      {start.isCopy ? <CopyQuestion form={form} /> : null}
      {isPrinting && answer ? (
        <Suspense>
          {definition.print?.labels ? (
            <LabelPreview type={answer.type} ids={[answer.id]} onClose={() => setPrinting(false)} />
          ) : (
            <PrintPreview type={answer.type} id={answer.id} title={name} onClose={() => setPrinting(false)} />
          )}
        </Suspense>
      ) : null}
    </>
  );
}

function NewTitle({ type }: { type: string }) {
  const { t } = useTranslation();
  const session = useSession();
  return t('general.newType', { type: session.typeLabel(type) });
}

interface BodyProps {
  form: Form;
  embedded: boolean;
  grids: RefObject<Map<string, GridHandle>>;
}

function FormBody({ form, embedded, grids }: BodyProps) {
  const { t } = useTranslation();
  const session = useSession();
  const { definition, answer } = form;
  const [active] = useState(makeActiveRow);
  const layout = layoutOf(definition);
  const side = embedded ? [] : panelsFor(definition, 'side', session);
  const below = embedded ? [] : panelsFor(definition, 'below', session);
  const above = embedded ? [] : panelsFor(definition, 'above', session);
  const hasLines = layout.entryParts.length > 0;
  const [first, ...others] = layout.head;
  const details = (
    <div className={hasLines ? 'tp-sheet-details' : 'tp-sheet-details is-long'}>
      {above.length > 0 ? <Panels form={form} panels={above} active={active} /> : null}
      {first ? (
        <HeadGroup form={form} group={first} folds={hasLines}>
          <SimilarRecords form={form} />
        </HeadGroup>
      ) : null}
      {others.length === 0 ? null : (
        <div className={hasLines ? 'tp-folds' : 'tp-sheet-groups'}>
          {others.map((group) => (
            <HeadGroup key={group.name} form={form} group={group} folds={hasLines} />
          ))}
        </div>
      )}
      {layout.entryParts.map((part) => {
        const View = partViewOf(part);
        const grid = (tools: ReactNode) => <LinesOf key={part} form={form} part={part} grids={grids} active={active} tools={tools} />;
        return View ? <View key={part} form={form} part={part} grid={grid} /> : grid(null);
      })}
      {layout.foot ? <Foot form={form} group={layout.foot} /> : null}
    </div>
  );
  const tabs: { key: string; label: string; children: ReactNode }[] = [
    { key: 'details', label: t('documents.details'), children: details },
    ...layout.otherParts.map((part) => ({
      key: `part.${part}`,
      label: countedLabel(session.partLabel(definition.type, part), form.state.now.parts[part]?.length ?? 0),
      children: <PartTable form={form} part={part} />,
    })),
  ];
  if (answer && !embedded) {
    for (const panel of panelsFor(definition, 'tab', session)) {
      const { name, title, Component } = panel;
      tabs.push({ key: `panel.${name}`, label: title?.(t) ?? name, children: <Component form={form} part={null} row={null} /> });
    }
    for (const child of childrenOf(session, definition.type)) {
      tabs.push({
        key: `child.${child.type}`,
        label: session.typeLabel(child.type, 'many'),
        children: <ChildList child={child} parent={answer.id} />,
      });
    }
    tabs.push({ key: 'attachments', label: t('documents.attachments'), children: <Attachments answer={answer} /> });
    tabs.push({ key: 'history', label: t('documents.history'), children: <History form={form} /> });
  }
  return (
    <div className={side.length > 0 ? 'tp-sheet has-side' : 'tp-sheet'}>
      <div className="tp-sheet-main">
        {tabs.length > 1 ? <Tabs items={tabs} size="small" /> : details}
        {below.length > 0 ? <Panels form={form} panels={below} active={active} /> : null}
      </div>
      {side.length > 0 ? (
        <Side>
          <Panels form={form} panels={side} active={active} />
        </Side>
      ) : null}
    </div>
  );
}

interface PanelsProps {
  form: Form;
  panels: ReturnType<typeof panelsFor>;
  active: ActiveRowStore;
}

function Panels({ form, panels, active }: PanelsProps) {
  const { part, row } = useSyncExternalStore(active.subscribe, active.get);
  return panels.map(({ name, Component }) => <Component key={name} form={form} part={part} row={row} />);
}

/** Facts beside the form; whoever needs the room folds them away. */
function Side({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [isOpen, keep] = usePreference('form.side', true);
  return (
    <aside className={isOpen ? 'tp-side' : 'tp-side is-closed'}>
      <Button
        type="text"
        size="small"
        className="tp-side-toggle"
        icon={isOpen ? <DoubleRightOutlined /> : <DoubleLeftOutlined />}
        aria-label={t('documents.sideFacts')}
        aria-expanded={isOpen}
        onClick={() => keep(!isOpen)}
      />
      {isOpen ? children : null}
    </aside>
  );
}

const countedLabel = (label: string, count: number): string => (count > 0 ? `${label} (${count})` : label);

interface LinesProps {
  form: Form;
  part: string;
  grids: RefObject<Map<string, GridHandle>>;
  active: ActiveRowStore;
  tools: ReactNode;
}

function LinesOf({ form, part, grids, active, tools }: LinesProps) {
  const session = useSession();
  const host = useGridHost(form, part);
  const handle = useRef<GridHandle | null>(null);
  const report = useCallback((row: number | null) => active.set({ part, row }), [active, part]);
  if (!host) return null;
  grids.current.set(part, { focusCell: (id, field) => handle.current?.focusCell(id, field) });
  return (
    <EntryGrid
      host={host}
      title={session.partLabel(form.definition.type, part)}
      handle={handle}
      tools={
        <>
          <FetchSources form={form} part={part} />
          <RefreshPrices form={form} part={part} />
          {tools}
        </>
      }
      onActiveRow={report}
    />
  );
}
