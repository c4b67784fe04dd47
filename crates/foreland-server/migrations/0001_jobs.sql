CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    study TEXT NOT NULL,
    -- What was asked, as JSON.
    request TEXT NOT NULL,
    -- Hash of the study, the atlas and the program that it was asked of.
    inputs TEXT NOT NULL,
    idempotency_key TEXT UNIQUE,
    -- accepted, running, successful, failed or dismissed.
    status TEXT NOT NULL,
    message TEXT NOT NULL,
    -- Whole percent.
    progress TEXT NOT NULL,
    -- Times in UTC, RFC 3339.
    created TEXT NOT NULL,
    started TEXT,
    finished TEXT,
    updated TEXT NOT NULL
);

CREATE INDEX jobs_by_status ON jobs (status, created);
