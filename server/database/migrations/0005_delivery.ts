export const migration = {
  number: 5,
  name: 'delivery',
  steps: [
    {
      createTable: `table delivery_notices
      id integer, version integer, state text, number text?, customer integer?, contact integer?, day text?, ship_on text?,
      delivery_address text?, recipient text?, recipient_phone text?, shipped_state text?, owner integer?, department integer?,
      remark text?, reason text?, extra text?, created_at text, created_by integer, changed_at text, changed_by integer,
      deleted_at text?, deleted_by integer?,
      unique delivery_notices_number_unique (number) where deleted_at is null and number is not null
      index delivery_notices_customer_id (customer, id)
      index delivery_notices_day_id (day, id)
      index delivery_notices_ship_on_id (ship_on, id)
      index delivery_notices_shipped_state_id (shipped_state, id)
      index delivery_notices_owner_id (owner, id)
      index delivery_notices_department_id (department, id)
      index delivery_notices_state_id (state, id)
      searched`,
    },
    {
      createTable: `table delivery_notice_lines
      id integer, parent integer, row_order integer, source_type text?, source integer?, source_row integer?, source_number text?,
      item integer?, name text?, spec text?, unit text?, unit_ratio integer?, quantity integer?, warehouse integer?,
      customer_code text?, shipped integer?, remark text?, extra text?,
      rows of delivery_notices
      index delivery_notice_lines_parent_row_order (parent, row_order)
      index delivery_notice_lines_source_id (source, id)
      index delivery_notice_lines_source_row_id (source_row, id)
      index delivery_notice_lines_item_id (item, id)`,
    },
    {
      createTable: `table stock_outs
      id integer, version integer, state text, number text?, customer integer?, contact integer?, day text?, keeper integer?,
      delivery_address text?, recipient text?, recipient_phone text?, delivery_method integer?, carrier integer?, parcel_number text?,
      signed_on text?, signed_by text?, signed_picture integer?, cost_total integer?, currency integer?, exchange_rate integer?,
      receivable_from text?, term_days integer?, month_end_terms integer = 0, net_total integer?, tax_total integer?, total integer?,
      received integer?, due_total integer?, open_amount integer?, payment_state text?, reversal_of integer?, reversed_by integer?,
      owner integer?, department integer?, remark text?, reason text?, extra text?, created_at text, created_by integer,
      changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique stock_outs_number_unique (number) where deleted_at is null and number is not null
      index stock_outs_customer_id (customer, id)
      index stock_outs_day_id (day, id)
      index stock_outs_signed_on_id (signed_on, id)
      index stock_outs_payment_state_id (payment_state, id)
      index stock_outs_reversal_of_id (reversal_of, id)
      index stock_outs_owner_id (owner, id)
      index stock_outs_department_id (department, id)
      index stock_outs_state_id (state, id)
      searched`,
    },
    {
      createTable: `table stock_out_lines
      id integer, parent integer, row_order integer, source_type text?, source integer?, source_row integer?, source_number text?,
      item integer?, name text?, spec text?, unit text?, unit_ratio integer?, quantity integer?, warehouse integer?,
      customer_code text?, order integer?, order_row integer?, gross_price integer?, net_amount integer?, tax_amount integer?,
      gross_amount integer?, base_net_amount integer?, returned integer?, packed integer?, lot_numbers text?, cost integer?,
      remark text?, extra text?,
      rows of stock_outs
      index stock_out_lines_parent_row_order (parent, row_order)
      index stock_out_lines_source_id (source, id)
      index stock_out_lines_source_row_id (source_row, id)
      index stock_out_lines_item_id (item, id)
      index stock_out_lines_order_id (order, id)
      index stock_out_lines_order_row_id (order_row, id)`,
    },
    {
      createTable: `table stock_out_lots
      id integer, parent integer, row_order integer, item integer?, warehouse integer?, number text?, quantity integer?, made_on text?,
      expires_on text?, lot integer?, extra text?,
      rows of stock_outs
      index stock_out_lots_parent_row_order (parent, row_order)
      index stock_out_lots_lot_id (lot, id)`,
    },
    {
      createTable: `table stock_out_parcels
      id integer, parent integer, row_order integer, carrier integer?, number text?, box_count integer?, weight integer?, remark text?,
      extra text?,
      rows of stock_outs
      index stock_out_parcels_parent_row_order (parent, row_order)`,
    },
    {
      createTable: `table packing_lists
      id integer, version integer, state text, number text?, customer integer?, contact integer?, day text?, marks text?,
      delivery_address text?, recipient text?, recipient_phone text?, box_count integer?, net_weight integer?, gross_weight integer?,
      owner integer?, department integer?, remark text?, reason text?, extra text?, created_at text, created_by integer,
      changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique packing_lists_number_unique (number) where deleted_at is null and number is not null
      index packing_lists_customer_id (customer, id)
      index packing_lists_day_id (day, id)
      index packing_lists_owner_id (owner, id)
      index packing_lists_department_id (department, id)
      index packing_lists_state_id (state, id)
      searched`,
    },
    {
      createTable: `table packing_list_lines
      id integer, parent integer, row_order integer, source_type text?, source integer?, source_row integer?, source_number text?,
      box_number text?, item integer?, name text?, spec text?, unit text?, unit_ratio integer?, quantity integer?, net_weight integer?,
      gross_weight integer?, measures text?, marks text?, extra text?,
      rows of packing_lists
      index packing_list_lines_parent_row_order (parent, row_order)
      index packing_list_lines_source_id (source, id)
      index packing_list_lines_source_row_id (source_row, id)
      index packing_list_lines_item_id (item, id)`,
    },
    {
      createTable: `table sales_returns
      id integer, version integer, state text, number text?, customer integer?, contact integer?, day text?, return_reason integer?,
      keeper integer?, currency integer?, exchange_rate integer?, in_own_currency integer = 0, cost_total integer?, net_total integer?,
      tax_total integer?, total integer?, credit_used integer?, credit_left integer?, reversal_of integer?, reversed_by integer?,
      owner integer?, department integer?, remark text?, reason text?, extra text?, created_at text, created_by integer,
      changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique sales_returns_number_unique (number) where deleted_at is null and number is not null
      index sales_returns_customer_id (customer, id)
      index sales_returns_day_id (day, id)
      index sales_returns_reversal_of_id (reversal_of, id)
      index sales_returns_owner_id (owner, id)
      index sales_returns_department_id (department, id)
      index sales_returns_state_id (state, id)
      searched`,
    },
    {
      createTable: `table sales_return_lines
      id integer, parent integer, row_order integer, source_type text?, source integer?, source_row integer?, source_number text?,
      item integer?, name text?, spec text?, unit text?, unit_ratio integer?, quantity integer?, warehouse integer?,
      customer_code text?, order integer?, order_row integer?, gross_price integer?, tax_rate integer?, net_amount integer?,
      tax_amount integer?, gross_amount integer?, base_net_amount integer?, lot_numbers text?, cost integer?, remark text?, extra text?,
      rows of sales_returns
      index sales_return_lines_parent_row_order (parent, row_order)
      index sales_return_lines_source_id (source, id)
      index sales_return_lines_source_row_id (source_row, id)
      index sales_return_lines_item_id (item, id)
      index sales_return_lines_order_id (order, id)
      index sales_return_lines_order_row_id (order_row, id)`,
    },
    {
      createTable: `table sales_return_lots
      id integer, parent integer, row_order integer, item integer?, warehouse integer?, number text?, quantity integer?, made_on text?,
      expires_on text?, lot integer?, extra text?,
      rows of sales_returns
      index sales_return_lots_parent_row_order (parent, row_order)
      index sales_return_lots_lot_id (lot, id)`,
    },
    {
      createTable: `table sample_notes
      id integer, version integer, state text, number text?, customer integer?, contact integer?, day text?, reversal_of integer?,
      reversed_by integer?, warehouse integer?, charge text?, follow_up_on text?, outcome text?, delivery_address text?,
      recipient text?, recipient_phone text?, currency integer?, exchange_rate integer?, in_own_currency integer = 0,
      term_days integer?, month_end_terms integer = 0, cost_total integer?, net_total integer?, tax_total integer?, total integer?,
      base_total integer?, received integer?, due_total integer?, open_amount integer?, payment_state text?, owner integer?,
      department integer?, remark text?, reason text?, extra text?, created_at text, created_by integer, changed_at text,
      changed_by integer, deleted_at text?, deleted_by integer?,
      unique sample_notes_number_unique (number) where deleted_at is null and number is not null
      index sample_notes_customer_id (customer, id)
      index sample_notes_day_id (day, id)
      index sample_notes_reversal_of_id (reversal_of, id)
      index sample_notes_follow_up_on_id (follow_up_on, id)
      index sample_notes_payment_state_id (payment_state, id)
      index sample_notes_owner_id (owner, id)
      index sample_notes_department_id (department, id)
      index sample_notes_state_id (state, id)
      searched`,
    },
    {
      createTable: `table sample_note_lines
      id integer, parent integer, row_order integer, item integer?, name text?, spec text?, unit text?, unit_ratio integer?,
      quantity integer?, lot_numbers text?, gross_price integer?, tax_code integer?, tax_rate integer?, net_amount integer?,
      tax_amount integer?, gross_amount integer?, base_net_amount integer?, cost integer?, remark text?, extra text?,
      rows of sample_notes
      index sample_note_lines_parent_row_order (parent, row_order)
      index sample_note_lines_item_id (item, id)`,
    },
    {
      createTable: `table sample_note_lots
      id integer, parent integer, row_order integer, item integer?, number text?, quantity integer?, made_on text?, expires_on text?,
      lot integer?, extra text?,
      rows of sample_notes
      index sample_note_lots_parent_row_order (parent, row_order)
      index sample_note_lots_lot_id (lot, id)`,
    },
    {
      createTable: `table loans
      id integer, version integer, state text, number text?, customer integer?, contact integer?, day text?, reversal_of integer?,
      reversed_by integer?, warehouse integer?, due_on text?, purpose text?, delivery_address text?, recipient text?,
      recipient_phone text?, settled_state text?, cost_total integer?, owner integer?, department integer?, remark text?, reason text?,
      extra text?, created_at text, created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique loans_number_unique (number) where deleted_at is null and number is not null
      index loans_customer_id (customer, id)
      index loans_day_id (day, id)
      index loans_reversal_of_id (reversal_of, id)
      index loans_due_on_id (due_on, id)
      index loans_settled_state_id (settled_state, id)
      index loans_owner_id (owner, id)
      index loans_department_id (department, id)
      index loans_state_id (state, id)
      searched`,
    },
    {
      createTable: `table loan_lines
      id integer, parent integer, row_order integer, item integer?, name text?, spec text?, unit text?, unit_ratio integer?,
      quantity integer?, settled integer?, lot_numbers text?, cost integer?, remark text?, extra text?,
      rows of loans
      index loan_lines_parent_row_order (parent, row_order)
      index loan_lines_item_id (item, id)`,
    },
    {
      createTable: `table loan_lots
      id integer, parent integer, row_order integer, item integer?, number text?, quantity integer?, made_on text?, expires_on text?,
      lot integer?, extra text?,
      rows of loans
      index loan_lots_parent_row_order (parent, row_order)
      index loan_lots_lot_id (lot, id)`,
    },
    {
      createTable: `table loan_returns
      id integer, version integer, state text, number text?, customer integer?, contact integer?, day text?, reversal_of integer?,
      reversed_by integer?, warehouse integer?, owner integer?, department integer?, remark text?, reason text?, extra text?,
      created_at text, created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique loan_returns_number_unique (number) where deleted_at is null and number is not null
      index loan_returns_customer_id (customer, id)
      index loan_returns_day_id (day, id)
      index loan_returns_reversal_of_id (reversal_of, id)
      index loan_returns_owner_id (owner, id)
      index loan_returns_department_id (department, id)
      index loan_returns_state_id (state, id)
      searched`,
    },
    {
      createTable: `table loan_return_lines
      id integer, parent integer, row_order integer, source_type text?, source integer?, source_row integer?, source_number text?,
      item integer?, name text?, spec text?, unit text?, unit_ratio integer?, quantity integer?, lot_numbers text?, remark text?,
      extra text?,
      rows of loan_returns
      index loan_return_lines_parent_row_order (parent, row_order)
      index loan_return_lines_source_id (source, id)
      index loan_return_lines_source_row_id (source_row, id)
      index loan_return_lines_item_id (item, id)`,
    },
    {
      createTable: `table loan_return_lots
      id integer, parent integer, row_order integer, item integer?, number text?, quantity integer?, made_on text?, expires_on text?,
      lot integer?, extra text?,
      rows of loan_returns
      index loan_return_lots_parent_row_order (parent, row_order)
      index loan_return_lots_lot_id (lot, id)`,
    },
    {
      createTable: `table loan_sales
      id integer, version integer, state text, number text?, customer integer?, contact integer?, day text?, reversal_of integer?,
      reversed_by integer?, currency integer?, exchange_rate integer?, in_own_currency integer = 0, term_days integer?,
      month_end_terms integer = 0, cost_total integer?, net_total integer?, tax_total integer?, total integer?, base_total integer?,
      received integer?, due_total integer?, open_amount integer?, payment_state text?, owner integer?, department integer?,
      remark text?, reason text?, extra text?, created_at text, created_by integer, changed_at text, changed_by integer,
      deleted_at text?, deleted_by integer?,
      unique loan_sales_number_unique (number) where deleted_at is null and number is not null
      index loan_sales_customer_id (customer, id)
      index loan_sales_day_id (day, id)
      index loan_sales_reversal_of_id (reversal_of, id)
      index loan_sales_payment_state_id (payment_state, id)
      index loan_sales_owner_id (owner, id)
      index loan_sales_department_id (department, id)
      index loan_sales_state_id (state, id)
      searched`,
    },
    {
      createTable: `table loan_sale_lines
      id integer, parent integer, row_order integer, source_type text?, source integer?, source_row integer?, source_number text?,
      item integer?, name text?, spec text?, unit text?, unit_ratio integer?, quantity integer?, lot_numbers text?,
      gross_price integer?, tax_code integer?, tax_rate integer?, net_amount integer?, tax_amount integer?, gross_amount integer?,
      base_net_amount integer?, cost integer?, remark text?, extra text?,
      rows of loan_sales
      index loan_sale_lines_parent_row_order (parent, row_order)
      index loan_sale_lines_source_id (source, id)
      index loan_sale_lines_source_row_id (source_row, id)
      index loan_sale_lines_item_id (item, id)`,
    },
    {
      createTable: `table loan_sale_lots
      id integer, parent integer, row_order integer, item integer?, number text?, quantity integer?, made_on text?, expires_on text?,
      lot integer?, extra text?,
      rows of loan_sales
      index loan_sale_lots_parent_row_order (parent, row_order)
      index loan_sale_lots_lot_id (lot, id)`,
    },
    {
      createTable: `table loan_write_offs
      id integer, version integer, state text, number text?, customer integer?, contact integer?, day text?, reversal_of integer?,
      reversed_by integer?, write_off_kind text?, cost_total integer?, owner integer?, department integer?, remark text?, reason text?,
      extra text?, created_at text, created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique loan_write_offs_number_unique (number) where deleted_at is null and number is not null
      index loan_write_offs_customer_id (customer, id)
      index loan_write_offs_day_id (day, id)
      index loan_write_offs_reversal_of_id (reversal_of, id)
      index loan_write_offs_owner_id (owner, id)
      index loan_write_offs_department_id (department, id)
      index loan_write_offs_state_id (state, id)
      searched`,
    },
    {
      createTable: `table loan_write_off_lines
      id integer, parent integer, row_order integer, source_type text?, source integer?, source_row integer?, source_number text?,
      item integer?, name text?, spec text?, unit text?, unit_ratio integer?, quantity integer?, lot_numbers text?, cost integer?,
      remark text?, extra text?,
      rows of loan_write_offs
      index loan_write_off_lines_parent_row_order (parent, row_order)
      index loan_write_off_lines_source_id (source, id)
      index loan_write_off_lines_source_row_id (source_row, id)
      index loan_write_off_lines_item_id (item, id)`,
    },
    {
      createTable: `table loan_write_off_lots
      id integer, parent integer, row_order integer, item integer?, number text?, quantity integer?, made_on text?, expires_on text?,
      lot integer?, extra text?,
      rows of loan_write_offs
      index loan_write_off_lots_parent_row_order (parent, row_order)
      index loan_write_off_lots_lot_id (lot, id)`,
    },
  ],
} as const;
