export const migration = {
  number: 3,
  name: 'documents',
  steps: [
    {
      createTable: `table quotations
      id integer, version integer, state text, number text?, customer integer?, contact integer?, day text?, currency integer?,
      exchange_rate integer?, term_days integer?, month_end_terms integer = 0, delivery_address text?, recipient text?,
      recipient_phone text?, customer_reference text?, deliver_by text?, valid_until text?, lost_reason text?, discount_rate integer?,
      discount_amount integer?, round_off integer?, net_total integer?, tax_total integer?, total integer?, base_total integer?,
      ordered_state text?, revision integer?, owner integer?, department integer?, remark text?, reason text?, extra text?,
      created_at text, created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique quotations_number_unique (number) where deleted_at is null and number is not null
      index quotations_customer_id (customer, id)
      index quotations_day_id (day, id)
      index quotations_owner_id (owner, id)
      index quotations_department_id (department, id)
      index quotations_state_id (state, id)
      searched`,
    },
    {
      createTable: `table quotation_lines
      id integer, parent integer, row_order integer, item integer?, name text?, spec text?, unit text?, unit_ratio integer?,
      quantity integer?, price integer?, gross_price integer?, price_basis text?, discount integer?, tax_code integer?,
      tax_rate integer?, net_amount integer?, tax_amount integer?, gross_amount integer?, gift integer = 0, warehouse integer?,
      remark text?, ordered integer?, extra text?,
      rows of quotations
      index quotation_lines_parent_row_order (parent, row_order)
      index quotation_lines_item_id (item, id)`,
    },
    {
      createTable: `table frame_contracts
      id integer, version integer, state text, number text?, customer integer?, contact integer?, day text?, currency integer?,
      exchange_rate integer?, term_days integer?, month_end_terms integer = 0, delivery_address text?, recipient text?,
      recipient_phone text?, customer_reference text?, deliver_by text?, subject text?, signed_on text?, valid_from text?,
      valid_until text?, discount_rate integer?, discount_amount integer?, round_off integer?, net_total integer?, tax_total integer?,
      total integer?, base_total integer?, called_state text?, owner integer?, department integer?, remark text?, reason text?,
      extra text?, created_at text, created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique frame_contracts_number_unique (number) where deleted_at is null and number is not null
      index frame_contracts_customer_id (customer, id)
      index frame_contracts_day_id (day, id)
      index frame_contracts_owner_id (owner, id)
      index frame_contracts_department_id (department, id)
      index frame_contracts_state_id (state, id)
      searched`,
    },
    {
      createTable: `table frame_contract_lines
      id integer, parent integer, row_order integer, item integer?, name text?, spec text?, unit text?, unit_ratio integer?,
      quantity integer?, price integer?, gross_price integer?, price_basis text?, discount integer?, tax_code integer?,
      tax_rate integer?, net_amount integer?, tax_amount integer?, gross_amount integer?, gift integer = 0, warehouse integer?,
      remark text?, called integer?, extra text?,
      rows of frame_contracts
      index frame_contract_lines_parent_row_order (parent, row_order)
      index frame_contract_lines_item_id (item, id)`,
    },
    {
      createTable: `table sales_orders
      id integer, version integer, state text, number text?, customer integer?, contact integer?, day text?, currency integer?,
      exchange_rate integer?, term_days integer?, month_end_terms integer = 0, delivery_address text?, recipient text?,
      recipient_phone text?, customer_reference text?, deliver_by text?, billing_title text?, billing_tax_number text?, signed_on text?,
      signed_at text?, discount_rate integer?, discount_amount integer?, round_off integer?, net_total integer?, tax_total integer?,
      total integer?, base_total integer?, received integer?, waived integer?, due_total integer?, open_amount integer?,
      delivery_state text?, payment_state text?, owner integer?, department integer?, remark text?, reason text?, extra text?,
      created_at text, created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique sales_orders_number_unique (number) where deleted_at is null and number is not null
      index sales_orders_customer_id (customer, id)
      index sales_orders_day_id (day, id)
      index sales_orders_delivery_state_id (delivery_state, id)
      index sales_orders_payment_state_id (payment_state, id)
      index sales_orders_owner_id (owner, id)
      index sales_orders_department_id (department, id)
      index sales_orders_state_id (state, id)
      searched`,
    },
    {
      createTable: `table sales_order_lines
      id integer, parent integer, row_order integer, item integer?, name text?, spec text?, unit text?, unit_ratio integer?,
      quantity integer?, price integer?, gross_price integer?, price_basis text?, discount integer?, tax_code integer?,
      tax_rate integer?, net_amount integer?, tax_amount integer?, gross_amount integer?, gift integer = 0, warehouse integer?,
      remark text?, source_type text?, source integer?, source_row integer?, shipped integer?, extra text?,
      rows of sales_orders
      index sales_order_lines_parent_row_order (parent, row_order)
      index sales_order_lines_item_id (item, id)
      index sales_order_lines_source_id (source, id)
      index sales_order_lines_source_row_id (source_row, id)`,
    },
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
    {
      createTable: `table receipts
      id integer, version integer, state text, number text?, customer integer?, day text?, account integer?, payment_method integer?,
      currency integer?, amount integer?, fee integer?, round_off integer?, arrived integer?, allocated integer?, prepaid integer?,
      bank_reference text?, reversal_of integer?, reversed_by integer?, owner integer?, department integer?, remark text?, reason text?,
      extra text?, created_at text, created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique receipts_number_unique (number) where deleted_at is null and number is not null
      index receipts_customer_id (customer, id)
      index receipts_day_id (day, id)
      index receipts_reversal_of_id (reversal_of, id)
      index receipts_owner_id (owner, id)
      index receipts_department_id (department, id)
      index receipts_state_id (state, id)
      searched`,
    },
    {
      createTable: `table receipt_allocations
      id integer, parent integer, row_order integer, source_type text?, source integer?, source_row integer?, source_number text?,
      source_total integer?, source_open integer?, amount integer?, remark text?, extra text?,
      rows of receipts
      index receipt_allocations_parent_row_order (parent, row_order)
      index receipt_allocations_source_id (source, id)
      index receipt_allocations_source_row_id (source_row, id)`,
    },
    {
      createTable: `table settlements
      id integer, version integer, state text, number text?, customer integer?, day text?, currency integer?, allocated integer?,
      reversal_of integer?, reversed_by integer?, owner integer?, department integer?, remark text?, reason text?, extra text?,
      created_at text, created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique settlements_number_unique (number) where deleted_at is null and number is not null
      index settlements_customer_id (customer, id)
      index settlements_day_id (day, id)
      index settlements_reversal_of_id (reversal_of, id)
      index settlements_owner_id (owner, id)
      index settlements_department_id (department, id)
      index settlements_state_id (state, id)
      searched`,
    },
    {
      createTable: `table settlement_allocations
      id integer, parent integer, row_order integer, source_type text?, source integer?, source_row integer?, source_number text?,
      source_total integer?, source_open integer?, amount integer?, remark text?, extra text?,
      rows of settlements
      index settlement_allocations_parent_row_order (parent, row_order)
      index settlement_allocations_source_id (source, id)
      index settlement_allocations_source_row_id (source_row, id)`,
    },
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
      id integer, parent integer, row_order integer, item integer?, quantity integer?, unit_cost integer?, value integer?, remark text?,
      extra text?,
      rows of opening_stocks
      index opening_stock_lines_parent_row_order (parent, row_order)`,
    },
    {
      createTable: `table opening_balances
      id integer, version integer, state text, number text?, customer integer?, day text?, currency integer?, side text?,
      total integer?, reference text?, received integer?, due_total integer?, open_amount integer?, payment_state text?, owner integer?,
      department integer?, remark text?, reason text?, extra text?, created_at text, created_by integer, changed_at text,
      changed_by integer, deleted_at text?, deleted_by integer?,
      unique opening_balances_number_unique (number) where deleted_at is null and number is not null
      index opening_balances_customer_id (customer, id)
      index opening_balances_day_id (day, id)
      index opening_balances_payment_state_id (payment_state, id)
      index opening_balances_owner_id (owner, id)
      index opening_balances_department_id (department, id)
      index opening_balances_state_id (state, id)
      searched`,
    },
  ],
} as const;
