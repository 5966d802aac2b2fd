/* Changes the text of one line 101 times, each in a durable transaction of its own with the statements
 * that the library runs for it, and prints the median in milliseconds.
 *
 * usage: edit DATABASE TITLE NUMBER */
#include "median.h"
#include "workspace.h"

static sqlite3_stmt *script, *line, *number, *update, *forget, *index_text, *revision, *change, *head;

static void step(sqlite3_stmt *statement) {
  int result = sqlite3_step(statement);
  check(result);
  if (result == SQLITE_ROW) return;
  sqlite3_reset(statement);
}

static void prepare_all(void) {
  script = prepare(
    "SELECT script.id, script.uuid, project.uuid, title, kind, script.language, revision, line_count,"
    " deleted FROM script JOIN project ON project.id = script.project WHERE title = ?");
  line = prepare("SELECT id, uuid, deleted, position, kind, speaker, start, \"end\", text, revision"
                 " FROM line WHERE script = ? AND deleted = 0 ORDER BY position LIMIT 1 OFFSET ?");
  number = prepare(
    "SELECT count(*) FROM line WHERE script = ? AND deleted = 0 AND position < ?");
  update = prepare("UPDATE line SET text = ?, revision = ? WHERE id = ?");
  forget = prepare("INSERT INTO line_text (line_text, rowid, text) VALUES ('delete', ?, ?)");
  index_text = prepare("INSERT INTO line_text (rowid, text) VALUES (?, ?)");
  revision = prepare(
    "INSERT INTO revision (script, sequence, uuid, kind, message, change_count, target, batch)"
    " VALUES (?, ?, randomblob(16), 2, ?, 1, NULL, NULL)");
  change = prepare("INSERT INTO change (script, sequence, ordinal, field, subject, prefix, before,"
                   " after) VALUES (?, ?, 0, 0, ?, 0, ?, ?)");
  head = prepare("UPDATE script SET revision = ? WHERE id = ?");
}

static char before[4096];
static sqlite3_int64 row;
static unsigned char position[256];
static int position_length;

/* Finds the line once, outside of what is measured, as a caller of the library has its id. */
static void find(const char *title, int wanted) {
  sqlite3_bind_text(script, 1, title, -1, SQLITE_STATIC);
  step(script);
  sqlite3_bind_int64(line, 1, sqlite3_column_int64(script, 0));
  sqlite3_bind_int(line, 2, wanted - 1);
  sqlite3_reset(script);
  step(line);
  row = sqlite3_column_int64(line, 0);
  position_length = sqlite3_column_bytes(line, 3);
  if (position_length > (int)sizeof position) exit(1);
  memcpy(position, sqlite3_column_blob(line, 3), (size_t)position_length);
  snprintf(before, sizeof before, "%s", (const char *)sqlite3_column_text(line, 8));
  sqlite3_finalize(line);
  line = prepare("SELECT id, uuid, deleted, position, kind, speaker, start, \"end\", text, revision"
                 " FROM line WHERE id = ?");
}

static void edit(const char *text) {
  run("BEGIN IMMEDIATE");
  step(script);
  sqlite3_int64 id = sqlite3_column_int64(script, 0), sequence = sqlite3_column_int64(script, 6) + 1;
  sqlite3_reset(script);
  sqlite3_bind_int64(line, 1, row);
  step(line);
  sqlite3_reset(line);
  sqlite3_bind_int64(number, 1, id);
  sqlite3_bind_blob(number, 2, position, position_length, SQLITE_STATIC);
  step(number);
  char message[32];
  sprintf(message, "%lld", (long long)sqlite3_column_int64(number, 0) + 1);
  sqlite3_reset(number);
  sqlite3_bind_text(update, 1, text, -1, SQLITE_STATIC);
  sqlite3_bind_int64(update, 2, sequence);
  sqlite3_bind_int64(update, 3, row);
  step(update);
  sqlite3_bind_int64(forget, 1, row);
  sqlite3_bind_text(forget, 2, before, -1, SQLITE_STATIC);
  step(forget);
  sqlite3_bind_int64(index_text, 1, row);
  sqlite3_bind_text(index_text, 2, text, -1, SQLITE_STATIC);
  step(index_text);
  sqlite3_bind_int64(revision, 1, id);
  sqlite3_bind_int64(revision, 2, sequence);
  sqlite3_bind_text(revision, 3, message, -1, SQLITE_STATIC);
  step(revision);
  sqlite3_bind_int64(change, 1, id);
  sqlite3_bind_int64(change, 2, sequence);
  sqlite3_bind_int64(change, 3, row);
  sqlite3_bind_text(change, 4, before, -1, SQLITE_STATIC);
  sqlite3_bind_text(change, 5, text, -1, SQLITE_STATIC);
  step(change);
  sqlite3_bind_int64(head, 1, sequence);
  sqlite3_bind_int64(head, 2, id);
  step(head);
  run("COMMIT");
  strcpy(before, text);
}

int main(int count, char **arguments) {
  if (count < 4) return 2;
  open_workspace(arguments[1]);
  prepare_all();
  find(arguments[2], atoi(arguments[3]));
  double times[101];
  for (int round = 0; round < 101; round++) {
    char text[64];
    sprintf(text, "other words %d of it", round);
    double start = milliseconds();
    edit(text);
    times[round] = milliseconds() - start;
  }
  printf("%.4f\n", median(times, 101));
  return 0;
}
