export const migration = {
  number: 4,
  name: 'delivery',
  steps: [
    {
      createTable: `table stock_outs
      id integer, version integer, state text, number text?, customer integer?, contact integer?, day text?, keeper integer?,
      delivery_address text?, recipient text?, recipient_phone text?, delivery_method integer?, carrier integer?, parcel_number text?,
      cost_total integer?, reversal_of integer?, reversed_by integer?, owner integer?, department integer?, remark text?, reason text?,
      extra text?, created_at text, created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique stock_outs_number_unique (number) where deleted_at is null and number is not null
      index stock_outs_customer_id (customer, id)
      index stock_outs_day_id (day, id)
      index stock_outs_reversal_of_id (reversal_of, id)
      index stock_outs_owner_id (owner, id)
      index stock_outs_department_id (department, id)
      index stock_outs_state_id (state, id)
      searched`,
    },
    {
      createTable: `table stock_out_lines
      id integer, parent integer, row_order integer, source_type text?, source integer?, source_row integer?, source_number text?,
      item integer?, name text?, spec text?, unit text?, unit_ratio integer?, warehouse integer?, quantity integer?,
      promised_at integer?, cost integer?, remark text?, extra text?,
      rows of stock_outs
      index stock_out_lines_parent_row_order (parent, row_order)
      index stock_out_lines_source_id (source, id)
      index stock_out_lines_source_row_id (source_row, id)
      index stock_out_lines_item_id (item, id)`,
    },
  ],
} as const;
