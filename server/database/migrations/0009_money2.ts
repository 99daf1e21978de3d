export const migration = {
  number: 9,
  name: 'money2',
  steps: [
    {
      createTable: `table opening_credits
      id integer, version integer, state text, number text?, customer integer?, day text?, currency integer?, exchange_rate integer?,
      in_own_currency integer = 0, total integer?, reference text?, credit_used integer?, credit_left integer?, owner integer?,
      department integer?, remark text?, reason text?, extra text?, created_at text, created_by integer, changed_at text,
      changed_by integer, deleted_at text?, deleted_by integer?,
      unique opening_credits_number_unique (number) where deleted_at is null and number is not null
      index opening_credits_customer_id (customer, id)
      index opening_credits_day_id (day, id)
      index opening_credits_owner_id (owner, id)
      index opening_credits_department_id (department, id)
      index opening_credits_state_id (state, id)
      searched`,
    },
    {
      createTable: `table opening_payables
      id integer, version integer, state text, number text?, supplier integer?, day text?, currency integer?, exchange_rate integer?,
      in_own_currency integer = 0, total integer?, reference text?, due_on text?, paid integer?, due_total integer?,
      open_amount integer?, payment_state text?, owner integer?, department integer?, remark text?, reason text?, extra text?,
      created_at text, created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique opening_payables_number_unique (number) where deleted_at is null and number is not null
      index opening_payables_supplier_id (supplier, id)
      index opening_payables_day_id (day, id)
      index opening_payables_payment_state_id (payment_state, id)
      index opening_payables_owner_id (owner, id)
      index opening_payables_department_id (department, id)
      index opening_payables_state_id (state, id)
      searched`,
    },
    {
      createTable: `table opening_supplier_credits
      id integer, version integer, state text, number text?, supplier integer?, day text?, currency integer?, exchange_rate integer?,
      in_own_currency integer = 0, total integer?, reference text?, credit_used integer?, credit_left integer?, owner integer?,
      department integer?, remark text?, reason text?, extra text?, created_at text, created_by integer, changed_at text,
      changed_by integer, deleted_at text?, deleted_by integer?,
      unique opening_supplier_credits_number_unique (number) where deleted_at is null and number is not null
      index opening_supplier_credits_supplier_id (supplier, id)
      index opening_supplier_credits_day_id (day, id)
      index opening_supplier_credits_owner_id (owner, id)
      index opening_supplier_credits_department_id (department, id)
      index opening_supplier_credits_state_id (state, id)
      searched`,
    },
    {
      createTable: `table opening_cashes
      id integer, version integer, state text, number text?, account integer?, day text?, currency integer?, amount integer?,
      owner integer?, department integer?, remark text?, reason text?, extra text?, created_at text, created_by integer,
      changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique opening_cashes_number_unique (number) where deleted_at is null and number is not null
      index opening_cashes_account_id (account, id)
      index opening_cashes_day_id (day, id)
      index opening_cashes_owner_id (owner, id)
      index opening_cashes_department_id (department, id)
      index opening_cashes_state_id (state, id)
      searched`,
    },
  ],
} as const;
