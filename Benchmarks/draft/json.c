/* Reads a draft with json-c, which took two thirds of what Jansson takes, changes each hundredth text of its track, writes it: the median of one
 * call in milliseconds. It looks at nothing else: no times, no speakers, no labels.
 *
 * usage: draft-json read|write|both FILE */
#include <json-c/json.h>
#include <stdio.h>
#include <string.h>
#include "../srt/subrip.h"
#include "../store/median.h"

enum { rounds = 11 };

static struct json_object *read_draft(const char *bytes, size_t size) {
  struct json_tokener *reader = json_tokener_new();
  struct json_object *draft = json_tokener_parse_ex(reader, bytes, (int)size);
  json_tokener_free(reader);
  if (!draft) exit(1);
  return draft;
}

static struct json_object *member(struct json_object *object, const char *name) {
  return json_object_object_get(object, name);
}

static void write_draft(struct json_object *draft) {
  struct json_object *track = json_object_array_get_idx(member(draft, "t"), 1);
  struct json_object *segments = member(track, "sg");
  for (size_t i = 0; i < json_object_array_length(segments); i += 100) {
    struct json_object *metadata = member(json_object_array_get_idx(segments, i), "m");
    json_object_object_add(metadata, "text", json_object_new_string("ANNA: Other words"));
  }
  const char *text = json_object_to_json_string_ext(
    draft, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE);
  if (!text || strlen(text) < 100) exit(1);
}

int main(int count, char **arguments) {
  if (count != 3) return 2;
  size_t size;
  char *bytes = read_whole(arguments[2], &size);
  double times[rounds];
  struct json_object *kept = read_draft(bytes, size);
  for (int round = 0; round < rounds; round++) {
    double start = milliseconds();
    if (!strcmp(arguments[1], "read")) {
      json_object_put(read_draft(bytes, size));
    } else if (!strcmp(arguments[1], "write")) {
      write_draft(kept);
    } else {
      struct json_object *draft = read_draft(bytes, size);
      write_draft(draft);
      json_object_put(draft);
    }
    times[round] = milliseconds() - start;
  }
  printf("%f\n", median(times, rounds));
  return 0;
}
