-- Trust without identity: visit tokens, signed counter codes, device marks, and the heartbeat of kiosks.

-- Whether the code of the counter's poster came with the response.
ALTER TABLE responses ADD COLUMN counter_signed INTEGER NOT NULL DEFAULT 0;

-- Visit tokens per MPP and last day of validity (days since 2020-01-01): how many serials were given out, and a bit for
-- each of them that says whether it was used. Nothing says when, in which order, or by which response.
CREATE TABLE visit_tokens (
    mpp_id INTEGER NOT NULL REFERENCES mpps (id),
    last_day INTEGER NOT NULL CHECK (last_day BETWEEN 0 AND 65535),
    issued INTEGER NOT NULL CHECK (issued BETWEEN 0 AND 16777216),
    spent BLOB NOT NULL CHECK (length(spent) <= 2097152),
    PRIMARY KEY (mpp_id, last_day)
) STRICT;

-- The key under which a day's device markers are hashed (days since 1970-01-01 UTC), and the hashes. Both are destroyed
-- after 48 hours; what stays is a flag. Marks go with their response, so no foreign key is declared, which would be
-- checked for every answer.
CREATE TABLE device_days (
    day INTEGER NOT NULL PRIMARY KEY,
    key BLOB NOT NULL CHECK (length(key) = 32)
) STRICT;
CREATE TABLE device_marks (
    response_seq INTEGER NOT NULL PRIMARY KEY,
    day INTEGER NOT NULL,
    marker BLOB NOT NULL CHECK (length(marker) = 16)
) STRICT;
CREATE INDEX device_marks_by_marker ON device_marks (day, marker);

-- The last sign of life of each kiosk; a counter that is not known (any more) is ''.
CREATE TABLE kiosk_heartbeats (
    mpp_id INTEGER NOT NULL REFERENCES mpps (id),
    counter TEXT NOT NULL,
    last_seen_at INTEGER NOT NULL,
    waiting INTEGER NOT NULL CHECK (waiting >= 0),
    version TEXT NOT NULL,
    PRIMARY KEY (mpp_id, counter)
) STRICT;
