export const migration = {
  number: 10,
  name: 'stock',
  steps: [
    {
      createTable: `table stock_transfers
      id integer, version integer, state text, number text?, day text?, warehouse integer?, to_warehouse integer?, keeper integer?,
      carrier integer?, received_state text?, reversal_of integer?, reversed_by integer?, owner integer?, department integer?,
      remark text?, reason text?, extra text?, created_at text, created_by integer, changed_at text, changed_by integer,
      deleted_at text?, deleted_by integer?,
      unique stock_transfers_number_unique (number) where deleted_at is null and number is not null
      index stock_transfers_day_id (day, id)
      index stock_transfers_received_state_id (received_state, id)
      index stock_transfers_reversal_of_id (reversal_of, id)
      index stock_transfers_owner_id (owner, id)
      index stock_transfers_department_id (department, id)
      index stock_transfers_state_id (state, id)
      searched`,
    },
    {
      createTable: `table stock_transfer_lines
      id integer, parent integer, row_order integer, item integer?, name text?, spec text?, unit text?, unit_ratio integer?,
      quantity integer?, received integer?, lot_numbers text?, remark text?, extra text?,
      rows of stock_transfers
      index stock_transfer_lines_parent_row_order (parent, row_order)
      index stock_transfer_lines_item_id (item, id)`,
    },
    {
      createTable: `table stock_transfer_lots
      id integer, parent integer, row_order integer, item integer?, number text?, quantity integer?, made_on text?, expires_on text?,
      lot integer?, extra text?,
      rows of stock_transfers
      index stock_transfer_lots_parent_row_order (parent, row_order)
      index stock_transfer_lots_lot_id (lot, id)`,
    },
    {
      createTable: `table transfer_ins
      id integer, version integer, state text, number text?, day text?, warehouse integer?, from_warehouse integer?, keeper integer?,
      cost_total integer?, reversal_of integer?, reversed_by integer?, owner integer?, department integer?, remark text?, reason text?,
      extra text?, created_at text, created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique transfer_ins_number_unique (number) where deleted_at is null and number is not null
      index transfer_ins_day_id (day, id)
      index transfer_ins_reversal_of_id (reversal_of, id)
      index transfer_ins_owner_id (owner, id)
      index transfer_ins_department_id (department, id)
      index transfer_ins_state_id (state, id)
      searched`,
    },
    {
      createTable: `table transfer_in_lines
      id integer, parent integer, row_order integer, source_type text?, source integer?, source_row integer?, source_number text?,
      item integer?, name text?, spec text?, unit text?, unit_ratio integer?, quantity integer?, lost integer?, loss_reason integer?,
      lot_numbers text?, cost integer?, remark text?, extra text?,
      rows of transfer_ins
      index transfer_in_lines_parent_row_order (parent, row_order)
      index transfer_in_lines_source_id (source, id)
      index transfer_in_lines_source_row_id (source_row, id)
      index transfer_in_lines_item_id (item, id)`,
    },
    {
      createTable: `table transfer_in_lots
      id integer, parent integer, row_order integer, item integer?, number text?, quantity integer?, lost integer?, made_on text?,
      expires_on text?, lot integer?, extra text?,
      rows of transfer_ins
      index transfer_in_lots_parent_row_order (parent, row_order)
      index transfer_in_lots_lot_id (lot, id)`,
    },
    {
      createTable: `table other_ins
      id integer, version integer, state text, number text?, day text?, warehouse integer?, stock_reason integer?, keeper integer?,
      cost_total integer?, reversal_of integer?, reversed_by integer?, owner integer?, department integer?, remark text?, reason text?,
      extra text?, created_at text, created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique other_ins_number_unique (number) where deleted_at is null and number is not null
      index other_ins_day_id (day, id)
      index other_ins_reversal_of_id (reversal_of, id)
      index other_ins_owner_id (owner, id)
      index other_ins_department_id (department, id)
      index other_ins_state_id (state, id)
      searched`,
    },
    {
      createTable: `table other_in_lines
      id integer, parent integer, row_order integer, item integer?, name text?, spec text?, unit text?, unit_ratio integer?,
      quantity integer?, unit_cost integer?, lot_numbers text?, cost integer?, remark text?, extra text?,
      rows of other_ins
      index other_in_lines_parent_row_order (parent, row_order)
      index other_in_lines_item_id (item, id)`,
    },
    {
      createTable: `table other_in_lots
      id integer, parent integer, row_order integer, item integer?, number text?, quantity integer?, made_on text?, expires_on text?,
      lot integer?, extra text?,
      rows of other_ins
      index other_in_lots_parent_row_order (parent, row_order)
      index other_in_lots_lot_id (lot, id)`,
    },
    {
      createTable: `table other_outs
      id integer, version integer, state text, number text?, day text?, warehouse integer?, stock_reason integer?, keeper integer?,
      cost_total integer?, reversal_of integer?, reversed_by integer?, owner integer?, department integer?, remark text?, reason text?,
      extra text?, created_at text, created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique other_outs_number_unique (number) where deleted_at is null and number is not null
      index other_outs_day_id (day, id)
      index other_outs_reversal_of_id (reversal_of, id)
      index other_outs_owner_id (owner, id)
      index other_outs_department_id (department, id)
      index other_outs_state_id (state, id)
      searched`,
    },
    {
      createTable: `table other_out_lines
      id integer, parent integer, row_order integer, item integer?, name text?, spec text?, unit text?, unit_ratio integer?,
      quantity integer?, lot_numbers text?, cost integer?, remark text?, extra text?,
      rows of other_outs
      index other_out_lines_parent_row_order (parent, row_order)
      index other_out_lines_item_id (item, id)`,
    },
    {
      createTable: `table other_out_lots
      id integer, parent integer, row_order integer, item integer?, number text?, quantity integer?, made_on text?, expires_on text?,
      lot integer?, extra text?,
      rows of other_outs
      index other_out_lots_parent_row_order (parent, row_order)
      index other_out_lots_lot_id (lot, id)`,
    },
    {
      createTable: `table requisitions
      id integer, version integer, state text, number text?, day text?, warehouse integer?, for_department integer?,
      for_person integer?, keeper integer?, cost_total integer?, reversal_of integer?, reversed_by integer?, purpose text?,
      owner integer?, department integer?, remark text?, reason text?, extra text?, created_at text, created_by integer,
      changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique requisitions_number_unique (number) where deleted_at is null and number is not null
      index requisitions_day_id (day, id)
      index requisitions_for_department_id (for_department, id)
      index requisitions_reversal_of_id (reversal_of, id)
      index requisitions_owner_id (owner, id)
      index requisitions_department_id (department, id)
      index requisitions_state_id (state, id)
      searched`,
    },
    {
      createTable: `table requisition_lines
      id integer, parent integer, row_order integer, item integer?, name text?, spec text?, unit text?, unit_ratio integer?,
      quantity integer?, returned integer?, lot_numbers text?, cost integer?, remark text?, extra text?,
      rows of requisitions
      index requisition_lines_parent_row_order (parent, row_order)
      index requisition_lines_item_id (item, id)`,
    },
    {
      createTable: `table requisition_lots
      id integer, parent integer, row_order integer, item integer?, number text?, quantity integer?, made_on text?, expires_on text?,
      lot integer?, extra text?,
      rows of requisitions
      index requisition_lots_parent_row_order (parent, row_order)
      index requisition_lots_lot_id (lot, id)`,
    },
    {
      createTable: `table requisition_returns
      id integer, version integer, state text, number text?, day text?, warehouse integer?, for_department integer?,
      for_person integer?, keeper integer?, cost_total integer?, reversal_of integer?, reversed_by integer?, owner integer?,
      department integer?, remark text?, reason text?, extra text?, created_at text, created_by integer, changed_at text,
      changed_by integer, deleted_at text?, deleted_by integer?,
      unique requisition_returns_number_unique (number) where deleted_at is null and number is not null
      index requisition_returns_day_id (day, id)
      index requisition_returns_for_department_id (for_department, id)
      index requisition_returns_reversal_of_id (reversal_of, id)
      index requisition_returns_owner_id (owner, id)
      index requisition_returns_department_id (department, id)
      index requisition_returns_state_id (state, id)
      searched`,
    },
    {
      createTable: `table requisition_return_lines
      id integer, parent integer, row_order integer, source_type text?, source integer?, source_row integer?, source_number text?,
      item integer?, name text?, spec text?, unit text?, unit_ratio integer?, quantity integer?, lot_numbers text?, cost integer?,
      remark text?, extra text?,
      rows of requisition_returns
      index requisition_return_lines_parent_row_order (parent, row_order)
      index requisition_return_lines_source_id (source, id)
      index requisition_return_lines_source_row_id (source_row, id)
      index requisition_return_lines_item_id (item, id)`,
    },
    {
      createTable: `table requisition_return_lots
      id integer, parent integer, row_order integer, item integer?, number text?, quantity integer?, made_on text?, expires_on text?,
      lot integer?, extra text?,
      rows of requisition_returns
      index requisition_return_lots_parent_row_order (parent, row_order)
      index requisition_return_lots_lot_id (lot, id)`,
    },
    {
      createTable: `table stock_counts
      id integer, version integer, state text, number text?, day text?, warehouse integer?, category integer?, uncounted text?,
      round integer?, started_at text?, differences integer?, missing integer?, gain_note integer?, loss_note integer?, owner integer?,
      department integer?, remark text?, reason text?, extra text?, created_at text, created_by integer, changed_at text,
      changed_by integer, deleted_at text?, deleted_by integer?,
      unique stock_counts_number_unique (number) where deleted_at is null and number is not null
      index stock_counts_day_id (day, id)
      index stock_counts_warehouse_id (warehouse, id)
      index stock_counts_owner_id (owner, id)
      index stock_counts_department_id (department, id)
      index stock_counts_state_id (state, id)
      searched`,
    },
    {
      createTable: `table stock_count_lines
      id integer, parent integer, row_order integer, item integer?, name text?, spec text?, unit text?, snapshot integer?,
      moved integer?, counted integer?, difference integer?, difference_cost integer?, count_round integer?, counted_at text?,
      remark text?, extra text?,
      rows of stock_counts
      index stock_count_lines_parent_row_order (parent, row_order)
      index stock_count_lines_item_id (item, id)`,
    },
    {
      createTable: `table count_sheets
      id integer, version integer, state text, number text?, count integer?, day text?, counter integer?, zone text?, round integer?,
      owner integer?, department integer?, remark text?, reason text?, extra text?, created_at text, created_by integer,
      changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique count_sheets_number_unique (number) where deleted_at is null and number is not null
      index count_sheets_count_id (count, id)
      index count_sheets_day_id (day, id)
      index count_sheets_owner_id (owner, id)
      index count_sheets_department_id (department, id)
      index count_sheets_state_id (state, id)
      searched`,
    },
    {
      createTable: `table count_sheet_lines
      id integer, parent integer, row_order integer, item integer?, name text?, spec text?, unit text?, unit_ratio integer?,
      quantity integer?, lot_number text?, counted_at text?, remark text?, extra text?,
      rows of count_sheets
      index count_sheet_lines_parent_row_order (parent, row_order)
      index count_sheet_lines_item_id (item, id)`,
    },
    {
      createTable: `table stock_gains
      id integer, version integer, state text, number text?, day text?, warehouse integer?, count integer?, cost_total integer?,
      reversal_of integer?, reversed_by integer?, owner integer?, department integer?, remark text?, reason text?, extra text?,
      created_at text, created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique stock_gains_number_unique (number) where deleted_at is null and number is not null
      index stock_gains_day_id (day, id)
      index stock_gains_count_id (count, id)
      index stock_gains_reversal_of_id (reversal_of, id)
      index stock_gains_owner_id (owner, id)
      index stock_gains_department_id (department, id)
      index stock_gains_state_id (state, id)
      searched`,
    },
    {
      createTable: `table stock_gain_lines
      id integer, parent integer, row_order integer, item integer?, name text?, spec text?, unit text?, unit_ratio integer?,
      quantity integer?, lot_numbers text?, cost integer?, remark text?, extra text?,
      rows of stock_gains
      index stock_gain_lines_parent_row_order (parent, row_order)
      index stock_gain_lines_item_id (item, id)`,
    },
    {
      createTable: `table stock_gain_lots
      id integer, parent integer, row_order integer, item integer?, number text?, quantity integer?, made_on text?, expires_on text?,
      lot integer?, extra text?,
      rows of stock_gains
      index stock_gain_lots_parent_row_order (parent, row_order)
      index stock_gain_lots_lot_id (lot, id)`,
    },
    {
      createTable: `table stock_losses
      id integer, version integer, state text, number text?, day text?, warehouse integer?, count integer?, cost_total integer?,
      reversal_of integer?, reversed_by integer?, owner integer?, department integer?, remark text?, reason text?, extra text?,
      created_at text, created_by integer, changed_at text, changed_by integer, deleted_at text?, deleted_by integer?,
      unique stock_losses_number_unique (number) where deleted_at is null and number is not null
      index stock_losses_day_id (day, id)
      index stock_losses_count_id (count, id)
      index stock_losses_reversal_of_id (reversal_of, id)
      index stock_losses_owner_id (owner, id)
      index stock_losses_department_id (department, id)
      index stock_losses_state_id (state, id)
      searched`,
    },
    {
      createTable: `table stock_loss_lines
      id integer, parent integer, row_order integer, item integer?, name text?, spec text?, unit text?, unit_ratio integer?,
      quantity integer?, lot_numbers text?, cost integer?, remark text?, extra text?,
      rows of stock_losses
      index stock_loss_lines_parent_row_order (parent, row_order)
      index stock_loss_lines_item_id (item, id)`,
    },
    {
      createTable: `table stock_loss_lots
      id integer, parent integer, row_order integer, item integer?, number text?, quantity integer?, made_on text?, expires_on text?,
      lot integer?, extra text?,
      rows of stock_losses
      index stock_loss_lots_parent_row_order (parent, row_order)
      index stock_loss_lots_lot_id (lot, id)`,
    },
    {
      createTable: `table assemblies
      id integer, version integer, state text, number text?, day text?, warehouse integer?, set_item integer?, quantity integer?,
      keeper integer?, cost_total integer?, reversal_of integer?, reversed_by integer?, owner integer?, department integer?,
      remark text?, reason text?, extra text?, created_at text, created_by integer, changed_at text, changed_by integer,
      deleted_at text?, deleted_by integer?,
      unique assemblies_number_unique (number) where deleted_at is null and number is not null
      index assemblies_day_id (day, id)
      index assemblies_set_item_id (set_item, id)
      index assemblies_reversal_of_id (reversal_of, id)
      index assemblies_owner_id (owner, id)
      index assemblies_department_id (department, id)
      index assemblies_state_id (state, id)
      searched`,
    },
    {
      createTable: `table assembly_lines
      id integer, parent integer, row_order integer, item integer?, name text?, spec text?, unit text?, unit_ratio integer?,
      quantity integer?, lot_numbers text?, cost integer?, remark text?, extra text?,
      rows of assemblies
      index assembly_lines_parent_row_order (parent, row_order)
      index assembly_lines_item_id (item, id)`,
    },
    {
      createTable: `table assembly_lots
      id integer, parent integer, row_order integer, item integer?, number text?, quantity integer?, made_on text?, expires_on text?,
      lot integer?, extra text?,
      rows of assemblies
      index assembly_lots_parent_row_order (parent, row_order)
      index assembly_lots_lot_id (lot, id)`,
    },
    {
      createTable: `table disassemblies
      id integer, version integer, state text, number text?, day text?, warehouse integer?, set_item integer?, quantity integer?,
      keeper integer?, cost_total integer?, reversal_of integer?, reversed_by integer?, owner integer?, department integer?,
      remark text?, reason text?, extra text?, created_at text, created_by integer, changed_at text, changed_by integer,
      deleted_at text?, deleted_by integer?,
      unique disassemblies_number_unique (number) where deleted_at is null and number is not null
      index disassemblies_day_id (day, id)
      index disassemblies_set_item_id (set_item, id)
      index disassemblies_reversal_of_id (reversal_of, id)
      index disassemblies_owner_id (owner, id)
      index disassemblies_department_id (department, id)
      index disassemblies_state_id (state, id)
      searched`,
    },
    {
      createTable: `table disassembly_lines
      id integer, parent integer, row_order integer, item integer?, name text?, spec text?, unit text?, unit_ratio integer?,
      quantity integer?, share integer?, lot_numbers text?, cost integer?, remark text?, extra text?,
      rows of disassemblies
      index disassembly_lines_parent_row_order (parent, row_order)
      index disassembly_lines_item_id (item, id)`,
    },
    {
      createTable: `table disassembly_lots
      id integer, parent integer, row_order integer, item integer?, number text?, quantity integer?, made_on text?, expires_on text?,
      lot integer?, extra text?,
      rows of disassemblies
      index disassembly_lots_parent_row_order (parent, row_order)
      index disassembly_lots_lot_id (lot, id)`,
    },
  ],
} as const;
