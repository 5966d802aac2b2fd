/* Imports an SRT file into a fresh database, as `offbook import` does: the same schema with the same
 * indices, a row a caption with a UUID of version 7 and an order key, both full-text tables (fed in one
 * go behind the lines, markup taken out), the source's bytes and SHA-256, a revision; foreign keys on,
 * one transaction, synchronous=FULL.
 *
 * It leaves out what a program for one known file may: detection of format and encoding, speakers,
 * findings; and it refuses text in scripts without spaces, which its input has none of.
 *
 * usage: import SCHEMA FILE DATABASE */
#include "../srt/subrip.h"
#include "workspace.h"
#include <time.h>

static uint64_t random_state = 1, upper, lower, stamp;

static uint64_t next_random(void) {
  random_state += 0x9E3779B97F4A7C15u;
  uint64_t z = random_state;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

/* A UUID of version 7 that is greater than the last. */
static void identifier(unsigned char out[16]) {
  struct timespec time;
  clock_gettime(CLOCK_REALTIME, &time);
  uint64_t now = (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000;
  if (now > stamp) {
    stamp = now;
    upper = next_random() & 0x7FF;
    lower = next_random() & 0x1FFFFFFFFFFFFFFF;
  } else {
    lower += (next_random() & 0xFFFFFFFF) + 1;
  }
  uint64_t high = stamp << 16 | 0x7000 | upper, low = 0x8000000000000000 | lower;
  for (int i = 0; i < 8; i++) {
    out[i] = (unsigned char)(high >> (56 - i * 8));
    out[i + 8] = (unsigned char)(low >> (56 - i * 8));
  }
}

/* Three bytes in base 256 without zeros at the end. */
static int order_key(uint32_t number, unsigned char out[3]) {
  for (int i = 0; i < 3; i++) out[i] = (unsigned char)(number >> (16 - i * 8));
  int length = 3;
  while (!out[length - 1]) length--;
  return length;
}

/* Takes <b>, <i>, <u> and their ends out. */
static size_t without_markup(const char *text, size_t length, char *out) {
  size_t used = 0;
  for (size_t i = 0; i < length;) {
    if (text[i] == '<') {
      size_t slash = i + 1 < length && text[i + 1] == '/';
      if (i + 2 + slash < length && strchr("biu", text[i + 1 + slash]) && text[i + 2 + slash] == '>') {
        i += 3 + slash;
        continue;
      }
    }
    out[used++] = text[i++];
  }
  return used;
}

static void insert_once(const char *sql) {
  unsigned char id[16];
  sqlite3_stmt *statement = prepare(sql);
  identifier(id);
  check(sqlite3_bind_blob(statement, 1, id, 16, SQLITE_TRANSIENT));
  check(sqlite3_step(statement));
  sqlite3_finalize(statement);
}

static void insert_lines(const subtitles *all) {
  sqlite3_stmt *insert = prepare(
    "INSERT INTO line (uuid, script, deleted, position, kind, speaker, start, \"end\", text, revision)"
    " VALUES (?, 1, 0, ?, 0, NULL, ?, ?, ?, 1)");
  unsigned char id[16], key[3];
  for (size_t i = 0; i < all->count; i++) {
    const caption *line = &all->captions[i];
    identifier(id);
    int length = order_key((uint32_t)i + 1, key);
    sqlite3_bind_blob(insert, 1, id, 16, SQLITE_STATIC);
    sqlite3_bind_blob(insert, 2, key, length, SQLITE_STATIC);
    sqlite3_bind_int64(insert, 3, line->start);
    sqlite3_bind_int64(insert, 4, line->end);
    sqlite3_bind_text(insert, 5, all->arena + line->text, (int)line->length, SQLITE_STATIC);
    check(sqlite3_step(insert));
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
}

static void index_lines(const subtitles *all) {
  sqlite3_stmt *index = prepare("INSERT INTO line_text (rowid, text) VALUES (?, ?)");
  char *plain = malloc(all->used + 1);
  for (size_t i = 0; i < all->count; i++) {
    const char *text = all->arena + all->captions[i].text;
    size_t length = all->captions[i].length;
    for (size_t k = 0; k < length; k++) {
      if ((unsigned char)text[k] >= 0xE0) { fputs("import: no such script here\n", stderr); exit(1); }
    }
    if (memchr(text, '<', length)) {
      length = without_markup(text, length, plain);
      text = plain;
    }
    sqlite3_bind_int64(index, 1, (sqlite3_int64)i + 1);
    sqlite3_bind_text(index, 2, text, (int)length, SQLITE_STATIC);
    check(sqlite3_step(index));
    sqlite3_reset(index);
  }
  sqlite3_finalize(index);
}

static void keep_source(const char *bytes, size_t size) {
  unsigned char id[16], digest[32];
  identifier(id);
  sha256((const unsigned char *)bytes, size, digest);
  sqlite3_stmt *insert = prepare(
    "INSERT INTO source (uuid, project, script, name, format, encoding, sha256, bytes)"
    " VALUES (?, 1, 1, 'file.srt', 'srt', 'UTF-8', ?, ?)");
  sqlite3_bind_blob(insert, 1, id, 16, SQLITE_STATIC);
  sqlite3_bind_blob(insert, 2, digest, 32, SQLITE_STATIC);
  sqlite3_bind_blob(insert, 3, bytes, (int)size, SQLITE_STATIC);
  check(sqlite3_step(insert));
  sqlite3_finalize(insert);
}

int main(int argc, char **argv) {
  if (argc < 4) return 2;
  size_t schema_size, size;
  char *schema = read_whole(argv[1], &schema_size), *data = read_whole(argv[2], &size);
  schema[schema_size] = 0;
  subtitles all = parse(data, size);
  open_workspace(argv[3]);
  run("BEGIN IMMEDIATE");
  run(schema);
  run("INSERT INTO line_text (line_text, rank) VALUES ('hashsize', 67108864);"
      "INSERT INTO line_pair (line_pair, rank) VALUES ('hashsize', 67108864)");
  insert_once("INSERT INTO project (uuid, name, language) VALUES (?, 'Scripts', 'en')");
  char script[200];
  snprintf(script, sizeof script,
           "INSERT INTO script (uuid, project, title, kind, language, revision, line_count)"
           " VALUES (?, 1, 'captions', 'transcript', 'en', 1, %zu)", all.count);
  insert_once(script);
  insert_once("INSERT INTO revision (uuid, script, sequence, kind, message, change_count)"
              " VALUES (?, 1, 1, 1, 'Import', 0)");
  insert_lines(&all);
  index_lines(&all);
  keep_source(data, size);
  run("COMMIT");
  sqlite3_close(database);
  return 0;
}
