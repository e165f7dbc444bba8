-- The core schema. Written once from the models, then never rewritten: a later change is a later migration.
--;

-- Every statement ends with a line of its own: --;
--;

-- One definitive holder at a time needs a range over uuid; no extension is asked for.
CREATE TYPE uuidrange AS RANGE (subtype = uuid)
--;

CREATE TABLE operators (
    id UUID NOT NULL,
    username TEXT NOT NULL,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    totp_secret TEXT NOT NULL,
    last_totp_step INTEGER NOT NULL,
    active BOOLEAN NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_operators PRIMARY KEY (id),
    CONSTRAINT ck_operators_username CHECK (username = lower(username)),
    CONSTRAINT uq_operators_username UNIQUE (username)
)
--;

CREATE TABLE operator_throttles (
    account TEXT NOT NULL,
    address TEXT NOT NULL,
    failures INTEGER NOT NULL,
    last_at TIMESTAMP WITH TIME ZONE NOT NULL,
    locked_until TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_operator_throttles PRIMARY KEY (account, address)
)
--;

CREATE TABLE national_regulations (
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    year INTEGER,
    title TEXT NOT NULL,
    status TEXT NOT NULL,
    facts JSONB NOT NULL,
    CONSTRAINT pk_national_regulations PRIMARY KEY (id),
    CONSTRAINT ck_national_regulations_status CHECK (status IN ('berlaku', 'diubah', 'dicabut', 'unknown'))
)
--;

CREATE TABLE tenants (
    id SERIAL NOT NULL,
    slug TEXT NOT NULL,
    code TEXT NOT NULL,
    bps TEXT,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    short TEXT NOT NULL,
    head_title TEXT NOT NULL,
    parent_id INTEGER,
    timezone TEXT NOT NULL,
    color TEXT NOT NULL,
    crest TEXT NOT NULL,
    plugins TEXT[] NOT NULL,
    active BOOLEAN NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_tenants PRIMARY KEY (id),
    CONSTRAINT ck_tenants_kind CHECK (kind IN ('kota', 'kabupaten', 'provinsi')),
    CONSTRAINT uq_tenants_slug UNIQUE (slug),
    CONSTRAINT uq_tenants_code UNIQUE (code),
    CONSTRAINT fk_tenants_parent_id FOREIGN KEY(parent_id) REFERENCES tenants (id)
)
--;

CREATE INDEX ix_tenants_parent_id ON tenants (parent_id)
--;

CREATE TABLE audit_entries (
    tenant_id INTEGER NOT NULL,
    id UUID NOT NULL,
    at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    kind TEXT NOT NULL,
    person_id UUID,
    subject TEXT,
    details JSONB NOT NULL,
    address TEXT,
    seq INTEGER,
    mac BYTEA,
    CONSTRAINT pk_audit_entries PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_audit_entries_tenant_id_seq UNIQUE (tenant_id, seq),
    CONSTRAINT fk_audit_entries_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
)
--;

CREATE INDEX ix_audit_entries_unsealed ON audit_entries (tenant_id, id) WHERE seq IS NULL
--;

CREATE INDEX ix_audit_entries_at ON audit_entries (tenant_id, at)
--;

CREATE TABLE anchors (
    tenant_id INTEGER NOT NULL,
    id UUID NOT NULL,
    number INTEGER NOT NULL,
    day DATE NOT NULL,
    sealed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    heads JSONB NOT NULL,
    audit_seq INTEGER NOT NULL,
    audit_mac BYTEA,
    mac BYTEA NOT NULL,
    CONSTRAINT pk_anchors PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_anchors_tenant_id_number UNIQUE (tenant_id, number),
    CONSTRAINT fk_anchors_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
)
--;

CREATE TABLE files (
    tenant_id INTEGER NOT NULL,
    id UUID NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    mime TEXT NOT NULL,
    scan TEXT NOT NULL,
    stored_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_files PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_files_tenant_id_sha256 UNIQUE (tenant_id, sha256),
    CONSTRAINT ck_files_scan CHECK (scan IN ('unscanned', 'clean', 'infected')),
    CONSTRAINT fk_files_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
)
--;

CREATE TABLE people (
    tenant_id INTEGER NOT NULL,
    id UUID NOT NULL,
    name TEXT NOT NULL,
    nip TEXT,
    username TEXT NOT NULL,
    email TEXT,
    phone TEXT,
    password_hash TEXT,
    must_change BOOLEAN NOT NULL,
    active BOOLEAN NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_people PRIMARY KEY (tenant_id, id),
    CONSTRAINT ck_people_nip CHECK (nip ~ '^[0-9]{18}$'),
    CONSTRAINT ck_people_username CHECK (username = lower(username)),
    CONSTRAINT ck_people_email CHECK (email = lower(email)),
    CONSTRAINT uq_people_tenant_id_nip UNIQUE (tenant_id, nip),
    CONSTRAINT uq_people_tenant_id_username UNIQUE (tenant_id, username),
    CONSTRAINT uq_people_tenant_id_email UNIQUE (tenant_id, email),
    CONSTRAINT fk_people_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
)
--;

CREATE TABLE login_throttles (
    tenant_id INTEGER NOT NULL,
    account TEXT NOT NULL,
    address TEXT NOT NULL,
    failures INTEGER NOT NULL,
    last_at TIMESTAMP WITH TIME ZONE NOT NULL,
    locked_until TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_login_throttles PRIMARY KEY (tenant_id, account, address),
    CONSTRAINT fk_login_throttles_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id)
)
--;

