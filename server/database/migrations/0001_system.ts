export const migration = {
  number: 1,
  name: 'system',
  steps: [
    {
      createTable: `table moves
      id integer, ledger text, subject integer, from_place text, to_place text, amount integer, document_type text, document_id integer,
      row_id integer?, step text, mirror_of integer?, day text, at text, actor integer,
      unique moves_mirror_of_unique (mirror_of)
      index moves_document_type_document_id (document_type, document_id)
      index moves_ledger_subject_day_id (ledger, subject, day, id)
      index moves_ledger_day_subject (ledger, day, subject, from_place, to_place, amount)
      append only`,
    },
    {
      createTable: `table balances
      ledger text, subject integer, place text, amount integer,
      primary key ledger, subject, place
      index balances_ledger_place_subject (ledger, place, subject)`,
    },
    {
      createTable: `table cost_corrections
      move integer, turn integer, cause_type text?, cause_id integer?,
      primary key move
      append only`,
    },
    {
      createTable: `table audit
      seq integer, at text, actor integer, device text?, address text?, action text, type text, record_id integer, version integer?,
      changes text?, previous_hash text, hash text,
      primary key seq counts up
      index audit_type_record_id_seq (type, record_id, seq)
      append only`,
    },
    {
      createTable: `table number_series
      series text, period text, last integer,
      primary key series, period`,
    },
    {
      createTable: `table skipped_numbers
      id integer, series text, period text, first integer, last integer, reason text?, at text, actor integer,
      index skipped_numbers_series_period (series, period)
      append only`,
    },
    {
      createTable: `table idempotency_keys
      actor integer, key text, request_hash text, status integer, answer text, at text,
      primary key actor, key
      index idempotency_keys_at (at)`,
    },
    {
      createTable: `table files
      id integer, hash text, size integer, media_type text, name text, width integer?, height integer?, created_at text,
      created_by integer, small_hash text?, small_size integer?,
      index files_hash (hash)`,
    },
    {
      createTable: `table attachments
      id integer, type text, record_id integer, file integer, name text, created_at text, created_by integer,
      index attachments_type_record_id (type, record_id)
      index attachments_file (file)`,
    },
    {
      createTable: `table shares
      id integer, type text, record_id integer, user integer, access text, until text?, shared_by integer, at text,
      unique shares_type_record_id_user_unique (type, record_id, user)
      index shares_user_type (user, type)`,
    },
    {
      createTable: `table passwords
      user integer, hash text, must_change integer, changed_at text,
      primary key user`,
    },
    {
      createTable: `table sessions
      id integer, token_hash text, user integer, device text?, address text?, user_agent text?, created_at text, last_seen_at text,
      expires_at text, ended_at text?, end_reason text?, second_step_due integer?, known_device integer?, proofs text?,
      unique sessions_token_hash_unique (token_hash)
      index sessions_user (user)
      index sessions_known_device (known_device)`,
    },
    {
      createTable: `table sign_ins
      id integer, at text, user integer?, login text, address text?, device text?, user_agent text?, result text, session integer?,
      ended_at text?, end_reason text?, ended_by integer?, viewer integer?,
      index sign_ins_user (user)
      index sign_ins_at (at)
      index sign_ins_session (session)`,
    },
    {
      createTable: `table devices
      id integer, key_hash text, public_key text, machine text?, machine_seen text?, name text, state text, doubt text?, code text?,
      ticket_hash text?, ticket_at text?, user integer?, user_agent text?, address text, first_seen_at text, last_seen_at text,
      waiting_since text?, approved_by integer?, approved_at text?, addresses text?, users text?, positions text?, version integer,
      unique devices_key_hash_unique (key_hash)
      index devices_state_waiting_since (state, waiting_since)
      index devices_state_last_seen_at_id_version (state, last_seen_at, id, version)
      index devices_last_seen_at_id (last_seen_at, id)
      index devices_ticket_hash (ticket_hash)`,
    },
    {
      createTable: `table device_challenges
      id integer, hash text, until_at text, address text,
      index device_challenges_hash (hash)
      index device_challenges_address (address)`,
    },
    {
      createTable: `table viewings
      id integer, token_hash text, session integer, viewer integer, viewed integer, sign_in integer, address text?, started_at text,
      expires_at text, ended_at text?, end_reason text?,
      unique viewings_token_hash_unique (token_hash)
      index viewings_ended_at (ended_at)`,
    },
    {
      createTable: `table throttles
      key text, failures integer, until_at text?, at text,
      primary key key`,
    },
    {
      createTable: `table code_secrets
      user integer, sealed text, key_mark text, last_step integer, since text,
      primary key user`,
    },
    {
      createTable: `table recovery_codes
      user integer, hash text, key_mark text,
      primary key user, hash`,
    },
    {
      createTable: `table security_keys
      id integer, user integer, credential text, public_key text, counter integer, transports text, host text, name text,
      created_at text, last_used_at text?,
      unique security_keys_credential_unique (credential)
      index security_keys_user (user)`,
    },
    {
      createTable: `table tickets
      token_hash text, purpose text, user integer, login text, address text, session integer?, content text?, sign_in integer?,
      failures integer, expires_at text, known_device integer?,
      primary key token_hash
      index tickets_user (user)
      index tickets_expires_at (expires_at)`,
    },
    {
      createTable: `table api_tokens
      id integer, token_hash text, user integer, name text, scopes text, created_at text, last_used_at text?, expires_at text?,
      revoked_at text?,
      unique api_tokens_token_hash_unique (token_hash)
      index api_tokens_user (user)`,
    },
    {
      createTable: `table settings
      key text, value text, version integer, changed_at text, changed_by integer,
      primary key key`,
    },
    {
      createTable: `table marks
      name text, count integer,
      primary key name`,
    },
    {
      createTable: `table saved_views
      id integer, user integer, type text, name text, shared integer, content text, version integer, created_at text, changed_at text,
      index saved_views_type_user (type, user)`,
    },
    {
      createTable: `table view_defaults
      position integer, type text, view integer,
      primary key position, type
      index view_defaults_view (view)`,
    },
    {
      createTable: `table imports
      id integer, type text, state text, name text, content text, created_at text, created_by integer, finished_at text?,
      undone_at text?,`,
    },
    {
      createTable: `table import_records
      import integer, row integer, type text, record_id integer,
      primary key import, row, type, record_id
      index import_records_type_record_id (type, record_id)`,
    },
    {
      createTable: `table price_memory
      customer integer, item integer, unit text?, price integer, gross_price integer, document_type text, document_id integer,
      number text, day text,
      primary key customer, item
      index price_memory_item_day (item, day)`,
    },
    {
      createTable: `table purchase_memory
      supplier integer, item integer, unit text?, unit_ratio integer, price integer, gross_price integer, currency integer,
      document_type text, document_id integer, day text,
      primary key supplier, item
      index purchase_memory_item_day (item, day)`,
    },
    {
      createTable: `table ledger_locks
      ledger text, subject integer, through_day text, reason text?, locked_at text, locked_by integer,
      primary key ledger, subject`,
    },
    {
      createTable: `table closings
      id integer, action text, through_day text?, reason text?, checks text?, at text, actor integer,
      append only`,
    },
    {
      createTable: `table year_closings
      id integer, action text, year text, reason text?, figures text?, at text, actor integer,
      append only`,
    },
    {
      createTable: `table reconciled_entries
      entry integer, account integer, at text, actor integer,
      primary key entry
      index reconciled_entries_account (account)`,
    },
    {
      createTable: `table notices
      id integer, user integer, at text, code text, facts text, type text?, record_id integer?, read_at text?,
      index notices_user_read_at (user, read_at)`,
    },
    {
      createTable: `table readings
      user integer, day text, opened integer, at_night integer, exported integer, told_at text?,
      primary key user, day
      index readings_day (day)`,
    },
    {
      createTable: `table backups
      id integer, day text, kind text, name text, state text, bytes integer?, rows integer?, files integer?, audit_seq integer?,
      sha256 text?, encrypted integer?, started_at text, finished_at text, actor integer?, refusal text?, facts text?,
      index backups_day (day, id)`,
    },
    {
      createTable: `table backup_copies
      id integer, backup integer, target text, place text, state text, at text, actor integer?, refusal text?, facts text?,
      index backup_copies_backup (backup)`,
    },
    {
      createTable: `table job_runs
      name text, started_at text?, finished_at text?, held_until text?, done integer?,
      primary key name`,
    },
    {
      createTable: `table migrations
      number integer, name text, at text, version text?,
      primary key number`,
    },
  ],
} as const;
