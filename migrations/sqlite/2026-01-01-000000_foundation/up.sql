-- The foundation. Instants are INTEGER: microseconds since 1970-01-01 UTC. Periods are INTEGER: 20261 is 2026-S1.
-- Days are TEXT, 2026-01-31. Closed lists (channel, mode, sex, ...) have the codes of storage/src/codes.rs.

CREATE TABLE settings (
    key TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT;

CREATE TABLE instruments (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    rule_version TEXT NOT NULL,
    body TEXT NOT NULL,
    sha256 BLOB NOT NULL
) STRICT;

CREATE TABLE mpps (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    region_code TEXT NOT NULL,
    province_code TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    brand TEXT,
    soft_launched_on TEXT,
    inaugurated_on TEXT,
    address TEXT,
    organiser TEXT,
    surveyor TEXT,
    signatory TEXT,
    signatory_title TEXT,
    closed_on TEXT
) STRICT;

CREATE TABLE agencies (
    id INTEGER PRIMARY KEY,
    mpp_id INTEGER NOT NULL REFERENCES mpps (id),
    name TEXT NOT NULL,
    UNIQUE (mpp_id, name),
    UNIQUE (mpp_id, id)
) STRICT;

CREATE TABLE counters (
    id INTEGER PRIMARY KEY,
    mpp_id INTEGER NOT NULL REFERENCES mpps (id),
    agency_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    UNIQUE (mpp_id, agency_id, name),
    UNIQUE (mpp_id, id),
    FOREIGN KEY (mpp_id, agency_id) REFERENCES agencies (mpp_id, id)
) STRICT;

CREATE TABLE services (
    id INTEGER PRIMARY KEY,
    mpp_id INTEGER NOT NULL REFERENCES mpps (id),
    agency_id INTEGER NOT NULL,
    counter_id INTEGER,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    channel INTEGER,
    free INTEGER,
    UNIQUE (mpp_id, code),
    UNIQUE (mpp_id, id),
    FOREIGN KEY (mpp_id, agency_id) REFERENCES agencies (mpp_id, id),
    FOREIGN KEY (mpp_id, counter_id) REFERENCES counters (mpp_id, id)
) STRICT;

CREATE TABLE visitors (
    id INTEGER PRIMARY KEY,
    mpp_id INTEGER NOT NULL REFERENCES mpps (id),
    service_id INTEGER,
    period INTEGER NOT NULL,
    visitors INTEGER NOT NULL CHECK (visitors >= 0),
    FOREIGN KEY (mpp_id, service_id) REFERENCES services (mpp_id, id)
) STRICT;
-- A missing service stands for the whole MPP and must be unique as well, which NULL alone would not be.
CREATE UNIQUE INDEX visitors_key ON visitors (mpp_id, period, COALESCE(service_id, 0));

-- seq grows with the order of storing; it is a watermark, never an identity. A withdrawn response stays as a
-- tombstone (state 3) without any content, so that its id is never taken again.
CREATE TABLE responses (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    mpp_id INTEGER NOT NULL REFERENCES mpps (id),
    service_id INTEGER,
    counter_id INTEGER,
    period INTEGER NOT NULL,
    filled_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    channel INTEGER,
    mode INTEGER,
    persyaratan INTEGER,
    prosedur INTEGER,
    waktu INTEGER,
    biaya INTEGER,
    produk INTEGER,
    kompetensi INTEGER,
    perilaku INTEGER,
    sarana INTEGER,
    pengaduan INTEGER,
    sex INTEGER,
    age_band INTEGER,
    education INTEGER,
    occupation INTEGER,
    disability INTEGER,
    duration_s INTEGER,
    language INTEGER,
    verified INTEGER NOT NULL,
    flags INTEGER NOT NULL,
    state INTEGER NOT NULL,
    content_hash BLOB,
    instrument_id INTEGER NOT NULL REFERENCES instruments (id),
    FOREIGN KEY (mpp_id, service_id) REFERENCES services (mpp_id, id),
    FOREIGN KEY (mpp_id, counter_id) REFERENCES counters (mpp_id, id),
    CHECK (persyaratan BETWEEN 1 AND 4 AND prosedur BETWEEN 1 AND 4 AND waktu BETWEEN 1 AND 4
        AND biaya BETWEEN 1 AND 4 AND produk BETWEEN 1 AND 4 AND kompetensi BETWEEN 1 AND 4
        AND perilaku BETWEEN 1 AND 4 AND sarana BETWEEN 1 AND 4 AND pengaduan BETWEEN 1 AND 4),
    CHECK (state = 3 OR (state IN (1, 2) AND mode IS NOT NULL AND content_hash IS NOT NULL))
) STRICT;
CREATE INDEX responses_by_mpp ON responses (period, mpp_id, filled_at, state);

CREATE TABLE comments (
    response_seq INTEGER PRIMARY KEY REFERENCES responses (seq),
    body TEXT NOT NULL
) STRICT;

-- A row exists from the closing of a period on; nothing opens it again.
CREATE TABLE mpp_periods (
    mpp_id INTEGER NOT NULL REFERENCES mpps (id),
    period INTEGER NOT NULL,
    closed_at INTEGER NOT NULL,
    archive_manifest TEXT,
    archive_sha256 BLOB,
    archive_rows INTEGER,
    PRIMARY KEY (period, mpp_id)
) STRICT;

CREATE TABLE tallies (
    mpp_id INTEGER NOT NULL REFERENCES mpps (id),
    period INTEGER NOT NULL,
    dimension TEXT NOT NULL,
    key TEXT NOT NULL,
    words BLOB NOT NULL,
    PRIMARY KEY (period, mpp_id, dimension, key)
) STRICT;

CREATE TABLE summaries (
    mpp_id INTEGER NOT NULL REFERENCES mpps (id),
    period INTEGER NOT NULL,
    body TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    PRIMARY KEY (period, mpp_id)
) STRICT;

CREATE TABLE snapshots (
    period INTEGER NOT NULL PRIMARY KEY,
    body TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE leases (
    key TEXT NOT NULL PRIMARY KEY,
    owner TEXT NOT NULL,
    token INTEGER NOT NULL,
    until INTEGER NOT NULL
) STRICT;

CREATE TABLE report_runs (
    mpp_id INTEGER NOT NULL REFERENCES mpps (id),
    period INTEGER NOT NULL,
    step TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    last_error TEXT,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (period, mpp_id)
) STRICT;

CREATE TABLE report_revisions (
    mpp_id INTEGER NOT NULL REFERENCES mpps (id),
    period INTEGER NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    reason TEXT NOT NULL,
    manifest TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (period, mpp_id, revision)
) STRICT;

-- A recipient without an MPP belongs to the ministry.
CREATE TABLE recipients (
    id INTEGER PRIMARY KEY,
    mpp_id INTEGER REFERENCES mpps (id),
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    language INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX recipients_key ON recipients (COALESCE(mpp_id, 0), email);

CREATE TABLE followups (
    id INTEGER PRIMARY KEY,
    mpp_id INTEGER NOT NULL REFERENCES mpps (id),
    period INTEGER NOT NULL,
    element TEXT NOT NULL,
    step TEXT NOT NULL,
    owner TEXT NOT NULL,
    due_on TEXT,
    status TEXT NOT NULL,
    evidence TEXT NOT NULL,
    UNIQUE (mpp_id, period, element, step)
) STRICT;

CREATE TABLE history (
    mpp_id INTEGER NOT NULL REFERENCES mpps (id),
    period INTEGER NOT NULL,
    ikm TEXT NOT NULL,
    n INTEGER,
    rule TEXT NOT NULL,
    weight TEXT NOT NULL,
    PRIMARY KEY (mpp_id, period)
) STRICT;

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    mpp_id INTEGER REFERENCES mpps (id),
    period INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    recipient_email TEXT NOT NULL,
    recipient_name TEXT NOT NULL,
    language INTEGER NOT NULL,
    message_id TEXT NOT NULL UNIQUE,
    attachments TEXT NOT NULL,
    state INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    next_attempt_at INTEGER NOT NULL,
    lease_until INTEGER NOT NULL,
    last_error TEXT,
    sent_at INTEGER
) STRICT;
CREATE UNIQUE INDEX outbox_key ON outbox (period, COALESCE(mpp_id, 0), revision, recipient_email);
CREATE INDEX outbox_due ON outbox (state, next_attempt_at);

CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY,
    outbox_id INTEGER NOT NULL REFERENCES outbox (id),
    attempted_at INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX deliveries_by_outbox ON deliveries (outbox_id);
