export const migration = {
  number: 7,
  name: 'purchase',
  steps: [
    {
      createTable: `table inquiries
      id integer, version integer, state text, number text?, subject text?, day text?, reply_by text?, deliver_by text?,
      ordered_state text?, owner integer?, department integer?, remark text?, reason text?, extra text?, created_at text,
      created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique inquiries_number_unique (number) where deleted_at is null and number is not null
      index inquiries_day_id (day, id)
      index inquiries_owner_id (owner, id)
      index inquiries_department_id (department, id)
      index inquiries_state_id (state, id)
      searched`,
    },
    {
      createTable: `table inquiry_lines
      id integer, parent integer, row_order integer, source_type text?, source integer?, source_row integer?, item integer?, name text?,
      spec text?, unit text?, unit_ratio integer?, quantity integer?, warehouse integer?, offered integer?, ordered integer?,
      remark text?, extra text?,
      rows of inquiries
      index inquiry_lines_parent_row_order (parent, row_order)
      index inquiry_lines_source_id (source, id)
      index inquiry_lines_source_row_id (source_row, id)
      index inquiry_lines_item_id (item, id)`,
    },
    {
      createTable: `table inquiry_suppliers
      id integer, parent integer, row_order integer, supplier integer?, remark text?, extra text?,
      rows of inquiries
      index inquiry_suppliers_parent_row_order (parent, row_order)`,
    },
    {
      createTable: `table supplier_quotations
      id integer, version integer, state text, number text?, supplier integer?, contact_name text?, contact_phone text?, day text?,
      currency integer?, exchange_rate integer?, in_own_currency integer = 0, term_days integer?, month_end_terms integer = 0,
      supplier_reference text?, deliver_by text?, valid_until text?, discount_rate integer?, discount_amount integer?,
      round_off integer?, net_total integer?, tax_total integer?, total integer?, base_total integer?, ordered_state text?,
      owner integer?, department integer?, remark text?, reason text?, extra text?, created_at text, created_by integer,
      changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique supplier_quotations_number_unique (number) where deleted_at is null and number is not null
      index supplier_quotations_supplier_id (supplier, id)
      index supplier_quotations_day_id (day, id)
      index supplier_quotations_owner_id (owner, id)
      index supplier_quotations_department_id (department, id)
      index supplier_quotations_state_id (state, id)
      searched`,
    },
    {
      createTable: `table supplier_quotation_lines
      id integer, parent integer, row_order integer, item integer?, name text?, spec text?, unit text?, unit_ratio integer?,
      quantity integer?, price integer?, gross_price integer?, price_basis text?, discount integer?, tax_code integer?,
      tax_rate integer?, net_amount integer?, tax_amount integer?, gross_amount integer?, gift integer = 0, warehouse integer?,
      remark text?, source_type text?, source integer?, source_row integer?, min_quantity integer?, lead_days integer?,
      ordered integer?, extra text?,
      rows of supplier_quotations
      index supplier_quotation_lines_parent_row_order (parent, row_order)
      index supplier_quotation_lines_item_id (item, id)
      index supplier_quotation_lines_source_id (source, id)
      index supplier_quotation_lines_source_row_id (source_row, id)`,
    },
    {
      createTable: `table purchase_contracts
      id integer, version integer, state text, number text?, supplier integer?, contact_name text?, contact_phone text?, day text?,
      currency integer?, exchange_rate integer?, in_own_currency integer = 0, term_days integer?, month_end_terms integer = 0,
      supplier_reference text?, deliver_by text?, subject text?, signed_on text?, signed_at text?, valid_from text?, valid_until text?,
      discount_rate integer?, discount_amount integer?, round_off integer?, net_total integer?, tax_total integer?, total integer?,
      base_total integer?, called_state text?, owner integer?, department integer?, remark text?, reason text?, extra text?,
      created_at text, created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique purchase_contracts_number_unique (number) where deleted_at is null and number is not null
      index purchase_contracts_supplier_id (supplier, id)
      index purchase_contracts_day_id (day, id)
      index purchase_contracts_owner_id (owner, id)
      index purchase_contracts_department_id (department, id)
      index purchase_contracts_state_id (state, id)
      searched`,
    },
    {
      createTable: `table purchase_contract_lines
      id integer, parent integer, row_order integer, item integer?, name text?, spec text?, unit text?, unit_ratio integer?,
      quantity integer?, price integer?, gross_price integer?, price_basis text?, discount integer?, tax_code integer?,
      tax_rate integer?, net_amount integer?, tax_amount integer?, gross_amount integer?, gift integer = 0, warehouse integer?,
      remark text?, called integer?, extra text?,
      rows of purchase_contracts
      index purchase_contract_lines_parent_row_order (parent, row_order)
      index purchase_contract_lines_item_id (item, id)`,
    },
    {
      createTable: `table purchase_contract_instalments
      id integer, parent integer, row_order integer, period integer?, due_on text?, share integer?, amount integer?, settled integer?,
      open integer?, invoice text?, remark text?, extra text?,
      rows of purchase_contracts
      index purchase_contract_instalments_parent_row_order (parent, row_order)`,
    },
    {
      createTable: `table purchase_orders
      id integer, version integer, state text, number text?, supplier integer?, contact_name text?, contact_phone text?, day text?,
      currency integer?, exchange_rate integer?, in_own_currency integer = 0, term_days integer?, month_end_terms integer = 0,
      supplier_reference text?, deliver_by text?, over_receipt integer?, signed_on text?, signed_at text?, discount_rate integer?,
      discount_amount integer?, round_off integer?, net_total integer?, tax_total integer?, total integer?, base_total integer?,
      payable_from text?, waived integer?, paid integer?, due_total integer?, open_amount integer?, payment_state text?,
      received_state text?, owner integer?, department integer?, remark text?, reason text?, extra text?, created_at text,
      created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique purchase_orders_number_unique (number) where deleted_at is null and number is not null
      index purchase_orders_supplier_id (supplier, id)
      index purchase_orders_day_id (day, id)
      index purchase_orders_payment_state_id (payment_state, id)
      index purchase_orders_received_state_id (received_state, id)
      index purchase_orders_owner_id (owner, id)
      index purchase_orders_department_id (department, id)
      index purchase_orders_state_id (state, id)
      searched`,
    },
    {
      createTable: `table purchase_order_lines
      id integer, parent integer, row_order integer, item integer?, name text?, spec text?, unit text?, unit_ratio integer?,
      quantity integer?, price integer?, gross_price integer?, price_basis text?, discount integer?, tax_code integer?,
      tax_rate integer?, net_amount integer?, tax_amount integer?, gross_amount integer?, gift integer = 0, warehouse integer?,
      remark text?, source_type text?, source integer?, source_row integer?, receivable integer?, received integer?, extra text?,
      rows of purchase_orders
      index purchase_order_lines_parent_row_order (parent, row_order)
      index purchase_order_lines_item_id (item, id)
      index purchase_order_lines_source_id (source, id)
      index purchase_order_lines_source_row_id (source_row, id)`,
    },
    {
      createTable: `table purchase_order_instalments
      id integer, parent integer, row_order integer, period integer?, due_on text?, share integer?, amount integer?, settled integer?,
      open integer?, invoice text?, remark text?, extra text?,
      rows of purchase_orders
      index purchase_order_instalments_parent_row_order (parent, row_order)`,
    },
    {
      createTable: `table stock_ins
      id integer, version integer, state text, number text?, supplier integer?, contact_name text?, contact_phone text?, day text?,
      keeper integer?, delivery_note text?, currency integer?, exchange_rate integer?, in_own_currency integer = 0, term_days integer?,
      month_end_terms integer = 0, freight integer?, freight_by text?, net_total integer?, tax_total integer?, total integer?,
      paid integer?, due_total integer?, open_amount integer?, payment_state text?, invoiced_total integer?, invoice_state text?,
      last_invoiced_on text?, cost_total integer?, reversal_of integer?, reversed_by integer?, owner integer?, department integer?,
      remark text?, reason text?, extra text?, created_at text, created_by integer, changed_at text, changed_by integer,
      deleted_at text?, deleted_by integer?,
      unique stock_ins_number_unique (number) where deleted_at is null and number is not null
      index stock_ins_supplier_id (supplier, id)
      index stock_ins_day_id (day, id)
      index stock_ins_payment_state_id (payment_state, id)
      index stock_ins_invoice_state_id (invoice_state, id)
      index stock_ins_reversal_of_id (reversal_of, id)
      index stock_ins_owner_id (owner, id)
      index stock_ins_department_id (department, id)
      index stock_ins_state_id (state, id)
      searched`,
    },
    {
      createTable: `table stock_in_lines
      id integer, parent integer, row_order integer, source_type text?, source integer?, source_row integer?, source_number text?,
      item integer?, name text?, spec text?, unit text?, unit_ratio integer?, quantity integer?, warehouse integer?, price integer?,
      gross_price integer?, price_basis text?, discount integer?, tax_code integer?, tax_rate integer?, net_amount integer?,
      tax_amount integer?, gross_amount integer?, gift integer = 0, whole_quantity integer?, whole_net integer?, whole_gross integer?,
      freight_share integer?, cost integer?, returned integer?, lot_numbers text?, invoiced integer?, remark text?, extra text?,
      rows of stock_ins
      index stock_in_lines_parent_row_order (parent, row_order)
      index stock_in_lines_source_id (source, id)
      index stock_in_lines_source_row_id (source_row, id)
      index stock_in_lines_item_id (item, id)`,
    },
    {
      createTable: `table stock_in_lots
      id integer, parent integer, row_order integer, item integer?, warehouse integer?, number text?, quantity integer?, made_on text?,
      expires_on text?, lot integer?, extra text?,
      rows of stock_ins
      index stock_in_lots_parent_row_order (parent, row_order)
      index stock_in_lots_lot_id (lot, id)`,
    },
    {
      createTable: `table purchase_returns
      id integer, version integer, state text, number text?, supplier integer?, contact_name text?, contact_phone text?, day text?,
      return_reason integer?, keeper integer?, currency integer?, exchange_rate integer?, in_own_currency integer = 0,
      net_total integer?, tax_total integer?, total integer?, cost_total integer?, credit_used integer?, credit_left integer?,
      reversal_of integer?, reversed_by integer?, owner integer?, department integer?, remark text?, reason text?, extra text?,
      created_at text, created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique purchase_returns_number_unique (number) where deleted_at is null and number is not null
      index purchase_returns_supplier_id (supplier, id)
      index purchase_returns_day_id (day, id)
      index purchase_returns_reversal_of_id (reversal_of, id)
      index purchase_returns_owner_id (owner, id)
      index purchase_returns_department_id (department, id)
      index purchase_returns_state_id (state, id)
      searched`,
    },
    {
      createTable: `table purchase_return_lines
      id integer, parent integer, row_order integer, source_type text?, source integer?, source_row integer?, source_number text?,
      item integer?, name text?, spec text?, unit text?, unit_ratio integer?, quantity integer?, warehouse integer?, price integer?,
      gross_price integer?, price_basis text?, discount integer?, tax_code integer?, tax_rate integer?, net_amount integer?,
      tax_amount integer?, gross_amount integer?, gift integer = 0, whole_quantity integer?, whole_net integer?, whole_gross integer?,
      whole_cost integer?, lot_numbers text?, cost integer?, remark text?, extra text?,
      rows of purchase_returns
      index purchase_return_lines_parent_row_order (parent, row_order)
      index purchase_return_lines_source_id (source, id)
      index purchase_return_lines_source_row_id (source_row, id)
      index purchase_return_lines_item_id (item, id)`,
    },
    {
      createTable: `table purchase_return_lots
      id integer, parent integer, row_order integer, item integer?, warehouse integer?, number text?, quantity integer?, made_on text?,
      expires_on text?, lot integer?, extra text?,
      rows of purchase_returns
      index purchase_return_lots_parent_row_order (parent, row_order)
      index purchase_return_lots_lot_id (lot, id)`,
    },
    {
      createTable: `table purchase_invoices
      id integer, version integer, state text, number text?, supplier integer?, day text?, received_on text?, invoice_kind text?,
      invoice_code text?, invoice_number text?, cert_state text?, cert_period text?, currency integer?, exchange_rate integer?,
      in_own_currency integer = 0, invoice_total integer?, invoice_tax integer?, net_total integer?, tax_total integer?, total integer?,
      base_total integer?, difference integer?, owner integer?, department integer?, remark text?, reason text?, fold_key text?,
      extra text?, created_at text, created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique purchase_invoices_number_unique (number) where deleted_at is null and number is not null
      unique purchase_invoices_fold_key_unique (fold_key) where deleted_at is null and fold_key is not null
      index purchase_invoices_supplier_id (supplier, id)
      index purchase_invoices_day_id (day, id)
      index purchase_invoices_invoice_kind_id (invoice_kind, id)
      index purchase_invoices_cert_state_id (cert_state, id)
      index purchase_invoices_cert_period_id (cert_period, id)
      index purchase_invoices_owner_id (owner, id)
      index purchase_invoices_department_id (department, id)
      index purchase_invoices_state_id (state, id)
      searched`,
    },
    {
      createTable: `table purchase_invoice_lines
      id integer, parent integer, row_order integer, source_type text?, source integer?, source_row integer?, source_number text?,
      item integer?, name text?, spec text?, unit text?, unit_ratio integer?, quantity integer?, price integer?, gross_price integer?,
      price_basis text?, tax_code integer?, tax_rate integer?, net_amount integer?, tax_amount integer?, gross_amount integer?,
      agreed_quantity integer?, agreed_net integer?, agreed_gross integer?, taken_before integer?, remark text?, extra text?,
      rows of purchase_invoices
      index purchase_invoice_lines_parent_row_order (parent, row_order)
      index purchase_invoice_lines_source_id (source, id)
      index purchase_invoice_lines_source_row_id (source_row, id)
      index purchase_invoice_lines_item_id (item, id)`,
    },
  ],
} as const;
