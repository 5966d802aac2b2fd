-- Exports are known again by a fast hash: SHA-256 took a third of the time of an export. What was
-- exported before keeps its row: its revision is still one that an edited copy may be made from.

CREATE TABLE export_known (
  id INTEGER CONSTRAINT export_key PRIMARY KEY,
  script INTEGER NOT NULL CONSTRAINT export_script_reference REFERENCES script (id),
  revision INTEGER NOT NULL, -- the sequence that was exported: the base of a copy that comes back
  format TEXT NOT NULL,
  fingerprint BLOB NOT NULL -- XXH3, 16 bytes; of exports before this migration SHA-256
    CONSTRAINT export_fingerprint_length CHECK (length(fingerprint) IN (16, 32)),
  CONSTRAINT export_content_unique UNIQUE (script, fingerprint)
) STRICT;

INSERT INTO export_known (id, script, revision, format, fingerprint)
SELECT id, script, revision, format, sha256 FROM export;

DROP TABLE export;
ALTER TABLE export_known RENAME TO export;

CREATE INDEX export_fingerprint ON export (fingerprint);
