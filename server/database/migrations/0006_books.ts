export const migration = {
  number: 6,
  name: 'books',
  steps: [
    {
      createTable: `table sales_invoices
      id integer, version integer, state text, number text?, customer integer?, day text?, invoice_kind text?, invoice_code text?,
      invoice_number text?, billing_title text?, billing_tax_number text?, billing_address text?, billing_phone text?,
      billing_bank text?, billing_bank_account text?, currency integer?, exchange_rate integer?, in_own_currency integer = 0,
      tax_adjustment integer?, net_total integer?, tax_total integer?, total integer?, base_total integer?, sent_on text?,
      carrier integer?, parcel_number text?, owner integer?, department integer?, remark text?, reason text?, fold_key text?,
      extra text?, created_at text, created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique sales_invoices_number_unique (number) where deleted_at is null and number is not null
      unique sales_invoices_fold_key_unique (fold_key) where deleted_at is null and fold_key is not null
      index sales_invoices_customer_id (customer, id)
      index sales_invoices_day_id (day, id)
      index sales_invoices_invoice_kind_id (invoice_kind, id)
      index sales_invoices_owner_id (owner, id)
      index sales_invoices_department_id (department, id)
      index sales_invoices_state_id (state, id)
      searched`,
    },
    {
      createTable: `table sales_invoice_lines
      id integer, parent integer, row_order integer, source_type text?, source integer?, source_row integer?, source_number text?,
      item integer?, name text?, spec text?, unit text?, unit_ratio integer?, quantity integer?, price integer?, gross_price integer?,
      price_basis text?, tax_code integer?, tax_rate integer?, net_amount integer?, tax_amount integer?, gross_amount integer?,
      agreed_quantity integer?, agreed_net integer?, agreed_gross integer?, taken_before integer?, remark text?, reddened integer?,
      extra text?,
      rows of sales_invoices
      index sales_invoice_lines_parent_row_order (parent, row_order)
      index sales_invoice_lines_source_id (source, id)
      index sales_invoice_lines_source_row_id (source_row, id)
      index sales_invoice_lines_item_id (item, id)`,
    },
    {
      createTable: `table red_invoices
      id integer, version integer, state text, number text?, customer integer?, day text?, invoice_kind text?, invoice_code text?,
      invoice_number text?, billing_title text?, billing_tax_number text?, billing_address text?, billing_phone text?,
      billing_bank text?, billing_bank_account text?, currency integer?, exchange_rate integer?, in_own_currency integer = 0,
      red_reason text?, confirmation_state text?, confirmation_number text?, blue_code text?, blue_number text?, blue_day text?,
      sales_return integer?, tax_adjustment integer?, net_total integer?, tax_total integer?, total integer?, base_total integer?,
      owner integer?, department integer?, remark text?, reason text?, fold_key text?, extra text?, created_at text, created_by integer,
      changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique red_invoices_number_unique (number) where deleted_at is null and number is not null
      unique red_invoices_fold_key_unique (fold_key) where deleted_at is null and fold_key is not null
      index red_invoices_customer_id (customer, id)
      index red_invoices_day_id (day, id)
      index red_invoices_invoice_kind_id (invoice_kind, id)
      index red_invoices_sales_return_id (sales_return, id)
      index red_invoices_owner_id (owner, id)
      index red_invoices_department_id (department, id)
      index red_invoices_state_id (state, id)
      searched`,
    },
    {
      createTable: `table red_invoice_lines
      id integer, parent integer, row_order integer, source_type text?, source integer?, source_row integer?, source_number text?,
      item integer?, name text?, spec text?, unit text?, unit_ratio integer?, quantity integer?, price integer?, gross_price integer?,
      price_basis text?, tax_code integer?, tax_rate integer?, net_amount integer?, tax_amount integer?, gross_amount integer?,
      agreed_quantity integer?, agreed_net integer?, agreed_gross integer?, taken_before integer?, remark text?, extra text?,
      rows of red_invoices
      index red_invoice_lines_parent_row_order (parent, row_order)
      index red_invoice_lines_source_id (source, id)
      index red_invoice_lines_source_row_id (source_row, id)
      index red_invoice_lines_item_id (item, id)`,
    },
    {
      createTable: `table expense_claims
      id integer, version integer, state text, number text?, claimant integer?, day text?, purpose text?, account integer?,
      total integer?, tax_total integer?, offset integer?, payable integer?, owner integer?, department integer?, remark text?,
      reason text?, extra text?, created_at text, created_by integer, changed_at text, changed_by integer, deleted_at text?,
      deleted_by integer?,
      unique expense_claims_number_unique (number) where deleted_at is null and number is not null
      index expense_claims_claimant_id (claimant, id)
      index expense_claims_day_id (day, id)
      index expense_claims_owner_id (owner, id)
      index expense_claims_department_id (department, id)
      index expense_claims_state_id (state, id)
      searched`,
    },
    {
      createTable: `table expense_claim_lines
      id integer, parent integer, row_order integer, category integer?, receipt_day text?, description text?, amount integer?,
      tax_amount integer?, customer integer?, order integer?, extra text?,
      rows of expense_claims
      index expense_claim_lines_parent_row_order (parent, row_order)
      index expense_claim_lines_customer_id (customer, id)
      index expense_claim_lines_order_id (order, id)`,
    },
    {
      createTable: `table expense_claim_offsets
      id integer, parent integer, row_order integer, source_type text?, source integer?, source_row integer?, source_number text?,
      source_total integer?, source_open integer?, amount integer?, remark text?, extra text?,
      rows of expense_claims
      index expense_claim_offsets_parent_row_order (parent, row_order)
      index expense_claim_offsets_source_id (source, id)
      index expense_claim_offsets_source_row_id (source_row, id)`,
    },
    {
      createTable: `table advances
      id integer, version integer, state text, number text?, claimant integer?, day text?, purpose text?, amount integer?,
      clear_by text?, account integer?, cleared integer?, open_amount integer?, owner integer?, department integer?, remark text?,
      reason text?, extra text?, created_at text, created_by integer, changed_at text, changed_by integer, deleted_at text?,
      deleted_by integer?,
      unique advances_number_unique (number) where deleted_at is null and number is not null
      index advances_claimant_id (claimant, id)
      index advances_day_id (day, id)
      index advances_owner_id (owner, id)
      index advances_department_id (department, id)
      index advances_state_id (state, id)
      searched`,
    },
    {
      createTable: `table advance_returns
      id integer, version integer, state text, number text?, claimant integer?, day text?, account integer?, total integer?,
      owner integer?, department integer?, remark text?, reason text?, extra text?, created_at text, created_by integer,
      changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique advance_returns_number_unique (number) where deleted_at is null and number is not null
      index advance_returns_claimant_id (claimant, id)
      index advance_returns_day_id (day, id)
      index advance_returns_owner_id (owner, id)
      index advance_returns_department_id (department, id)
      index advance_returns_state_id (state, id)
      searched`,
    },
    {
      createTable: `table advance_return_returns
      id integer, parent integer, row_order integer, source_type text?, source integer?, source_row integer?, source_number text?,
      source_total integer?, source_open integer?, amount integer?, remark text?, extra text?,
      rows of advance_returns
      index advance_return_returns_parent_row_order (parent, row_order)
      index advance_return_returns_source_id (source, id)
      index advance_return_returns_source_row_id (source_row, id)`,
    },
    {
      createTable: `table cash_entries
      id integer, version integer, state text, number text?, day text?, direction text?, account integer?, cash_category integer?,
      amount integer?, currency integer?, party text?, customer integer?, reference text?, reversal_of integer?, reversed_by integer?,
      owner integer?, department integer?, remark text?, reason text?, extra text?, created_at text, created_by integer,
      changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique cash_entries_number_unique (number) where deleted_at is null and number is not null
      index cash_entries_day_id (day, id)
      index cash_entries_direction_id (direction, id)
      index cash_entries_cash_category_id (cash_category, id)
      index cash_entries_customer_id (customer, id)
      index cash_entries_reversal_of_id (reversal_of, id)
      index cash_entries_owner_id (owner, id)
      index cash_entries_department_id (department, id)
      index cash_entries_state_id (state, id)
      searched`,
    },
    {
      createTable: `table cash_transfers
      id integer, version integer, state text, number text?, day text?, from_account integer?, to_account integer?, amount integer?,
      fee integer?, exchange_rate integer?, arrived integer?, currency integer?, target_currency integer?, bank_reference text?,
      reversal_of integer?, reversed_by integer?, owner integer?, department integer?, remark text?, reason text?, extra text?,
      created_at text, created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique cash_transfers_number_unique (number) where deleted_at is null and number is not null
      index cash_transfers_day_id (day, id)
      index cash_transfers_reversal_of_id (reversal_of, id)
      index cash_transfers_owner_id (owner, id)
      index cash_transfers_department_id (department, id)
      index cash_transfers_state_id (state, id)
      searched`,
    },
    {
      createTable: `table account_days
      id integer, version integer, state text, number text?, account integer?, day text?, currency integer?, opening integer?,
      income integer?, expense integer?, closing integer?, counted integer?, difference integer?, owner integer?, department integer?,
      remark text?, reason text?, extra text?, created_at text, created_by integer, changed_at text, changed_by integer,
      deleted_at text?, deleted_by integer?,
      unique account_days_number_unique (number) where deleted_at is null and number is not null
      index account_days_account_id (account, id)
      index account_days_day_id (day, id)
      index account_days_owner_id (owner, id)
      index account_days_department_id (department, id)
      index account_days_state_id (state, id)
      searched`,
    },
  ],
} as const;
