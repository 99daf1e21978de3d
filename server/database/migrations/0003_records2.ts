export const migration = {
  number: 3,
  name: 'records2',
  steps: [
    {
      createTable: `table lots
      id integer, version integer, number text?, item integer?, made_on text?, expires_on text?, supplier integer?, blocked integer = 0,
      key text?, warned_on text?, remark text?, extra text?, created_at text, created_by integer, changed_at text, changed_by integer,
      deleted_at text?, deleted_by integer?,
      unique lots_key_unique (key) where deleted_at is null and key is not null
      index lots_number_id (number, id)
      index lots_item_id (item, id)
      index lots_expires_on_id (expires_on, id)
      index lots_changed_at_id (changed_at, id)
      searched`,
    },
    {
      createTable: `table customers
      id integer, version integer, code text?, name text?, name_sort text?, short_name text?, mnemonic text?, parent integer?,
      grade integer?, category integer?, status integer?, status_since text?, region integer?, trade integer?, size integer?,
      source integer?, relation integer?, worth integer?, province text?, city text?, address text?, postcode text?, phone text?,
      finance_phone text?, fax text?, email text?, website text?, tax_number text?, invoice_kind text?, bank text?, bank_account text?,
      credit_grade integer?, credit_limit integer?, term_days integer?, month_end_terms integer = 0, price_level integer?,
      plain_delivery integer = 0, tax_code integer?, currency integer?, language text?, registered_on text?, last_activity_on text?,
      remark text?, owner integer?, department integer?, fold_key text?, near_key text?, extra text?, created_at text,
      created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique customers_code_unique (code) where deleted_at is null and code is not null
      unique customers_fold_key_unique (fold_key) where deleted_at is null and fold_key is not null
      index customers_near_key_id (near_key, id)
      index customers_grade_id (grade, id)
      index customers_status_id (status, id)
      index customers_region_id (region, id)
      index customers_last_activity_on_id (last_activity_on, id)
      index customers_owner_id (owner, id)
      index customers_department_id (department, id)
      index customers_name_sort_id (name_sort, id)
      index customers_changed_at_id (changed_at, id)
      searched`,
    },
    {
      createTable: `table customer_addresses
      id integer, parent integer, row_order integer, purpose text?, recipient text?, phone text?, address text?, main integer = 0,
      extra text?,
      rows of customers
      index customer_addresses_parent_row_order (parent, row_order)`,
    },
    {
      createTable: `table customer_billing_titles
      id integer, parent integer, row_order integer, title text?, tax_number text?, address text?, phone text?, bank text?,
      bank_account text?, main integer = 0, extra text?,
      rows of customers
      index customer_billing_titles_parent_row_order (parent, row_order)`,
    },
    {
      createTable: `table contacts
      id integer, version integer, customer integer?, name text?, name_sort text?, main integer = 0, gender text?, age integer?,
      department text?, job_title text?, superior integer?, mobile text?, office_phone text?, home_phone text?, fax text?, email text?,
      birthday text?, hobbies text?, responsible integer?, remark text?, extra text?, created_at text, created_by integer,
      changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      index contacts_customer_id (customer, id)
      index contacts_name_sort_id (name_sort, id)
      index contacts_changed_at_id (changed_at, id)
      searched`,
    },
    {
      createTable: `table customer_items
      id integer, version integer, customer integer?, item integer?, code text?, name text?, gross_price integer?, valid_until text?,
      remark text?, fold_key text?, extra text?, created_at text, created_by integer, changed_at text, changed_by integer,
      deleted_at text?, deleted_by integer?,
      unique customer_items_fold_key_unique (fold_key) where deleted_at is null and fold_key is not null
      index customer_items_customer_id (customer, id)
      index customer_items_item_id (item, id)
      index customer_items_code_id (code, id)
      index customer_items_changed_at_id (changed_at, id)
      searched`,
    },
    {
      createTable: `table suppliers
      id integer, version integer, code text?, name text?, name_sort text?, short_name text?, mnemonic text?, customer integer?,
      stopped integer = 0, grade integer?, category integer?, region integer?, trade integer?, province text?, city text?,
      address text?, postcode text?, phone text?, fax text?, email text?, website text?, tax_number text?, bank text?,
      bank_account text?, term_days integer?, month_end_terms integer = 0, currency integer?, tax_code integer?, over_receipt integer?,
      lead_days integer?, language text?, buyer integer?, registered_on text?, remark text?, fold_key text?, near_key text?,
      extra text?, created_at text, created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique suppliers_code_unique (code) where deleted_at is null and code is not null
      unique suppliers_fold_key_unique (fold_key) where deleted_at is null and fold_key is not null
      index suppliers_near_key_id (near_key, id)
      index suppliers_customer_id (customer, id)
      index suppliers_grade_id (grade, id)
      index suppliers_category_id (category, id)
      index suppliers_name_sort_id (name_sort, id)
      index suppliers_changed_at_id (changed_at, id)
      searched`,
    },
    {
      createTable: `table supplier_contacts
      id integer, parent integer, row_order integer, name text?, job_title text?, mobile text?, phone text?, email text?,
      main integer = 0, remark text?, extra text?,
      rows of suppliers
      index supplier_contacts_parent_row_order (parent, row_order)`,
    },
    {
      createTable: `table supplier_prices
      id integer, version integer, code text?, supplier integer?, item integer?, supplier_code text?, supplier_name text?,
      min_quantity integer?, gross_price integer?, currency integer?, valid_from text?, valid_until text?, lead_days integer?,
      stopped integer = 0, remark text?, extra text?, created_at text, created_by integer, changed_at text, changed_by integer,
      deleted_at text?, deleted_by integer?,
      unique supplier_prices_code_unique (code) where deleted_at is null and code is not null
      index supplier_prices_code_id (code, id)
      index supplier_prices_supplier_id (supplier, id)
      index supplier_prices_item_id (item, id)
      index supplier_prices_changed_at_id (changed_at, id)
      searched`,
    },
    {
      createTable: `table print_templates
      id integer, version integer, name text?, name_sort text?, document_type text?, language text?, main integer = 0,
      stopped integer = 0, layout text?, extra text?, created_at text, created_by integer, changed_at text, changed_by integer,
      deleted_at text?, deleted_by integer?,
      index print_templates_document_type_id (document_type, id)
      index print_templates_name_sort_id (name_sort, id)
      index print_templates_changed_at_id (changed_at, id)
      searched`,
    },
  ],
} as const;
