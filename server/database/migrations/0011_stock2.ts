export const migration = {
  number: 11,
  name: 'stock2',
  steps: [
    {
      createTable: `table cost_adjustments
      id integer, version integer, state text, number text?, day text?, amount_total integer?, reversal_of integer?,
      reversed_by integer?, owner integer?, department integer?, remark text?, reason text?, extra text?, created_at text,
      created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique cost_adjustments_number_unique (number) where deleted_at is null and number is not null
      index cost_adjustments_day_id (day, id)
      index cost_adjustments_reversal_of_id (reversal_of, id)
      index cost_adjustments_owner_id (owner, id)
      index cost_adjustments_department_id (department, id)
      index cost_adjustments_state_id (state, id)
      searched`,
    },
    {
      createTable: `table cost_adjustment_lines
      id integer, parent integer, row_order integer, item integer?, amount integer?, value_before integer?, value_after integer?,
      remark text?, extra text?,
      rows of cost_adjustments
      index cost_adjustment_lines_parent_row_order (parent, row_order)`,
    },
    {
      createTable: `table opening_stocks
      id integer, version integer, state text, number text?, day text?, warehouse integer?, value_total integer?, owner integer?,
      department integer?, remark text?, reason text?, extra text?, created_at text, created_by integer, changed_at text,
      changed_by integer, deleted_at text?, deleted_by integer?,
      unique opening_stocks_number_unique (number) where deleted_at is null and number is not null
      index opening_stocks_day_id (day, id)
      index opening_stocks_owner_id (owner, id)
      index opening_stocks_department_id (department, id)
      index opening_stocks_state_id (state, id)
      searched`,
    },
    {
      createTable: `table opening_stock_lines
      id integer, parent integer, row_order integer, item integer?, unit text?, unit_ratio integer?, quantity integer?,
      unit_cost integer?, lot_numbers text?, value integer?, remark text?, extra text?,
      rows of opening_stocks
      index opening_stock_lines_parent_row_order (parent, row_order)`,
    },
    {
      createTable: `table opening_stock_lots
      id integer, parent integer, row_order integer, item integer?, number text?, quantity integer?, made_on text?, expires_on text?,
      lot integer?, extra text?,
      rows of opening_stocks
      index opening_stock_lots_parent_row_order (parent, row_order)
      index opening_stock_lots_lot_id (lot, id)`,
    },
  ],
} as const;
