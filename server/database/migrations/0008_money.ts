export const migration = {
  number: 8,
  name: 'money',
  steps: [
    {
      createTable: `table receipts
      id integer, version integer, state text, number text?, customer integer?, day text?, account integer?, payment_method integer?,
      currency integer?, exchange_rate integer?, in_own_currency integer = 0, amount integer?, fee integer?, round_off integer?,
      account_currency integer?, account_amount integer?, arrived integer?, allocated integer?, prepaid integer?, credit_used integer?,
      credit_left integer?, base_total integer?, base_fee integer?, exchange_gain integer?, bank_reference text?, reversal_of integer?,
      reversed_by integer?, owner integer?, department integer?, remark text?, reason text?, extra text?, created_at text,
      created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
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
      source_total integer?, source_open integer?, source_rate integer?, amount integer?, exchange_gain integer?, remark text?,
      extra text?,
      rows of receipts
      index receipt_allocations_parent_row_order (parent, row_order)
      index receipt_allocations_source_id (source, id)
      index receipt_allocations_source_row_id (source_row, id)`,
    },
    {
      createTable: `table settlements
      id integer, version integer, state text, number text?, customer integer?, day text?, currency integer?, allocated integer?,
      credited integer?, difference integer?, exchange_gain integer?, reversal_of integer?, reversed_by integer?, owner integer?,
      department integer?, remark text?, reason text?, extra text?, created_at text, created_by integer, changed_at text,
      changed_by integer, deleted_at text?, deleted_by integer?,
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
      source_total integer?, source_open integer?, source_rate integer?, amount integer?, base_amount integer?, remark text?,
      extra text?,
      rows of settlements
      index settlement_allocations_parent_row_order (parent, row_order)
      index settlement_allocations_source_id (source, id)
      index settlement_allocations_source_row_id (source_row, id)`,
    },
    {
      createTable: `table settlement_credits
      id integer, parent integer, row_order integer, source_type text?, source integer?, source_row integer?, source_number text?,
      source_total integer?, source_open integer?, source_rate integer?, amount integer?, base_amount integer?, remark text?,
      extra text?,
      rows of settlements
      index settlement_credits_parent_row_order (parent, row_order)
      index settlement_credits_source_id (source, id)
      index settlement_credits_source_row_id (source_row, id)`,
    },
    {
      createTable: `table refunds
      id integer, version integer, state text, number text?, customer integer?, day text?, account integer?, payment_method integer?,
      currency integer?, exchange_rate integer?, in_own_currency integer = 0, credited integer?, account_currency integer?,
      account_amount integer?, exchange_gain integer?, payee text?, payee_account text?, purpose text?, bank_reference text?,
      reversal_of integer?, reversed_by integer?, owner integer?, department integer?, remark text?, reason text?, extra text?,
      created_at text, created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique refunds_number_unique (number) where deleted_at is null and number is not null
      index refunds_customer_id (customer, id)
      index refunds_day_id (day, id)
      index refunds_reversal_of_id (reversal_of, id)
      index refunds_owner_id (owner, id)
      index refunds_department_id (department, id)
      index refunds_state_id (state, id)
      searched`,
    },
    {
      createTable: `table refund_credits
      id integer, parent integer, row_order integer, source_type text?, source integer?, source_row integer?, source_number text?,
      source_total integer?, source_open integer?, source_rate integer?, amount integer?, base_amount integer?, remark text?,
      extra text?,
      rows of refunds
      index refund_credits_parent_row_order (parent, row_order)
      index refund_credits_source_id (source, id)
      index refund_credits_source_row_id (source_row, id)`,
    },
    {
      createTable: `table debt_transfers
      id integer, version integer, state text, number text?, from_customer integer?, customer integer?, day text?, due_on text?,
      currency integer?, total integer?, exchange_rate integer?, received integer?, due_total integer?, open_amount integer?,
      payment_state text?, reversal_of integer?, reversed_by integer?, owner integer?, department integer?, remark text?, reason text?,
      extra text?, created_at text, created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique debt_transfers_number_unique (number) where deleted_at is null and number is not null
      index debt_transfers_from_customer_id (from_customer, id)
      index debt_transfers_customer_id (customer, id)
      index debt_transfers_day_id (day, id)
      index debt_transfers_payment_state_id (payment_state, id)
      index debt_transfers_reversal_of_id (reversal_of, id)
      index debt_transfers_owner_id (owner, id)
      index debt_transfers_department_id (department, id)
      index debt_transfers_state_id (state, id)
      searched`,
    },
    {
      createTable: `table debt_transfer_allocations
      id integer, parent integer, row_order integer, source_type text?, source integer?, source_row integer?, source_number text?,
      source_total integer?, source_open integer?, source_rate integer?, amount integer?, base_amount integer?, remark text?,
      extra text?,
      rows of debt_transfers
      index debt_transfer_allocations_parent_row_order (parent, row_order)
      index debt_transfer_allocations_source_id (source, id)
      index debt_transfer_allocations_source_row_id (source_row, id)`,
    },
    {
      createTable: `table nettings
      id integer, version integer, state text, number text?, customer integer?, supplier integer?, linked_customer integer?, day text?,
      currency integer?, allocated integer?, credited integer?, difference integer?, exchange_gain integer?, reversal_of integer?,
      reversed_by integer?, owner integer?, department integer?, remark text?, reason text?, extra text?, created_at text,
      created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique nettings_number_unique (number) where deleted_at is null and number is not null
      index nettings_customer_id (customer, id)
      index nettings_supplier_id (supplier, id)
      index nettings_day_id (day, id)
      index nettings_reversal_of_id (reversal_of, id)
      index nettings_owner_id (owner, id)
      index nettings_department_id (department, id)
      index nettings_state_id (state, id)
      searched`,
    },
    {
      createTable: `table netting_allocations
      id integer, parent integer, row_order integer, source_type text?, source integer?, source_row integer?, source_number text?,
      source_total integer?, source_open integer?, source_rate integer?, amount integer?, base_amount integer?, remark text?,
      extra text?,
      rows of nettings
      index netting_allocations_parent_row_order (parent, row_order)
      index netting_allocations_source_id (source, id)
      index netting_allocations_source_row_id (source_row, id)`,
    },
    {
      createTable: `table netting_payables
      id integer, parent integer, row_order integer, source_type text?, source integer?, source_row integer?, source_number text?,
      source_total integer?, source_open integer?, source_rate integer?, amount integer?, base_amount integer?, remark text?,
      extra text?,
      rows of nettings
      index netting_payables_parent_row_order (parent, row_order)
      index netting_payables_source_id (source, id)
      index netting_payables_source_row_id (source_row, id)`,
    },
    {
      createTable: `table payments
      id integer, version integer, state text, number text?, supplier integer?, day text?, account integer?, payment_method integer?,
      currency integer?, exchange_rate integer?, in_own_currency integer = 0, amount integer?, fee integer?, round_off integer?,
      account_currency integer?, account_amount integer?, paid_out integer?, allocated integer?, prepaid integer?, credit_used integer?,
      credit_left integer?, base_total integer?, base_fee integer?, exchange_gain integer?, bank_reference text?, reversal_of integer?,
      reversed_by integer?, owner integer?, department integer?, remark text?, reason text?, extra text?, created_at text,
      created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique payments_number_unique (number) where deleted_at is null and number is not null
      index payments_supplier_id (supplier, id)
      index payments_day_id (day, id)
      index payments_reversal_of_id (reversal_of, id)
      index payments_owner_id (owner, id)
      index payments_department_id (department, id)
      index payments_state_id (state, id)
      searched`,
    },
    {
      createTable: `table payment_allocations
      id integer, parent integer, row_order integer, source_type text?, source integer?, source_row integer?, source_number text?,
      source_total integer?, source_open integer?, source_rate integer?, amount integer?, exchange_gain integer?, remark text?,
      extra text?,
      rows of payments
      index payment_allocations_parent_row_order (parent, row_order)
      index payment_allocations_source_id (source, id)
      index payment_allocations_source_row_id (source_row, id)`,
    },
    {
      createTable: `table supplier_settlements
      id integer, version integer, state text, number text?, supplier integer?, day text?, currency integer?, allocated integer?,
      credited integer?, difference integer?, exchange_gain integer?, reversal_of integer?, reversed_by integer?, owner integer?,
      department integer?, remark text?, reason text?, extra text?, created_at text, created_by integer, changed_at text,
      changed_by integer, deleted_at text?, deleted_by integer?,
      unique supplier_settlements_number_unique (number) where deleted_at is null and number is not null
      index supplier_settlements_supplier_id (supplier, id)
      index supplier_settlements_day_id (day, id)
      index supplier_settlements_reversal_of_id (reversal_of, id)
      index supplier_settlements_owner_id (owner, id)
      index supplier_settlements_department_id (department, id)
      index supplier_settlements_state_id (state, id)
      searched`,
    },
    {
      createTable: `table supplier_settlement_allocations
      id integer, parent integer, row_order integer, source_type text?, source integer?, source_row integer?, source_number text?,
      source_total integer?, source_open integer?, source_rate integer?, amount integer?, base_amount integer?, remark text?,
      extra text?,
      rows of supplier_settlements
      index supplier_settlement_allocations_parent_row_order (parent, row_order)
      index supplier_settlement_allocations_source_id (source, id)
      index supplier_settlement_allocations_source_row_id (source_row, id)`,
    },
    {
      createTable: `table supplier_settlement_credits
      id integer, parent integer, row_order integer, source_type text?, source integer?, source_row integer?, source_number text?,
      source_total integer?, source_open integer?, source_rate integer?, amount integer?, base_amount integer?, remark text?,
      extra text?,
      rows of supplier_settlements
      index supplier_settlement_credits_parent_row_order (parent, row_order)
      index supplier_settlement_credits_source_id (source, id)
      index supplier_settlement_credits_source_row_id (source_row, id)`,
    },
    {
      createTable: `table supplier_refunds
      id integer, version integer, state text, number text?, supplier integer?, day text?, account integer?, payment_method integer?,
      currency integer?, exchange_rate integer?, in_own_currency integer = 0, credited integer?, account_currency integer?,
      account_amount integer?, exchange_gain integer?, payee text?, payee_account text?, purpose text?, bank_reference text?,
      reversal_of integer?, reversed_by integer?, owner integer?, department integer?, remark text?, reason text?, extra text?,
      created_at text, created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique supplier_refunds_number_unique (number) where deleted_at is null and number is not null
      index supplier_refunds_supplier_id (supplier, id)
      index supplier_refunds_day_id (day, id)
      index supplier_refunds_reversal_of_id (reversal_of, id)
      index supplier_refunds_owner_id (owner, id)
      index supplier_refunds_department_id (department, id)
      index supplier_refunds_state_id (state, id)
      searched`,
    },
    {
      createTable: `table supplier_refund_credits
      id integer, parent integer, row_order integer, source_type text?, source integer?, source_row integer?, source_number text?,
      source_total integer?, source_open integer?, source_rate integer?, amount integer?, base_amount integer?, remark text?,
      extra text?,
      rows of supplier_refunds
      index supplier_refund_credits_parent_row_order (parent, row_order)
      index supplier_refund_credits_source_id (source, id)
      index supplier_refund_credits_source_row_id (source_row, id)`,
    },
    {
      createTable: `table payable_transfers
      id integer, version integer, state text, number text?, from_supplier integer?, supplier integer?, day text?, due_on text?,
      currency integer?, total integer?, exchange_rate integer?, paid integer?, due_total integer?, open_amount integer?,
      payment_state text?, reversal_of integer?, reversed_by integer?, owner integer?, department integer?, remark text?, reason text?,
      extra text?, created_at text, created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique payable_transfers_number_unique (number) where deleted_at is null and number is not null
      index payable_transfers_from_supplier_id (from_supplier, id)
      index payable_transfers_supplier_id (supplier, id)
      index payable_transfers_day_id (day, id)
      index payable_transfers_payment_state_id (payment_state, id)
      index payable_transfers_reversal_of_id (reversal_of, id)
      index payable_transfers_owner_id (owner, id)
      index payable_transfers_department_id (department, id)
      index payable_transfers_state_id (state, id)
      searched`,
    },
    {
      createTable: `table payable_transfer_allocations
      id integer, parent integer, row_order integer, source_type text?, source integer?, source_row integer?, source_number text?,
      source_total integer?, source_open integer?, source_rate integer?, amount integer?, base_amount integer?, remark text?,
      extra text?,
      rows of payable_transfers
      index payable_transfer_allocations_parent_row_order (parent, row_order)
      index payable_transfer_allocations_source_id (source, id)
      index payable_transfer_allocations_source_row_id (source_row, id)`,
    },
    {
      createTable: `table customer_confirmations
      id integer, version integer, state text, number text?, customer integer?, day text?, currency integer?, through text?,
      balance integer?, confirmed_by text?, proof integer?, owner integer?, department integer?, remark text?, reason text?,
      extra text?, created_at text, created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique customer_confirmations_number_unique (number) where deleted_at is null and number is not null
      index customer_confirmations_customer_id (customer, id)
      index customer_confirmations_day_id (day, id)
      index customer_confirmations_through_id (through, id)
      index customer_confirmations_owner_id (owner, id)
      index customer_confirmations_department_id (department, id)
      index customer_confirmations_state_id (state, id)
      searched`,
    },
    {
      createTable: `table supplier_confirmations
      id integer, version integer, state text, number text?, supplier integer?, day text?, currency integer?, through text?,
      balance integer?, confirmed_by text?, proof integer?, owner integer?, department integer?, remark text?, reason text?,
      extra text?, created_at text, created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique supplier_confirmations_number_unique (number) where deleted_at is null and number is not null
      index supplier_confirmations_supplier_id (supplier, id)
      index supplier_confirmations_day_id (day, id)
      index supplier_confirmations_through_id (through, id)
      index supplier_confirmations_owner_id (owner, id)
      index supplier_confirmations_department_id (department, id)
      index supplier_confirmations_state_id (state, id)
      searched`,
    },
    {
      createTable: `table opening_balances
      id integer, version integer, state text, number text?, customer integer?, day text?, currency integer?, exchange_rate integer?,
      in_own_currency integer = 0, total integer?, reference text?, due_on text?, received integer?, due_total integer?,
      open_amount integer?, payment_state text?, owner integer?, department integer?, remark text?, reason text?, extra text?,
      created_at text, created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
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
