/* Writes a script without speakers as SRT, to the byte as `offbook export -f srt` does.
 *
 * With `checked` it also does what the command does behind that: it reads back what it wrote, compares
 * all captions, and remembers the export's XXH3 hash in a durable transaction.
 *
 * usage: export DATABASE TITLE OUT [checked] */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "../srt/subrip.h"
#include "workspace.h"

static subtitles selected(sqlite3_int64 script) {
  size_t capacity = 1 << 16, room = 1 << 20;
  subtitles all = {malloc(capacity * sizeof(caption)), malloc(room), 0, 0};
  sqlite3_stmt *lines = prepare(
    "SELECT start, \"end\", text FROM line WHERE script = ? AND deleted = 0 ORDER BY position, id");
  sqlite3_bind_int64(lines, 1, script);
  while (sqlite3_step(lines) == SQLITE_ROW) {
    const void *text = sqlite3_column_blob(lines, 2);
    size_t length = (size_t)sqlite3_column_bytes(lines, 2);
    if (all.count == capacity)
      all.captions = realloc(all.captions, (capacity *= 2) * sizeof(caption));
    if (all.used + length > room) all.arena = realloc(all.arena, room = (room + length) * 2);
    memcpy(all.arena + all.used, text, length);
    all.captions[all.count++] = (caption){
      sqlite3_column_int64(lines, 0), sqlite3_column_int64(lines, 1), all.used, length};
    all.used += length;
  }
  sqlite3_finalize(lines);
  return all;
}

/* Writes Markdown without labels and escapes: a paragraph a line, a backslash before a break. */
static char *format_markdown(const subtitles *all, size_t *length) {
  char *out = malloc(all->used * 2 + all->count * 2 + 64), *o = out;
  o += sprintf(o, "---\ntitle: \"captions\"\n---\n");
  for (size_t i = 0; i < all->count; i++) {
    const char *from = all->arena + all->captions[i].text, *limit = from + all->captions[i].length;
    *o++ = '\n';
    while (from < limit) {
      const char *end = memchr(from, '\n', (size_t)(limit - from));
      if (!end) end = limit;
      memcpy(o, from, (size_t)(end - from));
      o += end - from;
      if (end < limit) *o++ = '\\', *o++ = '\n';
      from = end + 1;
    }
    *o++ = '\n';
  }
  *length = (size_t)(o - out);
  return out;
}

static int same(const subtitles *left, const subtitles *right) {
  if (left->count != right->count) return 0;
  for (size_t i = 0; i < left->count; i++) {
    const caption *a = &left->captions[i], *b = &right->captions[i];
    if (a->start != b->start || a->end != b->end || a->length != b->length
        || memcmp(left->arena + a->text, right->arena + b->text, a->length)) return 0;
  }
  return 1;
}

static void remember(sqlite3_int64 script, const char *bytes, size_t length) {
  XXH128_canonical_t hash;
  XXH128_canonicalFromHash(&hash, XXH3_128bits(bytes, length));
  run("BEGIN IMMEDIATE");
  sqlite3_stmt *insert = prepare(
    "INSERT INTO export (script, revision, format, fingerprint) VALUES (?, 1, 'srt', ?)"
    " ON CONFLICT (script, fingerprint) DO UPDATE SET revision = excluded.revision");
  sqlite3_bind_int64(insert, 1, script);
  sqlite3_bind_blob(insert, 2, hash.digest, 16, SQLITE_STATIC);
  check(sqlite3_step(insert));
  sqlite3_finalize(insert);
  run("COMMIT");
}

int main(int argc, char **argv) {
  if (argc < 4) return 2;
  open_workspace(argv[1]);
  sqlite3_stmt *script = prepare("SELECT id FROM script WHERE title = ? AND deleted = 0");
  sqlite3_bind_text(script, 1, argv[2], -1, SQLITE_STATIC);
  if (sqlite3_step(script) != SQLITE_ROW) return 1;
  sqlite3_int64 id = sqlite3_column_int64(script, 0);
  sqlite3_finalize(script);
  subtitles all = selected(id);
  size_t length;
  int markdown = argc > 4 && !strcmp(argv[4], "markdown");
  char *out = markdown ? format_markdown(&all, &length) : format(&all, &length);
  if (argc > 4 && !markdown) {
    subtitles again = parse(out, length);
    if (!same(&all, &again)) return 1;
    remember(id, out, length);
  }
  write_whole(argv[3], out, length);
  sqlite3_close(database);
  return 0;
}
