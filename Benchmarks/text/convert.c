/* Reads a transcript with a label before each turn, row by row, and writes it as Markdown, without a look
 * at what was written: no other layout is recognised, nothing is escaped, no byte is checked.
 *
 * usage: convert IN OUT TITLE */
#include "../srt/subrip.h"

enum { most_names = 64, longest_name = 40 };
static struct { const char *bytes; size_t length; } names[most_names];
static int name_count;

static void note_name(const char *bytes, size_t length) {
  for (int i = 0; i < name_count; i++)
    if (names[i].length == length && !memcmp(names[i].bytes, bytes, length)) return;
  if (name_count == most_names) exit(1);
  names[name_count].bytes = bytes;
  names[name_count++].length = length;
}

/* The length of the name that a row begins with; 0 where it begins with none. */
static size_t label(const char *row, size_t length) {
  for (size_t i = 0; i < length && i <= longest_name; i++) {
    if (row[i] == ':') return i + 1 < length && row[i + 1] == ' ' ? i : 0;
    if (row[i] == '.' || row[i] == '?' || row[i] == '!' || row[i] == ',') return 0;
  }
  return 0;
}

int main(int count, char **arguments) {
  if (count < 4) return 2;
  size_t size;
  char *data = read_whole(arguments[1], &size);
  char *body = malloc(size + size / 4 + 64), *out = body;
  for (const char *row = data, *limit = data + size; row < limit;) {
    const char *end = memchr(row, '\n', (size_t)(limit - row));
    if (!end) end = limit;
    size_t length = (size_t)(end - row), name = label(row, length);
    if (name) {
      note_name(row, name);
      if (out != body) *out++ = '\n';
      *out++ = '*';
      *out++ = '*';
      memcpy(out, row, name + 1);
      out += name + 1;
      *out++ = '*';
      *out++ = '*';
      memcpy(out, row + name + 1, length - name - 1);
      out += length - name - 1;
      *out++ = '\n';
    } else if (length) {
      memcpy(out, row, length + 1);
      out += length + 1;
    }
    row = end + 1;
  }
  char *whole = malloc((size_t)(out - body) + 8192), *to = whole;
  to += sprintf(to, "---\ntitle: \"%s\"\nspeakers:\n", arguments[3]);
  for (int i = 0; i < name_count; i++)
    to += sprintf(to, "  - \"%.*s\"\n", (int)names[i].length, names[i].bytes);
  to += sprintf(to, "---\n\n");
  memcpy(to, body, (size_t)(out - body));
  write_whole(arguments[2], whole, (size_t)(to - whole) + (size_t)(out - body));
  return 0;
}
