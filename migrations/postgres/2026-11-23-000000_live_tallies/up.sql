-- Figures of what is not frozen yet, counted a few seconds behind the responses and never in their transaction.

-- Every accepted response up to this place in the order of storing is counted below, once, unless the figures of its MPP
-- and period are frozen.
CREATE TABLE live_marks (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    seq BIGINT NOT NULL CHECK (seq >= 0)
);
INSERT INTO live_marks (id, seq) VALUES (1, 0);

-- Tallies that add up. The dimensions "service_channel", "mode" and "week" each split "total". The rows of the running
-- period are written again every few seconds; room is left beside them for that.
CREATE TABLE live_tallies (
    period INTEGER NOT NULL,
    dimension TEXT NOT NULL,
    mpp_id INTEGER NOT NULL REFERENCES mpps (id),
    key TEXT NOT NULL,
    words BYTEA NOT NULL,
    PRIMARY KEY (period, dimension, mpp_id, key)
) WITH (fillfactor = 70);
