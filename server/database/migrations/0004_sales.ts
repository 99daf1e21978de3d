export const migration = {
  number: 4,
  name: 'sales',
  steps: [
    {
      createTable: `table price_books
      id integer, version integer, state text, number text?, subject text?, day text?, valid_from text?, valid_until text?,
      price_level integer?, owner integer?, department integer?, remark text?, reason text?, extra text?, created_at text,
      created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique price_books_number_unique (number) where deleted_at is null and number is not null
      index price_books_day_id (day, id)
      index price_books_valid_from_id (valid_from, id)
      index price_books_valid_until_id (valid_until, id)
      index price_books_owner_id (owner, id)
      index price_books_department_id (department, id)
      index price_books_state_id (state, id)
      searched`,
    },
    {
      createTable: `table price_book_lines
      id integer, parent integer, row_order integer, item integer?, name text?, spec text?, unit text?, gross_price integer?,
      remark text?, extra text?,
      rows of price_books
      index price_book_lines_parent_row_order (parent, row_order)
      index price_book_lines_item_id (item, id)`,
    },
    {
      createTable: `table promotions
      id integer, version integer, state text, number text?, subject text?, day text?, valid_from text?, valid_until text?,
      price_level integer?, owner integer?, department integer?, remark text?, reason text?, extra text?, created_at text,
      created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique promotions_number_unique (number) where deleted_at is null and number is not null
      index promotions_day_id (day, id)
      index promotions_valid_from_id (valid_from, id)
      index promotions_valid_until_id (valid_until, id)
      index promotions_owner_id (owner, id)
      index promotions_department_id (department, id)
      index promotions_state_id (state, id)
      searched`,
    },
    {
      createTable: `table promotion_lines
      id integer, parent integer, row_order integer, item integer?, name text?, category integer?, min_quantity integer?,
      gross_price integer?, discount integer?, remark text?, extra text?,
      rows of promotions
      index promotion_lines_parent_row_order (parent, row_order)
      index promotion_lines_item_id (item, id)
      index promotion_lines_category_id (category, id)`,
    },
    {
      createTable: `table promotion_customers
      id integer, parent integer, row_order integer, customer integer?, extra text?,
      rows of promotions
      index promotion_customers_parent_row_order (parent, row_order)
      index promotion_customers_customer_id (customer, id)`,
    },
    {
      createTable: `table quotations
      id integer, version integer, state text, number text?, customer integer?, contact integer?, day text?, currency integer?,
      exchange_rate integer?, in_own_currency integer = 0, term_days integer?, month_end_terms integer = 0, delivery_address text?,
      recipient text?, recipient_phone text?, customer_reference text?, deliver_by text?, valid_until text?, lost_reason text?,
      discount_rate integer?, discount_amount integer?, round_off integer?, net_total integer?, tax_total integer?, total integer?,
      base_total integer?, ordered_state text?, revision integer?, revision_of integer?, revised_by integer?, won_by text?,
      owner integer?, department integer?, remark text?, reason text?, extra text?, created_at text, created_by integer,
      changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique quotations_number_unique (number) where deleted_at is null and number is not null
      index quotations_customer_id (customer, id)
      index quotations_day_id (day, id)
      index quotations_revision_of_id (revision_of, id)
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
      remark text?, customer_code text?, price_source text?, ordered integer?, extra text?,
      rows of quotations
      index quotation_lines_parent_row_order (parent, row_order)
      index quotation_lines_item_id (item, id)`,
    },
    {
      createTable: `table frame_contracts
      id integer, version integer, state text, number text?, customer integer?, contact integer?, day text?, currency integer?,
      exchange_rate integer?, in_own_currency integer = 0, term_days integer?, month_end_terms integer = 0, delivery_address text?,
      recipient text?, recipient_phone text?, customer_reference text?, deliver_by text?, subject text?, signed_on text?,
      valid_from text?, valid_until text?, discount_rate integer?, discount_amount integer?, round_off integer?, net_total integer?,
      tax_total integer?, total integer?, base_total integer?, called_state text?, owner integer?, department integer?, remark text?,
      reason text?, extra text?, created_at text, created_by integer, changed_at text, changed_by integer, deleted_at text?,
      deleted_by integer?,
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
      remark text?, customer_code text?, price_source text?, called integer?, extra text?,
      rows of frame_contracts
      index frame_contract_lines_parent_row_order (parent, row_order)
      index frame_contract_lines_item_id (item, id)`,
    },
    {
      createTable: `table sales_orders
      id integer, version integer, state text, number text?, customer integer?, contact integer?, day text?, currency integer?,
      exchange_rate integer?, in_own_currency integer = 0, term_days integer?, month_end_terms integer = 0, delivery_address text?,
      recipient text?, recipient_phone text?, customer_reference text?, deliver_by text?, order_type integer?, billing_title text?,
      billing_tax_number text?, invoice_kind text?, signed_on text?, signed_at text?, discount_rate integer?, discount_amount integer?,
      round_off integer?, net_total integer?, tax_total integer?, total integer?, base_total integer?, received integer?,
      waived integer?, due_total integer?, open_amount integer?, delivery_state text?, invoiced_total integer?, invoice_state text?,
      last_invoiced_on text?, payment_state text?, outbound_by text?, receivable_from text?, deposit_rate integer?, owner integer?,
      department integer?, remark text?, reason text?, extra text?, created_at text, created_by integer, changed_at text,
      changed_by integer, deleted_at text?, deleted_by integer?,
      unique sales_orders_number_unique (number) where deleted_at is null and number is not null
      index sales_orders_customer_id (customer, id)
      index sales_orders_day_id (day, id)
      index sales_orders_delivery_state_id (delivery_state, id)
      index sales_orders_invoice_state_id (invoice_state, id)
      index sales_orders_last_invoiced_on_id (last_invoiced_on, id)
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
      remark text?, customer_code text?, price_source text?, source_type text?, source integer?, source_row integer?, released integer?,
      shipped integer?, purchased integer?, invoiced integer?, reddened integer?, invoiced_now integer?, invoiceable integer?,
      extra text?,
      rows of sales_orders
      index sales_order_lines_parent_row_order (parent, row_order)
      index sales_order_lines_item_id (item, id)
      index sales_order_lines_source_id (source, id)
      index sales_order_lines_source_row_id (source_row, id)`,
    },
    {
      createTable: `table sales_order_instalments
      id integer, parent integer, row_order integer, period integer?, due_on text?, share integer?, amount integer?, settled integer?,
      open integer?, invoice text?, remark text?, extra text?,
      rows of sales_orders
      index sales_order_instalments_parent_row_order (parent, row_order)`,
    },
  ],
} as const;
