export const migration = {
  number: 5,
  name: 'money',
  steps: [
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
