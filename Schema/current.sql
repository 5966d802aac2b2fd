-- What all migrations add up to, as SQLite tells it.

CREATE TABLE project (
  id INTEGER CONSTRAINT project_key PRIMARY KEY,
  uuid BLOB NOT NULL CONSTRAINT project_uuid_unique UNIQUE
    CONSTRAINT project_uuid_length CHECK (length(uuid) = 16),
  name TEXT NOT NULL CONSTRAINT project_name_unique UNIQUE,
  language TEXT NOT NULL -- BCP 47
) STRICT;

CREATE TABLE speaker (
  id INTEGER CONSTRAINT speaker_key PRIMARY KEY,
  uuid BLOB NOT NULL CONSTRAINT speaker_uuid_unique UNIQUE
    CONSTRAINT speaker_uuid_length CHECK (length(uuid) = 16),
  project INTEGER NOT NULL CONSTRAINT speaker_project_reference REFERENCES project (id),
  name TEXT NOT NULL,
  merged_into INTEGER -- the speaker who took over all the lines
    CONSTRAINT speaker_merged_into_reference REFERENCES speaker (id),
  deleted INTEGER NOT NULL DEFAULT 0 -- 1 once the edit that brought the speaker in is undone
    CONSTRAINT speaker_deleted_range CHECK (deleted IN (0, 1))
) STRICT;

CREATE UNIQUE INDEX speaker_name_unique ON speaker (project, name)
  WHERE merged_into IS NULL AND deleted = 0;

CREATE INDEX speaker_project ON speaker (project);

