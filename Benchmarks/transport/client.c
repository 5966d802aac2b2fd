/* What the transport is measured beside: the same three jobs over libcurl, in C.
 *
 * usage: transport-c download URL FILE   into FILE.part, fsync, rename
 *        transport-c upload URL FILE     as multipart/form-data from disk
 *        transport-c events URL          receives server-sent events and counts them
 *        transport-c latency URL         prints the median of their ages in ms, where each is a time
 *
 * It checks the status and the size that libcurl checks. It leaves out: progress, timeouts, pulling
 * (the callback has the bytes at once), and of events the fields other than data. */
#include <curl/curl.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "../store/median.h"

struct stream {
  char *line, *data;
  size_t line_count, line_room, data_count, data_room;
  long events;
  unsigned long long bytes;
  double *ages; /* in ms; NULL where they are not asked for */
};

enum { most_ages = 100000 };

static void append(char **to, size_t *count, size_t *room, const char *bytes, size_t more) {
  if (*count + more > *room) {
    *room = (*count + more) * 2;
    *to = realloc(*to, *room);
    if (!*to) abort();
  }
  memcpy(*to + *count, bytes, more);
  *count += more;
}

static void take_line(struct stream *stream, const char *line, size_t count) {
  if (count > 0 && line[count - 1] == '\r') count--;
  if (count == 0) {
    if (stream->data_count == 0) return;
    if (stream->ages && stream->events < most_ages) {
      append(&stream->data, &stream->data_count, &stream->data_room, "", 1);
      stream->ages[stream->events] = milliseconds() - atoll(stream->data) / 1e6;
    }
    stream->events++;
    stream->bytes += stream->data_count;
    stream->data_count = 0;
  } else if (count >= 5 && !memcmp(line, "data:", 5)) {
    size_t start = count > 5 && line[5] == ' ' ? 6 : 5;
    append(&stream->data, &stream->data_count, &stream->data_room, line + start, count - start);
  }
}

static size_t take_events(char *bytes, size_t one, size_t count, void *context) {
  struct stream *stream = context;
  const char *from = bytes, *end = bytes + one * count, *mark;
  while ((mark = memchr(from, '\n', (size_t)(end - from)))) {
    if (stream->line_count > 0) {
      append(&stream->line, &stream->line_count, &stream->line_room, from, (size_t)(mark - from));
      take_line(stream, stream->line, stream->line_count);
      stream->line_count = 0;
    } else {
      take_line(stream, from, (size_t)(mark - from));
    }
    from = mark + 1;
  }
  append(&stream->line, &stream->line_count, &stream->line_room, from, (size_t)(end - from));
  return one * count;
}

static size_t take_file(char *bytes, size_t one, size_t count, void *context) {
  int file = *(int *)context;
  size_t done = 0;
  while (done < one * count) {
    ssize_t written = write(file, bytes + done, one * count - done);
    if (written <= 0) return 0;
    done += (size_t)written;
  }
  return done;
}

static size_t drop(char *bytes, size_t one, size_t count, void *context) {
  (void)bytes, (void)context;
  return one * count;
}

static int run(CURL *easy) {
  long status = 0;
  CURLcode code = curl_easy_perform(easy);
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  if (code || status != 200) fprintf(stderr, "%s, status %ld\n", curl_easy_strerror(code), status);
  return code || status != 200;
}

int main(int count, char **arguments) {
  if (count < 3) return 2;
  curl_global_init(CURL_GLOBAL_DEFAULT);
  CURL *easy = curl_easy_init();
  curl_easy_setopt(easy, CURLOPT_URL, arguments[2]);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  const char *authorities = getenv("CURL_CA_BUNDLE"); /* as curl(1) */
  if (authorities) curl_easy_setopt(easy, CURLOPT_CAINFO, authorities);
  int failed = 1;
  if (!strcmp(arguments[1], "download") && count == 4) {
    char part[4096];
    snprintf(part, sizeof part, "%s.part", arguments[3]);
    int file = open(part, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, 102400L); /* as curl(1) */
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_file);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &file);
    failed = run(easy) || fsync(file) || close(file) || rename(part, arguments[3]);
  } else if (!strcmp(arguments[1], "upload") && count == 4) {
    curl_mime *mime = curl_mime_init(easy);
    curl_mimepart *field = curl_mime_addpart(mime);
    curl_mime_name(field, "files");
    curl_mime_filedata(field, arguments[3]);
    curl_mime_type(field, "video/mp4");
    curl_easy_setopt(easy, CURLOPT_MIMEPOST, mime);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, drop);
    failed = run(easy);
    curl_mime_free(mime);
  } else {
    struct stream stream = {0};
    if (!strcmp(arguments[1], "latency")) stream.ages = malloc(most_ages * sizeof(double));
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_events);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &stream);
    failed = run(easy);
    if (stream.ages) printf("%f\n", median(stream.ages, (int)stream.events));
    else printf("%ld events, %llu bytes of data\n", stream.events, stream.bytes);
    free(stream.line);
    free(stream.data);
  }
  curl_easy_cleanup(easy);
  curl_global_cleanup();
  return failed;
}