CREATE TABLE operator_sessions (
    id UUID NOT NULL,
    operator_id UUID NOT NULL,
    secret_hash BYTEA NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    revoked_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_operator_sessions PRIMARY KEY (id),
    CONSTRAINT fk_operator_sessions_operator_id FOREIGN KEY(operator_id) REFERENCES operators (id) ON DELETE CASCADE,
    CONSTRAINT uq_operator_sessions_secret_hash UNIQUE (secret_hash)
)
--;

CREATE INDEX ix_operator_sessions_operator_id ON operator_sessions (operator_id)
--;

CREATE TABLE regulations (
    tenant_id INTEGER NOT NULL,
    id UUID NOT NULL,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    year INTEGER,
    title TEXT NOT NULL,
    status TEXT NOT NULL,
    facts JSONB NOT NULL,
    CONSTRAINT pk_regulations PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_regulations_tenant_id_key UNIQUE (tenant_id, key),
    CONSTRAINT ck_regulations_status CHECK (status IN ('berlaku', 'diubah', 'dicabut', 'unknown')),
    CONSTRAINT fk_regulations_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
)
--;

CREATE TABLE units (
    tenant_id INTEGER NOT NULL,
    id UUID NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    short TEXT,
    kind TEXT NOT NULL,
    parent_id UUID,
    receiver_id UUID,
    opd BOOLEAN NOT NULL,
    sort INTEGER NOT NULL,
    active BOOLEAN NOT NULL,
    CONSTRAINT pk_units PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_units_tenant_id_key UNIQUE (tenant_id, key),
    CONSTRAINT fk_units_tenant_id_parent_id FOREIGN KEY(tenant_id, parent_id) REFERENCES units (tenant_id, id),
    CONSTRAINT fk_units_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
)
--;

CREATE INDEX ix_units_parent ON units (tenant_id, parent_id)
--;

CREATE INDEX ix_units_receiver ON units (tenant_id, receiver_id)
--;

CREATE TABLE unit_sets (
    tenant_id INTEGER NOT NULL,
    id UUID NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    CONSTRAINT pk_unit_sets PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_unit_sets_tenant_id_key UNIQUE (tenant_id, key),
    CONSTRAINT fk_unit_sets_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
)
--;

CREATE TABLE roles (
    tenant_id INTEGER NOT NULL,
    id UUID NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    everyone BOOLEAN NOT NULL,
    CONSTRAINT pk_roles PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_roles_tenant_id_key UNIQUE (tenant_id, key),
    CONSTRAINT fk_roles_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
)
--;

CREATE TABLE procedures (
    tenant_id INTEGER NOT NULL,
    id UUID NOT NULL,
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    plugin TEXT NOT NULL,
    procedure TEXT NOT NULL,
    effective_id UUID,
    CONSTRAINT pk_procedures PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_procedures_tenant_id_code UNIQUE (tenant_id, code),
    CONSTRAINT fk_procedures_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
)
--;

CREATE INDEX ix_procedures_effective ON procedures (tenant_id, effective_id)
--;

CREATE TABLE sync_objects (
    tenant_id INTEGER NOT NULL,
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    applied TEXT NOT NULL,
    applied_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_sync_objects PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_sync_objects_tenant_id_kind_key UNIQUE (tenant_id, kind, key),
    CONSTRAINT fk_sync_objects_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
)
--;

CREATE TABLE case_counters (
    tenant_id INTEGER NOT NULL,
    procedure_id UUID NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL,
    CONSTRAINT pk_case_counters PRIMARY KEY (tenant_id, procedure_id, year),
    CONSTRAINT fk_case_counters_tenant_id_procedure_id FOREIGN KEY(tenant_id, procedure_id) REFERENCES procedures (tenant_id, id)
)
--;

CREATE TABLE idempotency_keys (
    tenant_id INTEGER NOT NULL,
    person_id UUID NOT NULL,
    key TEXT NOT NULL,
    body_hash BYTEA NOT NULL,
    response JSONB NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_idempotency_keys PRIMARY KEY (tenant_id, person_id, key),
    CONSTRAINT fk_idempotency_keys_tenant_id_person_id FOREIGN KEY(tenant_id, person_id) REFERENCES people (tenant_id, id) ON DELETE CASCADE
)
--;

CREATE INDEX ix_idempotency_keys_created ON idempotency_keys (tenant_id, created_at)
--;

