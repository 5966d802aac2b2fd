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

CREATE TABLE observation (
  id INTEGER CONSTRAINT observation_key PRIMARY KEY,
  sha256 BLOB NOT NULL CONSTRAINT observation_sha256_unique UNIQUE
    CONSTRAINT observation_sha256_length CHECK (length(sha256) = 32),
  bytes BLOB NOT NULL -- the whole answer as it came
) STRICT;

CREATE TABLE session (
  id INTEGER CONSTRAINT session_key PRIMARY KEY,
  uuid BLOB NOT NULL CONSTRAINT session_uuid_unique UNIQUE
    CONSTRAINT session_uuid_length CHECK (length(uuid) = 16),
  project INTEGER NOT NULL CONSTRAINT session_project_reference REFERENCES project (id),
  service_session TEXT NOT NULL, -- the service's name for it: opaque, may look like a long number
  service_task TEXT NOT NULL, -- the service's name for its task: opaque
  service_user TEXT, -- the service's name for the account, where it told one
  live INTEGER NOT NULL DEFAULT 1 -- 0 once the service no longer knew it
    CONSTRAINT session_live_range CHECK (live IN (0, 1)),
  refuses_text_files INTEGER NOT NULL DEFAULT 0 -- 1 once it refused one: texts go in messages
    CONSTRAINT session_refuses_text_files_range CHECK (refuses_text_files IN (0, 1)),
  observation INTEGER -- its state as it was seen last
    CONSTRAINT session_observation_reference REFERENCES observation (id)
) STRICT;

CREATE UNIQUE INDEX session_live_unique ON session (project) WHERE live = 1;

CREATE INDEX session_project ON session (project);

CREATE INDEX session_observation ON session (observation) WHERE observation IS NOT NULL;

CREATE TABLE media (
  id INTEGER CONSTRAINT media_key PRIMARY KEY,
  uuid BLOB NOT NULL CONSTRAINT media_uuid_unique UNIQUE
    CONSTRAINT media_uuid_length CHECK (length(uuid) = 16),
  project INTEGER NOT NULL CONSTRAINT media_project_reference REFERENCES project (id),
  name TEXT NOT NULL, -- a label, never a path
  kind TEXT NOT NULL
    CONSTRAINT media_kind_known CHECK (kind IN ('video', 'audio', 'image', 'text', 'other')),
  origin TEXT NOT NULL
    CONSTRAINT media_origin_known CHECK (origin IN ('local', 'uploaded', 'generated')),
  path TEXT, -- of the person's own file, absolute; without one a file lies in media/
  sha256 BLOB -- of the whole content, in hexadecimal the name of its file in media/
    CONSTRAINT media_sha256_length CHECK (length(sha256) = 32),
  byte_count INTEGER CONSTRAINT media_byte_count_range CHECK (byte_count >= 0),
  address TEXT, -- where it can be had; may hold a key
  identity TEXT, -- what the service tells it by: of a file that it has the hash
  service_name TEXT, -- the name under which the service has an uploaded file
  validator TEXT, gone TEXT, -- ETag or date of a download that began, for If-Range
  CONSTRAINT media_generated_identity CHECK (origin <> 'generated' OR identity IS NOT NULL)
) STRICT;

CREATE UNIQUE INDEX media_identity_unique ON media (project, identity) WHERE origin = 'generated';

CREATE UNIQUE INDEX media_content_unique ON media (project, sha256)
  WHERE origin <> 'generated' AND sha256 IS NOT NULL;

CREATE TABLE intent (
  id INTEGER CONSTRAINT intent_key PRIMARY KEY,
  uuid BLOB NOT NULL CONSTRAINT intent_uuid_unique UNIQUE -- version 7: begins with its date
    CONSTRAINT intent_uuid_length CHECK (length(uuid) = 16),
  project INTEGER NOT NULL CONSTRAINT intent_project_reference REFERENCES project (id),
  kind TEXT NOT NULL
    CONSTRAINT intent_kind_known CHECK (kind IN ('session', 'upload', 'message', 'render')),
  purpose TEXT NOT NULL CONSTRAINT intent_purpose_known
    CHECK (purpose IN ('say', 'extract', 'generate', 'push', 'none')),
  state TEXT NOT NULL CONSTRAINT intent_state_known
    CHECK (state IN ('queued', 'sending', 'streaming', 'inDoubt', 'done', 'refused', 'abandoned')),
  attempts INTEGER NOT NULL DEFAULT 0 -- how many times it began to be sent
    CONSTRAINT intent_attempts_range CHECK (attempts >= 0),
  looks INTEGER NOT NULL DEFAULT 0 -- at the session, since it came in doubt
    CONSTRAINT intent_looks_range CHECK (looks >= 0),
  maybe_charged INTEGER NOT NULL DEFAULT 0
    CONSTRAINT intent_maybe_charged_range CHECK (maybe_charged IN (0, 1)),
  script INTEGER CONSTRAINT intent_script_reference REFERENCES script (id),
  media INTEGER CONSTRAINT intent_media_reference REFERENCES media (id),
  session INTEGER -- that it was sent to
    CONSTRAINT intent_session_reference REFERENCES session (id),
  observation INTEGER -- the session's state as it was seen last before it was sent
    CONSTRAINT intent_observation_reference REFERENCES observation (id),
  state_before BLOB -- the fingerprint of that state
    CONSTRAINT intent_state_before_length CHECK (length(state_before) = 32),
  credits_before INTEGER, -- available before it was sent
  render_id TEXT, -- stored before a render is asked for: without it the job is lost
  content_hash BLOB -- of a push: SHA-256 of the track as it is to be
    CONSTRAINT intent_content_hash_length CHECK (length(content_hash) = 32),
  source TEXT NOT NULL, -- the workflow that is named to the service
  options TEXT NOT NULL, -- what was asked beside the words, as JSON
  message TEXT NOT NULL,
  evidence TEXT NOT NULL DEFAULT '', -- what is known of its outcome, for people
  reply TEXT -- the agent's whole answer
) STRICT;

