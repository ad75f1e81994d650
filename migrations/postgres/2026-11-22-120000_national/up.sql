-- Revisions of the national report. Each stays as it was; the comparison in it is the snapshot's.
CREATE TABLE national_revisions (
    period INTEGER NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    reason TEXT NOT NULL,
    manifest TEXT NOT NULL,
    sha256 BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (period, revision)
);