CREATE INDEX speaker_merged_into ON speaker (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE script (
  id INTEGER CONSTRAINT script_key PRIMARY KEY,
  uuid BLOB NOT NULL CONSTRAINT script_uuid_unique UNIQUE
    CONSTRAINT script_uuid_length CHECK (length(uuid) = 16),
  project INTEGER NOT NULL CONSTRAINT script_project_reference REFERENCES project (id),
  title TEXT NOT NULL,
  kind TEXT NOT NULL CONSTRAINT script_kind_known CHECK (kind IN ('transcript', 'script')),
  language TEXT NOT NULL, -- BCP 47
  revision INTEGER NOT NULL, -- the sequence of its last revision
  line_count INTEGER NOT NULL, -- of the lines that are not deleted
  deleted INTEGER NOT NULL DEFAULT 0
    CONSTRAINT script_deleted_range CHECK (deleted IN (0, 1))
) STRICT;

CREATE INDEX script_project ON script (project);

CREATE TABLE line (
  id INTEGER CONSTRAINT line_key PRIMARY KEY,
  uuid BLOB NOT NULL CONSTRAINT line_uuid_unique UNIQUE
    CONSTRAINT line_uuid_length CHECK (length(uuid) = 16),
  script INTEGER NOT NULL CONSTRAINT line_script_reference REFERENCES script (id),
  deleted INTEGER NOT NULL DEFAULT 0 -- a deleted line keeps its values for undo and old revisions
    CONSTRAINT line_deleted_range CHECK (deleted IN (0, 1)),
  position BLOB NOT NULL -- a fraction in base 256 without trailing zeros: lines sort by its bytes
    CONSTRAINT line_position_not_empty CHECK (length(position) > 0),
  kind INTEGER NOT NULL -- 0 dialogue, 1 heading, 2 direction
    CONSTRAINT line_kind_known CHECK (kind IN (0, 1, 2)),
  speaker INTEGER CONSTRAINT line_speaker_reference REFERENCES speaker (id),
  start INTEGER, -- milliseconds
  "end" INTEGER, -- milliseconds
  text TEXT NOT NULL,
  revision INTEGER NOT NULL, -- the sequence of the script's revision that last touched the line
  joined_into INTEGER -- the line that took this one's text in, so that edits of this one find it
    CONSTRAINT line_joined_into_reference REFERENCES line (id)
) STRICT;

CREATE INDEX line_order ON line (script, deleted, position);

CREATE INDEX line_speaker ON line (speaker, script, deleted) WHERE speaker IS NOT NULL;

CREATE INDEX line_joined_into ON line (joined_into) WHERE joined_into IS NOT NULL;

CREATE TABLE source (
  id INTEGER CONSTRAINT source_key PRIMARY KEY,
  uuid BLOB NOT NULL CONSTRAINT source_uuid_unique UNIQUE
    CONSTRAINT source_uuid_length CHECK (length(uuid) = 16),
  project INTEGER NOT NULL CONSTRAINT source_project_reference REFERENCES project (id),
  script INTEGER NOT NULL CONSTRAINT source_script_reference REFERENCES script (id),
  name TEXT NOT NULL, -- a label, never a path
  format TEXT NOT NULL,
  encoding TEXT NOT NULL,
  sha256 BLOB NOT NULL CONSTRAINT source_sha256_length CHECK (length(sha256) = 32),
  bytes BLOB NOT NULL -- the whole file as it came
) STRICT;

CREATE INDEX source_project ON source (project);

CREATE INDEX source_script ON source (script);

CREATE TABLE source_finding (
  source INTEGER NOT NULL CONSTRAINT source_finding_source_reference REFERENCES source (id),
  ordinal INTEGER NOT NULL,
  severity TEXT NOT NULL
    CONSTRAINT source_finding_severity_known CHECK (severity IN ('note', 'warning', 'error')),
  code TEXT NOT NULL,
  line INTEGER NOT NULL, -- in the file, from 1; 0 for the whole file
  "column" INTEGER NOT NULL,
  message TEXT NOT NULL,
  CONSTRAINT source_finding_key PRIMARY KEY (source, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE source_note (
  source INTEGER NOT NULL CONSTRAINT source_note_source_reference REFERENCES source (id),
  ordinal INTEGER NOT NULL,
  text TEXT NOT NULL, -- a header, a footer, a comment: what the file holds that is no line
  CONSTRAINT source_note_key PRIMARY KEY (source, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE revision (
  script INTEGER NOT NULL CONSTRAINT revision_script_reference REFERENCES script (id),
  sequence INTEGER NOT NULL CONSTRAINT revision_sequence_range CHECK (sequence >= 1),
  uuid BLOB NOT NULL -- version 7: its first 48 bits are the date that people are shown
    CONSTRAINT revision_uuid_length CHECK (length(uuid) = 16),
  kind INTEGER NOT NULL, -- 0 create, 1 import, 2 edit, 3 speaker, 4 retime, 5 replace, 6 undo,
                         -- 7 redo, 8 restore, 9 merge, 10 resolve, 11 delete, 12 sync
  message TEXT NOT NULL,
  change_count INTEGER NOT NULL,
  target INTEGER, -- the sequence of the revision that an undo or a redo took back
  batch BLOB -- the first revision's UUID where one command changed several scripts as one
    CONSTRAINT revision_batch_length CHECK (length(batch) = 16),
  CONSTRAINT revision_key PRIMARY KEY (script, sequence)
) STRICT, WITHOUT ROWID;

CREATE INDEX revision_batch ON revision (batch) WHERE batch IS NOT NULL;

CREATE TABLE change (
  script INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  field INTEGER NOT NULL, -- 0 text, 1 speaker, 2 start, 3 end, 4 kind, 5 position, 6 deleted,
                          -- 7 joined_into of a line; 8 name, 9 merged_into, 10 deleted of a
                          -- speaker; 11 title, 12 deleted of a script; 13 recorded, 14 state,
                          -- 15 resolution, 16 base, 17 ours, 18 theirs of a conflict
  subject INTEGER NOT NULL, -- the row that was changed, in the field's table
  prefix INTEGER, -- of a text: how many bytes in front are the same before and after
  before ANY, -- of a text: what stood between the common beginning and the common end
  after ANY,
  CONSTRAINT change_key PRIMARY KEY (script, sequence, ordinal),
  CONSTRAINT change_revision_reference
    FOREIGN KEY (script, sequence) REFERENCES revision (script, sequence)
) STRICT, WITHOUT ROWID;

CREATE TABLE export (
  id INTEGER CONSTRAINT export_key PRIMARY KEY,
  script INTEGER NOT NULL CONSTRAINT export_script_reference REFERENCES script (id),
  revision INTEGER NOT NULL, -- the sequence that was exported: the base of a copy that comes back
  format TEXT NOT NULL,
  sha256 BLOB NOT NULL CONSTRAINT export_sha256_length CHECK (length(sha256) = 32),
  CONSTRAINT export_content_unique UNIQUE (script, sha256)
) STRICT;

CREATE INDEX export_sha256 ON export (sha256);

CREATE TABLE conflict (
  id INTEGER CONSTRAINT conflict_key PRIMARY KEY,
  uuid BLOB NOT NULL CONSTRAINT conflict_uuid_length CHECK (length(uuid) = 16),
  script INTEGER NOT NULL CONSTRAINT conflict_script_reference REFERENCES script (id),
  line INTEGER NOT NULL CONSTRAINT conflict_line_reference REFERENCES line (id),
  field TEXT NOT NULL,
  base TEXT,
  ours TEXT,
  theirs TEXT,
  state TEXT NOT NULL CONSTRAINT conflict_state_known CHECK (state IN ('open', 'resolved')),
  resolution TEXT, -- what the person picked: ours, theirs, base or text
  recorded INTEGER NOT NULL -- 0 once the merge that found it is undone
    CONSTRAINT conflict_recorded_range CHECK (recorded IN (0, 1)),
  CONSTRAINT conflict_uuid_unique UNIQUE (script, uuid)
) STRICT;

CREATE INDEX conflict_line ON conflict (line);

CREATE TABLE media (
  id INTEGER CONSTRAINT media_key PRIMARY KEY,
  uuid BLOB NOT NULL CONSTRAINT media_uuid_unique UNIQUE
    CONSTRAINT media_uuid_length CHECK (length(uuid) = 16),
  project INTEGER NOT NULL CONSTRAINT media_project_reference REFERENCES project (id),
  name TEXT NOT NULL, -- a label, never a path
  sha256 BLOB NOT NULL -- in hexadecimal the name of its file in media/
    CONSTRAINT media_sha256_length CHECK (length(sha256) = 32),
  byte_count INTEGER NOT NULL,
  CONSTRAINT media_content_unique UNIQUE (project, sha256)
) STRICT;

CREATE VIEW searchable_line AS
  SELECT id, replace(replace(replace(replace(replace(replace(text,
    '<b>', ''), '</b>', ''), '<i>', ''), '</i>', ''), '<u>', ''), '</u>', '') AS text
  FROM line WHERE deleted = 0;

CREATE VIRTUAL TABLE line_text USING fts5 (
  text, content = 'searchable_line', content_rowid = 'id', columnsize = 0,
  tokenize = 'unicode61 remove_diacritics 2');

CREATE VIRTUAL TABLE line_pair USING fts5 (
  text, content = '',
  tokenize = 'unicode61 remove_diacritics 2 categories ''L* N* Co Mn Mc''');
