-- What a project has with the service: sessions, what was asked of it, what was seen and charged.
--
-- Small tables, read by people who look for a lost message: kinds and states stand in them as words.

-- Sessions' states as they were seen, each content once; dropped when nothing names it any more.
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

-- Version 1 knew media by their content alone; now most are known before a byte of them is here.
ALTER TABLE media RENAME TO media_of_version_1;

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
  validator TEXT, -- ETag or date of a download that began, for If-Range
  CONSTRAINT media_generated_identity CHECK (origin <> 'generated' OR identity IS NOT NULL)
) STRICT;

INSERT INTO media (id, uuid, project, name, kind, origin, sha256, byte_count)
SELECT id, uuid, project, name, 'other', 'local', sha256, max(0, byte_count)
FROM media_of_version_1;

DROP TABLE media_of_version_1;

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

-- A script's tie to a text track of its project's live session.
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

-- The ledger. It names project and intent without a reference: it outlives both.
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

-- The balance that was read last: one row.
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
