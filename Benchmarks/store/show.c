/* Writes a script's lines as `offbook show --json` does, to the byte.
 *
 * usage: show DATABASE TITLE > FILE */
#include "workspace.h"
#include <unistd.h>

enum { most = 1 << 16, longest = 1 << 12 };
static char out[most + longest], *end = out;

static void flush(void) {
  for (char *from = out; from < end;) {
    ssize_t written = write(1, from, (size_t)(end - from));
    if (written <= 0) exit(1);
    from += written;
  }
  end = out;
}

static void put(const char *bytes, size_t count) {
  while (count > 0) {
    if (end - out >= most) flush();
    size_t part = count < longest ? count : longest;
    memcpy(end, bytes, part);
    end += part;
    bytes += part;
    count -= part;
  }
}

#define PUT(literal) put(literal, sizeof literal - 1)

static void put_number(sqlite3_int64 value) {
  char digits[24], *p = digits + sizeof digits;
  uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
  do *--p = (char)('0' + rest % 10); while (rest /= 10);
  if (value < 0) *--p = '-';
  put(p, (size_t)(digits + sizeof digits - p));
}

static void put_string(const unsigned char *text, int length) {
  const unsigned char *from = text, *limit = text + length;
  PUT("\"");
  for (const unsigned char *p = text; p < limit; p++) {
    if (*p >= 0x20 && *p != '"' && *p != '\\') continue;
    put((const char *)from, (size_t)(p - from));
    from = p + 1;
    char escape[8];
    switch (*p) {
    case '\n': PUT("\\n"); break;
    case '\t': PUT("\\t"); break;
    case '\r': PUT("\\r"); break;
    case '"': PUT("\\\""); break;
    case '\\': PUT("\\\\"); break;
    default: put(escape, (size_t)sprintf(escape, "\\u%04x", *p));
    }
  }
  put((const char *)from, (size_t)(limit - from));
  PUT("\"");
}

static void put_uuid(const unsigned char *bytes) {
  static const char digits[] = "0123456789abcdef";
  char text[38], *p = text;
  *p++ = '"';
  for (int i = 0; i < 16; i++) {
    if (i == 4 || i == 6 || i == 8 || i == 10) *p++ = '-';
    *p++ = digits[bytes[i] >> 4];
    *p++ = digits[bytes[i] & 15];
  }
  *p++ = '"';
  put(text, sizeof text);
}

static void put_column(sqlite3_stmt *row, int column) {
  switch (sqlite3_column_type(row, column)) {
  case SQLITE_NULL: PUT("null"); break;
  case SQLITE_INTEGER: put_number(sqlite3_column_int64(row, column)); break;
  case SQLITE_BLOB: put_uuid(sqlite3_column_blob(row, column)); break;
  default: put_string(sqlite3_column_text(row, column), sqlite3_column_bytes(row, column));
  }
}

static sqlite3_int64 put_head(const char *title) {
  sqlite3_stmt *script = prepare(
    "SELECT script.id, script.uuid, title, project.uuid, kind, script.language, revision FROM script"
    " JOIN project ON project.id = script.project WHERE title = ? AND deleted = 0");
  sqlite3_bind_text(script, 1, title, -1, SQLITE_STATIC);
  if (sqlite3_step(script) != SQLITE_ROW) exit(1);
  static const char *names[] = {"\"id\":", ",\"title\":", ",\"projectId\":", ",\"kind\":",
                                ",\"language\":", ",\"revision\":"};
  PUT("{\"ok\":true,\"command\":\"show\",\"data\":{");
  for (int i = 0; i < 6; i++) {
    put(names[i], strlen(names[i]));
    put_column(script, i + 1);
  }
  sqlite3_int64 id = sqlite3_column_int64(script, 0);
  sqlite3_finalize(script);
  PUT(",\"speakers\":[");
  sqlite3_stmt *cast = prepare(
    "SELECT uuid, name FROM speaker WHERE id IN"
    " (SELECT speaker FROM line WHERE script = ? AND deleted = 0 AND speaker IS NOT NULL)");
  sqlite3_bind_int64(cast, 1, id);
  for (int first = 1; sqlite3_step(cast) == SQLITE_ROW; first = 0) {
    if (!first) PUT(",");
    PUT("{\"id\":");
    put_column(cast, 0);
    PUT(",\"name\":");
    put_column(cast, 1);
    PUT("}");
  }
  sqlite3_finalize(cast);
  return id;
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  open_workspace(argv[1]);
  sqlite3_int64 id = put_head(argv[2]);
  PUT("],\"lines\":[");
  sqlite3_stmt *lines = prepare(
    "SELECT line.uuid, kind, name, start, \"end\", text FROM line"
    " LEFT JOIN speaker ON speaker.id = line.speaker"
    " WHERE script = ? AND line.deleted = 0 ORDER BY position, line.id");
  sqlite3_bind_int64(lines, 1, id);
  static const char *kinds[] = {"dialogue", "heading", "direction"};
  for (int number = 1; sqlite3_step(lines) == SQLITE_ROW; number++) {
    if (number > 1) PUT(",");
    PUT("{\"id\":");
    put_column(lines, 0);
    PUT(",\"number\":");
    put_number(number);
    PUT(",\"kind\":\"");
    const char *kind = kinds[sqlite3_column_int(lines, 1) % 3];
    put(kind, strlen(kind));
    PUT("\",\"speaker\":");
    put_column(lines, 2);
    PUT(",\"start\":");
    put_column(lines, 3);
    PUT(",\"end\":");
    put_column(lines, 4);
    PUT(",\"text\":");
    put_column(lines, 5);
    PUT("}");
  }
  PUT("]},\"warnings\":[]}\n");
  flush();
  return 0;
}
