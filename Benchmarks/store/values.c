/* Reads a script's lines into values, each text in memory of its own, 21 times; prints the median in
 * milliseconds.
 *
 * usage: values DATABASE TITLE */
#include "workspace.h"
#include "median.h"

typedef struct {
  unsigned char id[16];
  sqlite3_int64 kind, speaker, start, end;
  char *text;
  int length;
} line;

static size_t open_script(sqlite3_stmt *script, sqlite3_stmt *statement, const char *title) {
  sqlite3_bind_text(script, 1, title, -1, SQLITE_STATIC);
  if (sqlite3_step(script) != SQLITE_ROW) exit(1);
  size_t capacity = (size_t)sqlite3_column_int64(script, 1) + 1, count = 0;
  line *lines = malloc(capacity * sizeof *lines);
  sqlite3_bind_int64(statement, 1, sqlite3_column_int64(script, 0));
  while (sqlite3_step(statement) == SQLITE_ROW && count < capacity) {
    line *one = &lines[count++];
    memcpy(one->id, sqlite3_column_blob(statement, 0), 16);
    one->kind = sqlite3_column_int64(statement, 1);
    one->speaker = sqlite3_column_int64(statement, 2);
    one->start = sqlite3_column_int64(statement, 3);
    one->end = sqlite3_column_int64(statement, 4);
    const void *text = sqlite3_column_text(statement, 5);
    one->length = sqlite3_column_bytes(statement, 5);
    one->text = malloc((size_t)one->length + 1);
    memcpy(one->text, text, (size_t)one->length + 1);
  }
  for (size_t i = 0; i < count; i++) free(lines[i].text);
  free(lines);
  sqlite3_reset(statement);
  sqlite3_reset(script);
  return count;
}

int main(int count, char **arguments) {
  if (count < 3) return 2;
  open_workspace(arguments[1]);
  sqlite3_stmt *script = prepare("SELECT id, line_count FROM script WHERE title = ? AND deleted = 0");
  sqlite3_stmt *lines = prepare(
    "SELECT uuid, kind, speaker, start, \"end\", text FROM line"
    " WHERE script = ? AND deleted = 0 ORDER BY position, id");
  double times[21];
  for (int round = 0; round < 21; round++) {
    double start = milliseconds();
    if (!open_script(script, lines, arguments[2])) return 1;
    times[round] = milliseconds() - start;
  }
  printf("%.4f\n", median(times, 21));
  return 0;
}
