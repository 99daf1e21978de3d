export const migration = {
  number: 2,
  name: 'records',
  steps: [
    {
      createTable: `table departments
      id integer, version integer, name text?, name_sort text?, code text?, kind_of_unit text?, parent integer?, head integer?,
      sequence integer?, remark text?, extra text?, created_at text, created_by integer, changed_at text, changed_by integer,
      deleted_at text?, deleted_by integer?,
      index departments_name_sort_id (name_sort, id)
      index departments_changed_at_id (changed_at, id)
      searched`,
    },
    {
      createTable: `table positions
      id integer, version integer, name text?, name_sort text?, code text?, administrator integer = 0, delegable integer = 0,
      price_level integer?, remark text?, extra text?, created_at text, created_by integer, changed_at text, changed_by integer,
      deleted_at text?, deleted_by integer?,
      unique positions_name_unique (name) where deleted_at is null and name is not null
      index positions_name_sort_id (name_sort, id)
      index positions_changed_at_id (changed_at, id)
      searched`,
    },
    {
      createTable: `table position_grants
      id integer, parent integer, row_order integer, type text?, operation text?, scope text?, extra text?,
      rows of positions
      index position_grants_parent_row_order (parent, row_order)`,
    },
    {
      createTable: `table position_special_rights
      id integer, parent integer, row_order integer, right text?, extra text?,
      rows of positions
      index position_special_rights_parent_row_order (parent, row_order)`,
    },
    {
      createTable: `table position_field_rights
      id integer, parent integer, row_order integer, type text?, field text?, access text?, extra text?,
      rows of positions
      index position_field_rights_parent_row_order (parent, row_order)`,
    },
    {
      createTable: `table users
      id integer, version integer, login text?, name text?, name_sort text?, department integer?, superior integer?, job_title text?,
      mobile text?, email text?, language text?, price_level integer?, employment text?, joined_on text?, left_on text?, remark text?,
      extra text?, created_at text, created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique users_login_unique (login) where deleted_at is null and login is not null
      index users_department_id (department, id)
      index users_name_sort_id (name_sort, id)
      index users_changed_at_id (changed_at, id)
      searched`,
    },
    {
      createTable: `table user_positions
      id integer, parent integer, row_order integer, held integer?, extra text?,
      rows of users
      index user_positions_parent_row_order (parent, row_order)`,
    },
    {
      createTable: `table user_warehouses
      id integer, parent integer, row_order integer, warehouse integer?, extra text?,
      rows of users
      index user_warehouses_parent_row_order (parent, row_order)`,
    },
    {
      createTable: `table currencies
      id integer, version integer, code text?, name text?, name_sort text?, symbol text?, digits integer?, rate integer?,
      main integer = 0, extra text?, created_at text, created_by integer, changed_at text, changed_by integer, deleted_at text?,
      deleted_by integer?,
      unique currencies_code_unique (code) where deleted_at is null and code is not null
      index currencies_code_id (code, id)
      index currencies_name_sort_id (name_sort, id)
      index currencies_changed_at_id (changed_at, id)
      searched`,
    },
    {
      createTable: `table tax_codes
      id integer, version integer, name text?, name_sort text?, rate integer?, exempt integer = 0, main integer = 0,
      stopped integer = 0, legal_source text?, extra text?, created_at text, created_by integer, changed_at text, changed_by integer,
      deleted_at text?, deleted_by integer?,
      unique tax_codes_name_unique (name) where deleted_at is null and name is not null
      index tax_codes_name_sort_id (name_sort, id)
      index tax_codes_changed_at_id (changed_at, id)
      searched`,
    },
    {
      createTable: `table dictionary_entries
      id integer, version integer, dictionary text?, name text?, name_sort text?, code text?, sequence integer?, stopped integer = 0,
      query_address text?, arrival_days integer?, remark text?, fold_key text?, extra text?, created_at text, created_by integer,
      changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique dictionary_entries_fold_key_unique (fold_key) where deleted_at is null and fold_key is not null
      index dictionary_entries_dictionary_id (dictionary, id)
      index dictionary_entries_name_sort_id (name_sort, id)
      index dictionary_entries_changed_at_id (changed_at, id)
      searched`,
    },
    {
      createTable: `table accounts
      id integer, version integer, code text?, name text?, name_sort text?, account_kind text?, currency integer?, department integer?,
      bank text?, bank_account text?, main integer = 0, private_account integer = 0, stopped integer = 0, remark text?, extra text?,
      created_at text, created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique accounts_code_unique (code) where deleted_at is null and code is not null
      unique accounts_name_unique (name) where deleted_at is null and name is not null
      index accounts_code_id (code, id)
      index accounts_name_sort_id (name_sort, id)
      index accounts_changed_at_id (changed_at, id)
      searched`,
    },
    {
      createTable: `table payment_methods
      id integer, version integer, name text?, name_sort text?, account integer?, main integer = 0, stopped integer = 0, extra text?,
      created_at text, created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique payment_methods_name_unique (name) where deleted_at is null and name is not null
      index payment_methods_name_sort_id (name_sort, id)
      index payment_methods_changed_at_id (changed_at, id)
      searched`,
    },
    {
      createTable: `table order_types
      id integer, version integer, name text?, name_sort text?, outbound_by text?, receivable_from text?, deposit_rate integer?,
      main integer = 0, stopped integer = 0, remark text?, extra text?, created_at text, created_by integer, changed_at text,
      changed_by integer, deleted_at text?, deleted_by integer?,
      unique order_types_name_unique (name) where deleted_at is null and name is not null
      index order_types_name_sort_id (name_sort, id)
      index order_types_changed_at_id (changed_at, id)
      searched`,
    },
    {
      createTable: `table warehouses
      id integer, version integer, code text?, name text?, name_sort text?, keeper integer?, department integer?, address text?,
      phone text?, negative_stock text?, main integer = 0, stopped integer = 0, remark text?, extra text?, created_at text,
      created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique warehouses_code_unique (code) where deleted_at is null and code is not null
      unique warehouses_name_unique (name) where deleted_at is null and name is not null
      index warehouses_code_id (code, id)
      index warehouses_name_sort_id (name_sort, id)
      index warehouses_changed_at_id (changed_at, id)
      searched`,
    },
    {
      createTable: `table item_categories
      id integer, version integer, name text?, name_sort text?, code text?, parent integer?, remark text?, extra text?, created_at text,
      created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      index item_categories_name_sort_id (name_sort, id)
      index item_categories_changed_at_id (changed_at, id)
      searched`,
    },
    {
      createTable: `table items
      id integer, version integer, code text?, name text?, name_sort text?, spec text?, mnemonic text?, barcode text?,
      category integer?, item_type text?, origin text?, unit text?, tax_code integer?, gross_price integer?, floor_price integer?,
      standard_cost integer?, safety_stock integer?, tracking text?, shelf_life_days integer?, expiry_warn_days integer?,
      main_warehouse integer?, picture integer?, stopped integer = 0, remark text?, fold_key text?, extra text?, created_at text,
      created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique items_code_unique (code) where deleted_at is null and code is not null
      unique items_fold_key_unique (fold_key) where deleted_at is null and fold_key is not null
      index items_code_id (code, id)
      index items_barcode_id (barcode, id)
      index items_category_id (category, id)
      index items_name_sort_id (name_sort, id)
      index items_changed_at_id (changed_at, id)
      searched`,
    },
    {
      createTable: `table item_units
      id integer, parent integer, row_order integer, unit text?, ratio integer?, barcode text?, extra text?,
      rows of items
      index item_units_parent_row_order (parent, row_order)`,
    },
    {
      createTable: `table item_barcodes
      id integer, parent integer, row_order integer, barcode text?, unit text?, extra text?,
      rows of items
      index item_barcodes_parent_row_order (parent, row_order)`,
    },
    {
      createTable: `table item_prices
      id integer, parent integer, row_order integer, level integer?, gross_price integer?, extra text?,
      rows of items
      index item_prices_parent_row_order (parent, row_order)`,
    },
    {
      createTable: `table item_components
      id integer, parent integer, row_order integer, component integer?, quantity integer?, extra text?,
      rows of items
      index item_components_parent_row_order (parent, row_order)`,
    },
    {
      createTable: `table item_stock_limits
      id integer, parent integer, row_order integer, warehouse integer?, minimum integer?, maximum integer?, notify integer?,
      also_notify integer?, extra text?,
      rows of items
      index item_stock_limits_parent_row_order (parent, row_order)`,
    },
    {
      createTable: `table item_pictures
      id integer, parent integer, row_order integer, picture integer?, caption text?, extra text?,
      rows of items
      index item_pictures_parent_row_order (parent, row_order)`,
    },
  ],
} as const;
