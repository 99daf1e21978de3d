import { SearchOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Flex, Input, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { PlanAnswer } from '../../../../shared/contracts/purchase.ts';
import { api } from '../../api/http.ts';
import { keys } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { useListKeys } from '../../documents/list/useListKeys.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { usePreference } from '../../ui/preference.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { useTyped } from '../../ui/useTyped.ts';
import './purchase.css';
import { LinkFilter } from '../../ui/LinkFilter.tsx';
import { planColumns } from './planColumns.tsx';
import { usePlanChoice } from './usePlanChoice.ts';

interface View {
  search: string;
  warehouse: number | null;
  category: number | null;
  monthsBack: number;
  monthsAhead: number;
  all: boolean;
}

/** What should be bought: quantities are proposed, may be changed, and become one purchase order for each supplier. */
export function PlanPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const session = useSession();
  const [view, keepView] = usePreference<View>('purchasePlan', {
    search: '',
    warehouse: null,
    category: null,
    monthsBack: 3,
    monthsAhead: 1,
    all: false,
  });
  const change = (part: Partial<View>) => keepView({ ...view, ...part });
  const typed = useTyped(view.search, (search) => change({ search }));
  const answer = usePlan(view);
  const rows = answer.data?.rows ?? [];
  const choice = usePlanChoice(rows, () => void navigate('/list/purchaseOrder'));
  const searchBox = useListKeys({ onRefresh: () => void answer.refetch() });
  const months = (name: 'monthsBack' | 'monthsAhead') => (
    <Flex gap={4} align="center">
      <span className="tp-faint">{t(`purchase.${name}`)}</span>
      <InputNumber
        controls={false}
        aria-label={t(`purchase.${name}`)}
        min={1}
        max={12}
        precision={0}
        value={view[name]}
        onChange={(value) => change({ [name]: value ?? 1 })}
        style={{ width: 48 }}
      />
    </Flex>
  );
  return (
    <PageFrame
      fill
      title={t('purchase.plan')}
      problem={answer.error}
      onRetry={() => void answer.refetch()}
      actions={
        <Button type="primary" loading={choice.isBusy} disabled={choice.count === 0} onClick={choice.order}>
          {t('purchase.orderPlanned', { count: choice.count, suppliers: choice.suppliers })}
        </Button>
      }
    >
      <Flex gap={8} wrap="wrap" align="center" className="tp-filters">
        <Input
          ref={searchBox}
          className="tp-list-search"
          allowClear
          prefix={<SearchOutlined />}
          placeholder={t('stock.searchHint')}
          {...typed}
        />
        <LinkFilter
          to="warehouse"
          width={150}
          placeholder={t('stock.allWarehouses')}
          value={view.warehouse}
          onChange={(warehouse) => change({ warehouse })}
        />
        <LinkFilter
          to="itemCategory"
          width={150}
          placeholder={t('stock.allCategories')}
          value={view.category}
          onChange={(category) => change({ category })}
        />
        {months('monthsBack')}
        {months('monthsAhead')}
        <Checkbox checked={view.all} onChange={(event) => change({ all: event.target.checked })}>
          {t('purchase.showAll')}
        </Checkbox>
        {answer.data?.hasMore ? <span className="tp-faint">{t('purchase.planCut')}</span> : null}
      </Flex>
      <DataTable
        label={t('purchase.plan')}
        columns={planColumns(session, t, choice)}
        rows={rows}
        idOf={(row) => row.item}
        frozen={2}
        selection={{ chosen: choice.chosen, onChange: choice.choose }}
        isLoading={answer.isPending}
        empty={<EmptyState title={t('purchase.planEmpty')} text={t('purchase.planEmptyHelp')} />}
      />
    </PageFrame>
  );
}

function usePlan(view: View) {
  return useQuery({
    queryKey: [...keys.stock, 'plan', view],
    queryFn: ({ signal }) => {
      const parameters = new URLSearchParams({ monthsBack: String(view.monthsBack), monthsAhead: String(view.monthsAhead) });
      if (view.search) parameters.set('search', view.search);
      if (view.warehouse !== null) parameters.set('warehouse', String(view.warehouse));
      if (view.category !== null) parameters.set('category', String(view.category));
      if (view.all) parameters.set('all', '1');
      return api.get<PlanAnswer>(`/api/purchase/plan?${parameters}`, { signal });
    },
  });
}