CREATE INDEX intent_project ON intent (project);

CREATE INDEX intent_unsettled ON intent (project)
  WHERE state NOT IN ('done', 'refused', 'abandoned');

CREATE INDEX intent_script ON intent (script) WHERE script IS NOT NULL;

CREATE INDEX intent_media ON intent (media) WHERE media IS NOT NULL;

CREATE INDEX intent_session ON intent (session) WHERE session IS NOT NULL;

CREATE INDEX intent_observation ON intent (observation) WHERE observation IS NOT NULL;

CREATE TABLE track_binding (
  script INTEGER CONSTRAINT track_binding_key PRIMARY KEY
    CONSTRAINT track_binding_script_reference REFERENCES script (id),
  session INTEGER NOT NULL CONSTRAINT track_binding_session_reference REFERENCES session (id),
  track_key TEXT NOT NULL, -- the track's id, else its name, else its place
  observation INTEGER -- that the base was read from; none for a track that is still to be made
    CONSTRAINT track_binding_observation_reference REFERENCES observation (id),
  agreed_revision INTEGER -- the revision whose lines equal the base: a hint, not a promise
    CONSTRAINT track_binding_agreed_revision_range CHECK (agreed_revision >= 1),
  base BLOB NOT NULL, -- what both sides agreed on last, in a form that only a sync reads
  CONSTRAINT track_binding_track_unique UNIQUE (session, track_key)
) STRICT;

CREATE INDEX track_binding_observation ON track_binding (observation)
  WHERE observation IS NOT NULL;

CREATE TABLE charge (
  id INTEGER CONSTRAINT charge_key PRIMARY KEY,
  project BLOB NOT NULL CONSTRAINT charge_project_length CHECK (length(project) = 16),
  intent BLOB NOT NULL CONSTRAINT charge_intent_length CHECK (length(intent) = 16),
  what TEXT NOT NULL, -- the first words of what was asked
  credits INTEGER NOT NULL,
  estimate INTEGER NOT NULL -- 1 where something else may have been charged at the same time
    CONSTRAINT charge_estimate_range CHECK (estimate IN (0, 1)),
  date INTEGER NOT NULL -- Unix milliseconds
) STRICT;

CREATE INDEX charge_project ON charge (project);

CREATE TABLE credits (
  id INTEGER CONSTRAINT credits_key PRIMARY KEY CONSTRAINT credits_one_row CHECK (id = 1),
  available INTEGER NOT NULL,
  frozen INTEGER NOT NULL,
  total INTEGER NOT NULL,
  date INTEGER NOT NULL -- Unix milliseconds
) STRICT;

CREATE TABLE conversation (
  id INTEGER CONSTRAINT conversation_key PRIMARY KEY,
  project INTEGER NOT NULL CONSTRAINT conversation_project_reference REFERENCES project (id),
  intent INTEGER CONSTRAINT conversation_intent_reference REFERENCES intent (id),
  role TEXT NOT NULL
    CONSTRAINT conversation_role_known CHECK (role IN ('person', 'agent', 'report')),
  date INTEGER NOT NULL, -- Unix milliseconds
  text TEXT NOT NULL
) STRICT;

CREATE INDEX conversation_project ON conversation (project);

CREATE INDEX conversation_intent ON conversation (intent) WHERE intent IS NOT NULL;

CREATE TABLE "export" (
  id INTEGER CONSTRAINT export_key PRIMARY KEY,
  script INTEGER NOT NULL CONSTRAINT export_script_reference REFERENCES script (id),
  revision INTEGER NOT NULL, -- the sequence that was exported: the base of a copy that comes back
  format TEXT NOT NULL,
  fingerprint BLOB NOT NULL -- XXH3, 16 bytes; of exports before this migration SHA-256
    CONSTRAINT export_fingerprint_length CHECK (length(fingerprint) IN (16, 32)),
  CONSTRAINT export_content_unique UNIQUE (script, fingerprint)
) STRICT;

CREATE INDEX export_fingerprint ON export (fingerprint);