CREATE TABLE sessions (
    tenant_id INTEGER NOT NULL,
    id UUID NOT NULL,
    person_id UUID NOT NULL,
    secret_hash BYTEA NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    revoked_at TIMESTAMP WITH TIME ZONE,
    address INET,
    agent TEXT,
    CONSTRAINT pk_sessions PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_sessions_tenant_id_secret_hash UNIQUE (tenant_id, secret_hash),
    CONSTRAINT fk_sessions_tenant_id_person_id FOREIGN KEY(tenant_id, person_id) REFERENCES people (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_sessions_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
)
--;

CREATE INDEX ix_sessions_person ON sessions (tenant_id, person_id)
--;

CREATE TABLE api_tokens (
    tenant_id INTEGER NOT NULL,
    id UUID NOT NULL,
    person_id UUID NOT NULL,
    name TEXT NOT NULL,
    secret_hash BYTEA NOT NULL,
    hint TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE,
    revoked_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_api_tokens PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_api_tokens_tenant_id_secret_hash UNIQUE (tenant_id, secret_hash),
    CONSTRAINT fk_api_tokens_tenant_id_person_id FOREIGN KEY(tenant_id, person_id) REFERENCES people (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_api_tokens_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
)
--;

CREATE INDEX ix_api_tokens_person ON api_tokens (tenant_id, person_id)
--;

CREATE TABLE reset_codes (
    tenant_id INTEGER NOT NULL,
    id UUID NOT NULL,
    person_id UUID NOT NULL,
    issued_by UUID,
    code_hash TEXT NOT NULL,
    tries INTEGER NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    used_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_reset_codes PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_reset_codes_tenant_id_person_id FOREIGN KEY(tenant_id, person_id) REFERENCES people (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_reset_codes_tenant_id_issued_by FOREIGN KEY(tenant_id, issued_by) REFERENCES people (tenant_id, id),
    CONSTRAINT fk_reset_codes_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
)
--;

CREATE INDEX ix_reset_codes_person ON reset_codes (tenant_id, person_id)
--;

CREATE INDEX ix_reset_codes_issued_by ON reset_codes (tenant_id, issued_by)
--;

CREATE TABLE positions (
    tenant_id INTEGER NOT NULL,
    id UUID NOT NULL,
    key TEXT NOT NULL,
    title TEXT NOT NULL,
    unit_id UUID NOT NULL,
    superior_id UUID,
    kind TEXT NOT NULL,
    echelon TEXT,
    head BOOLEAN NOT NULL,
    sort INTEGER NOT NULL,
    active BOOLEAN NOT NULL,
    CONSTRAINT pk_positions PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_positions_tenant_id_key UNIQUE (tenant_id, key),
    CONSTRAINT ck_positions_kind CHECK (kind IN ('struktural', 'fungsional', 'pelaksana')),
    CONSTRAINT ck_positions_superior CHECK (superior_id <> id),
    CONSTRAINT fk_positions_tenant_id_unit_id FOREIGN KEY(tenant_id, unit_id) REFERENCES units (tenant_id, id),
    CONSTRAINT fk_positions_tenant_id_superior_id FOREIGN KEY(tenant_id, superior_id) REFERENCES positions (tenant_id, id),
    CONSTRAINT fk_positions_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
)
--;

CREATE INDEX ix_positions_superior ON positions (tenant_id, superior_id)
--;

CREATE INDEX ix_positions_unit ON positions (tenant_id, unit_id)
--;

CREATE UNIQUE INDEX uq_positions_head ON positions (tenant_id, unit_id) WHERE head AND active
--;

CREATE TABLE teams (
    tenant_id INTEGER NOT NULL,
    id UUID NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    unit_id UUID NOT NULL,
    decree_number TEXT,
    decree_date DATE,
    starts_on DATE,
    ends_on DATE,
    active BOOLEAN NOT NULL,
    CONSTRAINT pk_teams PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_teams_tenant_id_key UNIQUE (tenant_id, key),
    CONSTRAINT fk_teams_tenant_id_unit_id FOREIGN KEY(tenant_id, unit_id) REFERENCES units (tenant_id, id),
    CONSTRAINT fk_teams_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
)
--;

CREATE INDEX ix_teams_unit ON teams (tenant_id, unit_id)
--;

CREATE TABLE unit_set_members (
    tenant_id INTEGER NOT NULL,
    set_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    sort INTEGER NOT NULL,
    CONSTRAINT pk_unit_set_members PRIMARY KEY (tenant_id, set_id, unit_id),
    CONSTRAINT fk_unit_set_members_tenant_id_set_id FOREIGN KEY(tenant_id, set_id) REFERENCES unit_sets (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_unit_set_members_tenant_id_unit_id FOREIGN KEY(tenant_id, unit_id) REFERENCES units (tenant_id, id)
)
--;

CREATE INDEX ix_unit_set_members_unit ON unit_set_members (tenant_id, unit_id)
--;

CREATE TABLE role_rights (
    tenant_id INTEGER NOT NULL,
    role_id UUID NOT NULL,
    "right" TEXT NOT NULL,
    CONSTRAINT pk_role_rights PRIMARY KEY (tenant_id, role_id, "right"),
    CONSTRAINT fk_role_rights_tenant_id_role_id FOREIGN KEY(tenant_id, role_id) REFERENCES roles (tenant_id, id) ON DELETE CASCADE
)
--;

CREATE TABLE editions (
    tenant_id INTEGER NOT NULL,
    id UUID NOT NULL,
    procedure_id UUID NOT NULL,
    number INTEGER NOT NULL,
    status TEXT NOT NULL,
    effective_on DATE,
    retired_on DATE,
    content JSONB NOT NULL,
    content_hash TEXT NOT NULL,
    targets JSONB NOT NULL,
    plugin_version TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_editions PRIMARY KEY (tenant_id, id),
    CONSTRAINT ck_editions_status CHECK (status IN ('draft', 'effective', 'retired')),
    CONSTRAINT uq_editions_tenant_id_procedure_id_number UNIQUE (tenant_id, procedure_id, number),
    CONSTRAINT fk_editions_tenant_id_procedure_id FOREIGN KEY(tenant_id, procedure_id) REFERENCES procedures (tenant_id, id),
    CONSTRAINT fk_editions_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
)
--;

CREATE UNIQUE INDEX uq_editions_effective ON editions (tenant_id, procedure_id) WHERE status = 'effective'
--;

CREATE TABLE cases (
    tenant_id INTEGER NOT NULL,
    id UUID NOT NULL,
    procedure_id UUID NOT NULL,
    edition_id UUID NOT NULL,
    number TEXT NOT NULL,
    subject TEXT NOT NULL,
    answers JSONB NOT NULL,
    status TEXT NOT NULL,
    ended TEXT,
    secrecy TEXT NOT NULL,
    state JSONB NOT NULL,
    head_seq INTEGER NOT NULL,
    head_mac BYTEA NOT NULL,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    opened_by UUID NOT NULL,
    closed_at TIMESTAMP WITH TIME ZONE,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_cases PRIMARY KEY (tenant_id, id),
    CONSTRAINT ck_cases_status CHECK (status IN ('open', 'done', 'cancelled')),
    CONSTRAINT ck_cases_secrecy CHECK (secrecy IN ('biasa', 'terbatas', 'rahasia')),
    CONSTRAINT uq_cases_tenant_id_number UNIQUE (tenant_id, number),
    CONSTRAINT fk_cases_tenant_id_procedure_id FOREIGN KEY(tenant_id, procedure_id) REFERENCES procedures (tenant_id, id),
    CONSTRAINT fk_cases_tenant_id_edition_id FOREIGN KEY(tenant_id, edition_id) REFERENCES editions (tenant_id, id),
    CONSTRAINT fk_cases_tenant_id_opened_by FOREIGN KEY(tenant_id, opened_by) REFERENCES people (tenant_id, id),
    CONSTRAINT fk_cases_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
)
--;

CREATE INDEX ix_cases_procedure ON cases (tenant_id, procedure_id, opened_at, id)
--;

CREATE INDEX ix_cases_opened_by ON cases (tenant_id, opened_by)
--;

CREATE INDEX ix_cases_edition ON cases (tenant_id, edition_id)
--;

CREATE INDEX ix_cases_updated ON cases (tenant_id, updated_at)
--;

CREATE INDEX ix_cases_opened ON cases (tenant_id, opened_at, id)
--;

CREATE TABLE position_branches (
    tenant_id INTEGER NOT NULL,
    superior_id UUID NOT NULL,
    position_id UUID NOT NULL,
    distance INTEGER NOT NULL,
    CONSTRAINT pk_position_branches PRIMARY KEY (tenant_id, superior_id, position_id),
    CONSTRAINT fk_position_branches_tenant_id_superior_id FOREIGN KEY(tenant_id, superior_id) REFERENCES positions (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_position_branches_tenant_id_position_id FOREIGN KEY(tenant_id, position_id) REFERENCES positions (tenant_id, id) ON DELETE CASCADE
)
--;

CREATE INDEX ix_position_branches_position ON position_branches (tenant_id, position_id, distance)
--;

CREATE TABLE assignments (
    tenant_id INTEGER NOT NULL,
    id UUID NOT NULL,
    person_id UUID NOT NULL,
    position_id UUID NOT NULL,
    kind TEXT NOT NULL,
    order_number TEXT,
    starts_on DATE NOT NULL,
    ends_on DATE,
    during DATERANGE GENERATED ALWAYS AS (daterange(starts_on, ends_on, '[]')) STORED NOT NULL,
    CONSTRAINT pk_assignments PRIMARY KEY (tenant_id, id),
    CONSTRAINT ck_assignments_kind CHECK (kind IN ('definitive', 'plt', 'plh', 'pj', 'pjs')),
    CONSTRAINT ck_assignments_dates CHECK (ends_on IS NULL OR ends_on >= starts_on),
    CONSTRAINT fk_assignments_tenant_id_person_id FOREIGN KEY(tenant_id, person_id) REFERENCES people (tenant_id, id),
    CONSTRAINT fk_assignments_tenant_id_position_id FOREIGN KEY(tenant_id, position_id) REFERENCES positions (tenant_id, id),
    CONSTRAINT ex_assignments_definitive EXCLUDE USING gist (int4range(tenant_id, tenant_id, '[]') WITH &&, uuidrange(position_id, position_id, '[]') WITH &&, during WITH &&) WHERE (kind = 'definitive'),
    CONSTRAINT ex_assignments_plt EXCLUDE USING gist (int4range(tenant_id, tenant_id, '[]') WITH &&, uuidrange(position_id, position_id, '[]') WITH &&, during WITH &&) WHERE (kind = 'plt'),
    CONSTRAINT fk_assignments_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
)
--;

CREATE INDEX ix_assignments_person ON assignments (tenant_id, person_id)
--;

CREATE INDEX ix_assignments_position ON assignments (tenant_id, position_id)
--;

CREATE TABLE team_members (
    tenant_id INTEGER NOT NULL,
    id UUID NOT NULL,
    team_id UUID NOT NULL,
    position_id UUID,
    person_id UUID,
    function TEXT,
    head BOOLEAN NOT NULL,
    CONSTRAINT pk_team_members PRIMARY KEY (tenant_id, id),
    CONSTRAINT ck_team_members_who CHECK (num_nonnulls(position_id, person_id) = 1),
    CONSTRAINT uq_team_members_tenant_id_team_id_position_id UNIQUE (tenant_id, team_id, position_id),
    CONSTRAINT uq_team_members_tenant_id_team_id_person_id UNIQUE (tenant_id, team_id, person_id),
    CONSTRAINT fk_team_members_tenant_id_team_id FOREIGN KEY(tenant_id, team_id) REFERENCES teams (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_team_members_tenant_id_position_id FOREIGN KEY(tenant_id, position_id) REFERENCES positions (tenant_id, id),
    CONSTRAINT fk_team_members_tenant_id_person_id FOREIGN KEY(tenant_id, person_id) REFERENCES people (tenant_id, id),
    CONSTRAINT fk_team_members_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
)
--;

CREATE INDEX ix_team_members_position ON team_members (tenant_id, position_id)
--;

CREATE INDEX ix_team_members_person ON team_members (tenant_id, person_id)
--;

CREATE TABLE role_grants (
    tenant_id INTEGER NOT NULL,
    id UUID NOT NULL,
    role_id UUID NOT NULL,
    position_id UUID,
    person_id UUID,
    starts_on DATE,
    ends_on DATE,
    CONSTRAINT pk_role_grants PRIMARY KEY (tenant_id, id),
    CONSTRAINT ck_role_grants_who CHECK (num_nonnulls(position_id, person_id) = 1),
    CONSTRAINT uq_role_grants_tenant_id_role_id_position_id UNIQUE (tenant_id, role_id, position_id),
    CONSTRAINT fk_role_grants_tenant_id_role_id FOREIGN KEY(tenant_id, role_id) REFERENCES roles (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_role_grants_tenant_id_position_id FOREIGN KEY(tenant_id, position_id) REFERENCES positions (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_role_grants_tenant_id_person_id FOREIGN KEY(tenant_id, person_id) REFERENCES people (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_role_grants_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
)
--;

CREATE INDEX ix_role_grants_person ON role_grants (tenant_id, person_id)
--;

CREATE INDEX ix_role_grants_role ON role_grants (tenant_id, role_id)
--;

CREATE INDEX ix_role_grants_position ON role_grants (tenant_id, position_id)
--;

CREATE TABLE edition_reaches (
    tenant_id INTEGER NOT NULL,
    edition_id UUID NOT NULL,
    step_key TEXT NOT NULL,
    set_id UUID NOT NULL,
    CONSTRAINT pk_edition_reaches PRIMARY KEY (tenant_id, edition_id, step_key, set_id),
    CONSTRAINT fk_edition_reaches_tenant_id_edition_id FOREIGN KEY(tenant_id, edition_id) REFERENCES editions (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_edition_reaches_tenant_id_set_id FOREIGN KEY(tenant_id, set_id) REFERENCES unit_sets (tenant_id, id)
)
--;

CREATE INDEX ix_edition_reaches_set ON edition_reaches (tenant_id, set_id)
--;

CREATE TABLE tasks (
    tenant_id INTEGER NOT NULL,
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    step_key TEXT NOT NULL,
    member TEXT NOT NULL,
    visit INTEGER NOT NULL,
    label TEXT,
    status TEXT NOT NULL,
    version INTEGER NOT NULL,
    assignee_kind TEXT NOT NULL,
    assignee_id UUID NOT NULL,
    offered_to UUID,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    read_at TIMESTAMP WITH TIME ZONE,
    started_at TIMESTAMP WITH TIME ZONE,
    closed_at TIMESTAMP WITH TIME ZONE,
    closed_by UUID,
    position_id UUID,
    capacity TEXT,
    outcome TEXT,
    reason TEXT,
    draft JSONB,
    answers JSONB,
    CONSTRAINT pk_tasks PRIMARY KEY (tenant_id, id),
    CONSTRAINT ck_tasks_status CHECK (status IN ('open', 'done', 'returned', 'not_needed', 'excused', 'withdrawn', 'cancelled')),
    CONSTRAINT ck_tasks_assignee_kind CHECK (assignee_kind IN ('position', 'team', 'unit', 'person')),
    CONSTRAINT uq_tasks_tenant_id_case_id_step_key_member_visit UNIQUE (tenant_id, case_id, step_key, member, visit),
    CONSTRAINT fk_tasks_tenant_id_case_id FOREIGN KEY(tenant_id, case_id) REFERENCES cases (tenant_id, id),
    CONSTRAINT fk_tasks_tenant_id_offered_to FOREIGN KEY(tenant_id, offered_to) REFERENCES people (tenant_id, id),
    CONSTRAINT fk_tasks_tenant_id_closed_by FOREIGN KEY(tenant_id, closed_by) REFERENCES people (tenant_id, id),
    CONSTRAINT fk_tasks_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
)
--;

CREATE INDEX ix_tasks_inbox ON tasks (tenant_id, assignee_id, opened_at, id) WHERE status = 'open'
--;

CREATE INDEX ix_tasks_closed_by ON tasks (tenant_id, closed_by, closed_at) WHERE closed_by IS NOT NULL
--;

CREATE INDEX ix_tasks_offered_to ON tasks (tenant_id, offered_to) WHERE offered_to IS NOT NULL
--;

CREATE TABLE events (
    tenant_id INTEGER NOT NULL,
    case_id UUID NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    person_id UUID,
    position_id UUID,
    capacity TEXT,
    body JSONB NOT NULL,
    payload_hash BYTEA,
    prev_mac BYTEA NOT NULL,
    mac BYTEA NOT NULL,
    CONSTRAINT pk_events PRIMARY KEY (tenant_id, case_id, seq),
    CONSTRAINT fk_events_tenant_id_case_id FOREIGN KEY(tenant_id, case_id) REFERENCES cases (tenant_id, id),
    CONSTRAINT fk_events_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id)
)
--;

CREATE TABLE event_payloads (
    tenant_id INTEGER NOT NULL,
    case_id UUID NOT NULL,
    seq INTEGER NOT NULL,
    value JSONB,
    salt BYTEA,
    CONSTRAINT pk_event_payloads PRIMARY KEY (tenant_id, case_id, seq),
    CONSTRAINT fk_event_payloads_tenant_id_case_id_seq FOREIGN KEY(tenant_id, case_id, seq) REFERENCES events (tenant_id, case_id, seq)
)
--;

CREATE TABLE evidence (
    tenant_id INTEGER NOT NULL,
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    task_id UUID NOT NULL,
    file_id UUID NOT NULL,
    field TEXT NOT NULL,
    name TEXT NOT NULL,
    attached_by UUID NOT NULL,
    attached_at TIMESTAMP WITH TIME ZONE NOT NULL,
    removed_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_evidence PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_evidence_tenant_id_case_id FOREIGN KEY(tenant_id, case_id) REFERENCES cases (tenant_id, id),
    CONSTRAINT fk_evidence_tenant_id_task_id FOREIGN KEY(tenant_id, task_id) REFERENCES tasks (tenant_id, id),
    CONSTRAINT fk_evidence_tenant_id_file_id FOREIGN KEY(tenant_id, file_id) REFERENCES files (tenant_id, id),
    CONSTRAINT fk_evidence_tenant_id_attached_by FOREIGN KEY(tenant_id, attached_by) REFERENCES people (tenant_id, id),
    CONSTRAINT fk_evidence_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
)
--;

CREATE INDEX ix_evidence_file ON evidence (tenant_id, file_id)
--;

CREATE INDEX ix_evidence_case ON evidence (tenant_id, case_id)
--;

CREATE INDEX ix_evidence_attached_by ON evidence (tenant_id, attached_by)
--;

CREATE INDEX ix_evidence_task ON evidence (tenant_id, task_id) WHERE removed_at IS NULL
--;

ALTER TABLE procedures ADD CONSTRAINT fk_procedures_effective FOREIGN KEY(tenant_id, effective_id) REFERENCES editions (tenant_id, id)
--;

ALTER TABLE units ADD CONSTRAINT fk_units_receiver FOREIGN KEY(tenant_id, receiver_id) REFERENCES positions (tenant_id, id)
--;

GRANT SELECT, INSERT, UPDATE ON national_regulations TO langkah_app
--;

GRANT SELECT, INSERT, UPDATE ON operators TO langkah_app
--;

GRANT SELECT, INSERT, UPDATE ON tenants TO langkah_app
--;

ALTER TABLE anchors ENABLE ROW LEVEL SECURITY
--;

ALTER TABLE anchors FORCE ROW LEVEL SECURITY
--;

CREATE POLICY tenant ON anchors USING (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int) WITH CHECK (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int)
--;

GRANT SELECT, INSERT ON anchors TO langkah_app
--;

ALTER TABLE audit_entries ENABLE ROW LEVEL SECURITY
--;

ALTER TABLE audit_entries FORCE ROW LEVEL SECURITY
--;

CREATE POLICY tenant ON audit_entries USING (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int) WITH CHECK (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int)
--;

GRANT SELECT, INSERT, UPDATE (seq, mac) ON audit_entries TO langkah_app
--;

ALTER TABLE files ENABLE ROW LEVEL SECURITY
--;

ALTER TABLE files FORCE ROW LEVEL SECURITY
--;

CREATE POLICY tenant ON files USING (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int) WITH CHECK (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int)
--;

GRANT SELECT, INSERT, UPDATE, DELETE ON files TO langkah_app
--;

ALTER TABLE login_throttles ENABLE ROW LEVEL SECURITY
--;

ALTER TABLE login_throttles FORCE ROW LEVEL SECURITY
--;

CREATE POLICY tenant ON login_throttles USING (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int) WITH CHECK (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int)
--;

GRANT SELECT, INSERT, UPDATE, DELETE ON login_throttles TO langkah_app
--;

GRANT SELECT, INSERT, UPDATE, DELETE ON operator_sessions TO langkah_app
--;

GRANT SELECT, INSERT, UPDATE, DELETE ON operator_throttles TO langkah_app
--;

ALTER TABLE people ENABLE ROW LEVEL SECURITY
--;

ALTER TABLE people FORCE ROW LEVEL SECURITY
--;

CREATE POLICY tenant ON people USING (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int) WITH CHECK (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int)
--;

GRANT SELECT, INSERT, UPDATE, DELETE ON people TO langkah_app
--;

ALTER TABLE procedures ENABLE ROW LEVEL SECURITY
--;

ALTER TABLE procedures FORCE ROW LEVEL SECURITY
--;

CREATE POLICY tenant ON procedures USING (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int) WITH CHECK (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int)
--;

GRANT SELECT, INSERT, UPDATE, DELETE ON procedures TO langkah_app
--;

ALTER TABLE regulations ENABLE ROW LEVEL SECURITY
--;

ALTER TABLE regulations FORCE ROW LEVEL SECURITY
--;

CREATE POLICY tenant ON regulations USING (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int) WITH CHECK (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int)
--;

GRANT SELECT, INSERT, UPDATE, DELETE ON regulations TO langkah_app
--;

ALTER TABLE roles ENABLE ROW LEVEL SECURITY
--;

ALTER TABLE roles FORCE ROW LEVEL SECURITY
--;

CREATE POLICY tenant ON roles USING (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int) WITH CHECK (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int)
--;

GRANT SELECT, INSERT, UPDATE, DELETE ON roles TO langkah_app
--;

ALTER TABLE sync_objects ENABLE ROW LEVEL SECURITY
--;

ALTER TABLE sync_objects FORCE ROW LEVEL SECURITY
--;

CREATE POLICY tenant ON sync_objects USING (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int) WITH CHECK (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int)
--;

GRANT SELECT, INSERT, UPDATE, DELETE ON sync_objects TO langkah_app
--;

ALTER TABLE unit_sets ENABLE ROW LEVEL SECURITY
--;

ALTER TABLE unit_sets FORCE ROW LEVEL SECURITY
--;

CREATE POLICY tenant ON unit_sets USING (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int) WITH CHECK (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int)
--;

GRANT SELECT, INSERT, UPDATE, DELETE ON unit_sets TO langkah_app
--;

ALTER TABLE units ENABLE ROW LEVEL SECURITY
--;

ALTER TABLE units FORCE ROW LEVEL SECURITY
--;

CREATE POLICY tenant ON units USING (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int) WITH CHECK (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int)
--;

GRANT SELECT, INSERT, UPDATE, DELETE ON units TO langkah_app
--;

ALTER TABLE api_tokens ENABLE ROW LEVEL SECURITY
--;

ALTER TABLE api_tokens FORCE ROW LEVEL SECURITY
--;

CREATE POLICY tenant ON api_tokens USING (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int) WITH CHECK (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int)
--;

GRANT SELECT, INSERT, UPDATE, DELETE ON api_tokens TO langkah_app
--;

ALTER TABLE case_counters ENABLE ROW LEVEL SECURITY
--;

ALTER TABLE case_counters FORCE ROW LEVEL SECURITY
--;

CREATE POLICY tenant ON case_counters USING (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int) WITH CHECK (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int)
--;

GRANT SELECT, INSERT, UPDATE, DELETE ON case_counters TO langkah_app
--;

ALTER TABLE editions ENABLE ROW LEVEL SECURITY
--;

ALTER TABLE editions FORCE ROW LEVEL SECURITY
--;

CREATE POLICY tenant ON editions USING (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int) WITH CHECK (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int)
--;

GRANT SELECT, INSERT, UPDATE, DELETE ON editions TO langkah_app
--;

ALTER TABLE idempotency_keys ENABLE ROW LEVEL SECURITY
--;

ALTER TABLE idempotency_keys FORCE ROW LEVEL SECURITY
--;

CREATE POLICY tenant ON idempotency_keys USING (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int) WITH CHECK (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int)
--;

GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_keys TO langkah_app
--;

ALTER TABLE positions ENABLE ROW LEVEL SECURITY
--;

ALTER TABLE positions FORCE ROW LEVEL SECURITY
--;

CREATE POLICY tenant ON positions USING (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int) WITH CHECK (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int)
--;

GRANT SELECT, INSERT, UPDATE, DELETE ON positions TO langkah_app
--;

ALTER TABLE reset_codes ENABLE ROW LEVEL SECURITY
--;

ALTER TABLE reset_codes FORCE ROW LEVEL SECURITY
--;

CREATE POLICY tenant ON reset_codes USING (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int) WITH CHECK (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int)
--;

GRANT SELECT, INSERT, UPDATE, DELETE ON reset_codes TO langkah_app
--;

ALTER TABLE role_rights ENABLE ROW LEVEL SECURITY
--;

ALTER TABLE role_rights FORCE ROW LEVEL SECURITY
--;

CREATE POLICY tenant ON role_rights USING (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int) WITH CHECK (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int)
--;

GRANT SELECT, INSERT, UPDATE, DELETE ON role_rights TO langkah_app
--;

ALTER TABLE sessions ENABLE ROW LEVEL SECURITY
--;

ALTER TABLE sessions FORCE ROW LEVEL SECURITY
--;

CREATE POLICY tenant ON sessions USING (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int) WITH CHECK (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int)
--;

GRANT SELECT, INSERT, UPDATE, DELETE ON sessions TO langkah_app
--;

ALTER TABLE teams ENABLE ROW LEVEL SECURITY
--;

ALTER TABLE teams FORCE ROW LEVEL SECURITY
--;

CREATE POLICY tenant ON teams USING (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int) WITH CHECK (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int)
--;

GRANT SELECT, INSERT, UPDATE, DELETE ON teams TO langkah_app
--;

ALTER TABLE unit_set_members ENABLE ROW LEVEL SECURITY
--;

ALTER TABLE unit_set_members FORCE ROW LEVEL SECURITY
--;

CREATE POLICY tenant ON unit_set_members USING (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int) WITH CHECK (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int)
--;

GRANT SELECT, INSERT, UPDATE, DELETE ON unit_set_members TO langkah_app
--;

ALTER TABLE assignments ENABLE ROW LEVEL SECURITY
--;

ALTER TABLE assignments FORCE ROW LEVEL SECURITY
--;

CREATE POLICY tenant ON assignments USING (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int) WITH CHECK (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int)
--;

GRANT SELECT, INSERT, UPDATE, DELETE ON assignments TO langkah_app
--;

ALTER TABLE cases ENABLE ROW LEVEL SECURITY
--;

ALTER TABLE cases FORCE ROW LEVEL SECURITY
--;

CREATE POLICY tenant ON cases USING (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int) WITH CHECK (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int)
--;

GRANT SELECT, INSERT, UPDATE, DELETE ON cases TO langkah_app
--;

ALTER TABLE edition_reaches ENABLE ROW LEVEL SECURITY
--;

ALTER TABLE edition_reaches FORCE ROW LEVEL SECURITY
--;

CREATE POLICY tenant ON edition_reaches USING (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int) WITH CHECK (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int)
--;

GRANT SELECT, INSERT, UPDATE, DELETE ON edition_reaches TO langkah_app
--;

ALTER TABLE position_branches ENABLE ROW LEVEL SECURITY
--;

ALTER TABLE position_branches FORCE ROW LEVEL SECURITY
--;

CREATE POLICY tenant ON position_branches USING (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int) WITH CHECK (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int)
--;

GRANT SELECT, INSERT, UPDATE, DELETE ON position_branches TO langkah_app
--;

ALTER TABLE role_grants ENABLE ROW LEVEL SECURITY
--;

ALTER TABLE role_grants FORCE ROW LEVEL SECURITY
--;

CREATE POLICY tenant ON role_grants USING (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int) WITH CHECK (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int)
--;

GRANT SELECT, INSERT, UPDATE, DELETE ON role_grants TO langkah_app
--;

ALTER TABLE team_members ENABLE ROW LEVEL SECURITY
--;

ALTER TABLE team_members FORCE ROW LEVEL SECURITY
--;

CREATE POLICY tenant ON team_members USING (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int) WITH CHECK (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int)
--;

GRANT SELECT, INSERT, UPDATE, DELETE ON team_members TO langkah_app
--;

ALTER TABLE events ENABLE ROW LEVEL SECURITY
--;

ALTER TABLE events FORCE ROW LEVEL SECURITY
--;

CREATE POLICY tenant ON events USING (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int) WITH CHECK (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int)
--;

GRANT SELECT, INSERT ON events TO langkah_app
--;

ALTER TABLE tasks ENABLE ROW LEVEL SECURITY
--;

ALTER TABLE tasks FORCE ROW LEVEL SECURITY
--;

CREATE POLICY tenant ON tasks USING (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int) WITH CHECK (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int)
--;

GRANT SELECT, INSERT, UPDATE, DELETE ON tasks TO langkah_app
--;

ALTER TABLE event_payloads ENABLE ROW LEVEL SECURITY
--;

ALTER TABLE event_payloads FORCE ROW LEVEL SECURITY
--;

CREATE POLICY tenant ON event_payloads USING (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int) WITH CHECK (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int)
--;

GRANT SELECT, INSERT, UPDATE (value, salt) ON event_payloads TO langkah_app
--;

ALTER TABLE evidence ENABLE ROW LEVEL SECURITY
--;

ALTER TABLE evidence FORCE ROW LEVEL SECURITY
--;

CREATE POLICY tenant ON evidence USING (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int) WITH CHECK (tenant_id = NULLIF(current_setting('langkah.tenant', true), '')::int)
--;

GRANT SELECT, INSERT, UPDATE, DELETE ON evidence TO langkah_app
--;

GRANT USAGE ON SEQUENCE tenants_id_seq TO langkah_app
--;

-- Today, where the tenant lives; set with its scope.
CREATE VIEW current_assignments WITH (security_invoker = true) AS
SELECT a.tenant_id, a.id, a.person_id, a.position_id, a.kind
  FROM assignments a
 WHERE a.starts_on <= NULLIF(current_setting('langkah.today', true), '')::date
   AND (a.ends_on IS NULL OR a.ends_on >= NULLIF(current_setting('langkah.today', true), '')::date)
--;

-- Who answers for a position today: its holders, and where it is vacant the nearest superior who is there. The nearest is
-- one look per post, up the index until somebody is there: as an anti-join it took half a minute on stale statistics.
CREATE VIEW post_holders WITH (security_invoker = true) AS
SELECT a.tenant_id, a.position_id AS post_id, a.person_id, a.position_id, a.kind AS capacity
  FROM current_assignments a
 UNION ALL
SELECT b.tenant_id, b.position_id AS post_id, a.person_id, a.position_id, 'superior' AS capacity
  FROM position_branches b
  JOIN current_assignments a ON a.tenant_id = b.tenant_id AND a.position_id = b.superior_id
 WHERE b.distance > 0
   AND b.superior_id = (
         SELECT nearest.superior_id
           FROM position_branches nearest
           JOIN current_assignments h
             ON h.tenant_id = nearest.tenant_id AND h.position_id = nearest.superior_id
          WHERE nearest.tenant_id = b.tenant_id AND nearest.position_id = b.position_id
          ORDER BY nearest.distance
          LIMIT 1)
--;

-- Who answers for anything a task can be assigned to: a position, a team, a unit at its receiving desk.
CREATE VIEW holders WITH (security_invoker = true) AS
SELECT p.tenant_id, p.post_id AS assignee_id, p.person_id, p.position_id, p.capacity
  FROM post_holders p
 UNION ALL
SELECT m.tenant_id, m.team_id, a.person_id, a.position_id, a.kind
  FROM team_members m
  JOIN teams t ON t.tenant_id = m.tenant_id AND t.id = m.team_id
  JOIN current_assignments a ON a.tenant_id = m.tenant_id AND a.position_id = m.position_id
 WHERE t.active
   AND (t.starts_on IS NULL OR t.starts_on <= NULLIF(current_setting('langkah.today', true), '')::date)
   AND (t.ends_on IS NULL OR t.ends_on >= NULLIF(current_setting('langkah.today', true), '')::date)
 UNION ALL
SELECT m.tenant_id, m.team_id, m.person_id, NULL::uuid, 'team'
  FROM team_members m
  JOIN teams t ON t.tenant_id = m.tenant_id AND t.id = m.team_id
 WHERE m.person_id IS NOT NULL
   AND t.active
   AND (t.starts_on IS NULL OR t.starts_on <= NULLIF(current_setting('langkah.today', true), '')::date)
   AND (t.ends_on IS NULL OR t.ends_on >= NULLIF(current_setting('langkah.today', true), '')::date)
 UNION ALL
SELECT u.tenant_id, u.id, p.person_id, p.position_id, p.capacity
  FROM units u
  JOIN post_holders p ON p.tenant_id = u.tenant_id AND p.post_id = u.receiver_id
 WHERE u.receiver_id IS NOT NULL
 UNION ALL
SELECT u.tenant_id, u.id, p.person_id, p.position_id, p.capacity
  FROM units u
  JOIN positions head ON head.tenant_id = u.tenant_id AND head.unit_id = u.id AND head.head AND head.active
  JOIN post_holders p ON p.tenant_id = head.tenant_id AND p.post_id = head.id
 WHERE u.receiver_id IS NULL
--;

GRANT SELECT ON current_assignments, post_holders, holders TO langkah_app
--;

-- An edition in force is evidence of what the office had decided: it is retired, never rewritten.
CREATE FUNCTION keep_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status <> 'draft' AND (NEW.content, NEW.content_hash, NEW.number, NEW.procedure_id)
       IS DISTINCT FROM (OLD.content, OLD.content_hash, OLD.number, OLD.procedure_id) THEN
    RAISE EXCEPTION 'an edition in force never changes' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END
$$
--;

CREATE TRIGGER keep_edition BEFORE UPDATE ON editions FOR EACH ROW EXECUTE FUNCTION keep_edition()
--;
