/* Reads and writes SRT: what one would write in C for well-formed files. */
#ifndef SUBRIP_H
#define SUBRIP_H
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
  int64_t start, end;
  size_t text, length;
} caption;

static int two(const char *p) { return (p[0] - '0') * 10 + (p[1] - '0'); }

static int64_t clock_at(const char *p) {
  return ((two(p) * 60LL + two(p + 3)) * 60 + two(p + 6)) * 1000 + (p[9] - '0') * 100 + two(p + 10);
}

static int is_clock(const char *p) {
  static const char form[] = "00:00:00,000";
  for (int i = 0; i < 12; i++) {
    if (form[i] == '0' ? (unsigned)(p[i] - '0') > 9 : p[i] != form[i] && !(i == 8 && p[i] == '.'))
      return 0;
  }
  return 1;
}

static int is_timing(const char *p, size_t length) {
  return length == 29 && memcmp(p + 12, " --> ", 5) == 0 && is_clock(p) && is_clock(p + 17);
}

static int is_number(const char *p, size_t length) {
  for (size_t i = 0; i < length; i++)
    if ((unsigned)(p[i] - '0') > 9) return 0;
  return length > 0;
}

static char *put_two(char *o, int v) {
  *o++ = (char)('0' + v / 10);
  *o++ = (char)('0' + v % 10);
  return o;
}

static char *put_clock(char *o, int64_t ms) {
  int64_t s = ms / 1000;
  o = put_two(o, (int)(s / 3600));
  *o++ = ':';
  o = put_two(o, (int)(s / 60 % 60));
  *o++ = ':';
  o = put_two(o, (int)(s % 60));
  *o++ = ',';
  *o++ = (char)('0' + ms % 1000 / 100);
  return put_two(o, (int)(ms % 100));
}

/* The captions of a file; their texts lie one behind the other in `arena`. */
typedef struct {
  caption *captions;
  char *arena;
  size_t count, used;
} subtitles;

static char *read_whole(const char *path, size_t *size) {
  int in = open(path, O_RDONLY);
  struct stat status;
  if (in < 0 || fstat(in, &status)) exit(1);
  size_t got = 0;
  *size = (size_t)status.st_size;
  char *data = malloc(*size + 1);
  while (got < *size) {
    ssize_t n = read(in, data + got, *size - got);
    if (n <= 0) exit(1);
    got += (size_t)n;
  }
  close(in);
  return data;
}

static void write_whole(const char *path, const char *bytes, size_t total) {
  int target = path[0] == '-' && !path[1] ? 1 : open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  size_t done = 0;
  while (done < total) {
    ssize_t n = write(target, bytes + done, total - done);
    if (n <= 0) exit(1);
    done += (size_t)n;
  }
}

static subtitles parse(const char *data, size_t size) {
  char *arena = malloc(size + 1);
  size_t capacity = size / 48 + 16, count = 0, used = 0, last = 0;
  caption *captions = malloc(capacity * sizeof *captions);
  int blank = 0, rows = 0, number = 0;
  const char *p = data, *limit = data + size;
  while (p < limit) {
    const char *end = memchr(p, '\n', (size_t)(limit - p));
    if (!end) end = limit;
    size_t length = (size_t)(end - p);
    if (length && p[length - 1] == '\r') length--;
    if (length == 0) {
      blank++;
    } else if (is_timing(p, length)) {
      if (rows && number && !blank) used = last;
      if (count) captions[count - 1].length = used - captions[count - 1].text;
      if (count == capacity) captions = realloc(captions, (capacity *= 2) * sizeof *captions);
      captions[count++] = (caption){clock_at(p), clock_at(p + 17), used, 0};
      rows = blank = 0;
    } else {
      last = used;
      if (rows) {
        for (int i = 0; i <= blank; i++) arena[used++] = '\n';
      }
      number = is_number(p, length);
      memcpy(arena + used, p, length);
      used += length;
      rows++;
      blank = 0;
    }
    p = end + 1;
  }
  if (count) captions[count - 1].length = used - captions[count - 1].text;
  return (subtitles){captions, arena, count, used};
}

/* Writes captions into memory; `*length` becomes the number of bytes. */
static char *format(const subtitles *all, size_t *length) {
  char *out = malloc(all->used + all->count * 52 + 16), *o = out;
  for (size_t i = 0; i < all->count; i++) {
    if (i) *o++ = '\n';
    char digits[24];
    int n = 0;
    for (size_t v = i + 1; v; v /= 10) digits[n++] = (char)('0' + v % 10);
    while (n) *o++ = digits[--n];
    *o++ = '\n';
    o = put_clock(o, all->captions[i].start);
    memcpy(o, " --> ", 5);
    o = put_clock(o + 5, all->captions[i].end);
    *o++ = '\n';
    memcpy(o, all->arena + all->captions[i].text, all->captions[i].length);
    o += all->captions[i].length;
    *o++ = '\n';
  }
  *length = (size_t)(o - out);
  return out;
}
#endif
