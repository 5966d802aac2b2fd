#ifndef OFFBOOK_CCURL_H
#define OFFBOOK_CCURL_H

#include <curl/curl.h>
#include <stdint.h>

/*
 * libcurl, opened with dlopen on first need: a command that does not talk to the service does not
 * pay for mapping its libraries (33 of them, 5 ms).
 *
 * Only the types and constants of curl.h may be used beside what is declared here: its functions
 * are not linked. Every function but offbook_curl_unavailable wants a libcurl that was found, and a
 * handle belongs to one thread at a time; offbook_curl_multi_wakeup alone may be called by any.
 */

/* Why libcurl can't be used here, naming the package to install; null where it can. Loads it. */
const char *offbook_curl_unavailable(void);

/* What a code means, in English; lives forever. */
const char *offbook_curl_explain(CURLcode code);

/* What libcurl calls during a transfer; all of them get the context that they were set with. */
typedef struct {
  /* Takes bytes of the body: their number, another number to fail, or CURL_WRITEFUNC_PAUSE. */
  size_t (*body)(char *bytes, size_t one, size_t count, void *context);
  /* Takes a line of an answer's head with its line end: its length, or another number to fail. */
  size_t (*header)(char *bytes, size_t one, size_t count, void *context);
  /* Is told of what was sent, with CURLINFO_HEADER_OUT and CURLINFO_DATA_OUT. Always 0. */
  int (*trace)(CURL *easy, curl_infotype kind, char *bytes, size_t count, void *context);
  /* Is asked once a connection stands and before a request goes: CURL_PREREQFUNC_OK or _ABORT. */
  int (*before_request)(
      void *context, char *remote, char *local, int remote_port, int local_port);
  /* Is told how much went up and down. Always 0. */
  int (*progress)(
      void *context, curl_off_t down_all, curl_off_t down, curl_off_t up_all, curl_off_t up);
} offbook_curl_callbacks;

/* Creates a handle for one transfer; null where memory is missing. */
CURL *offbook_curl_easy_create(void);

/* Frees a handle that is in no multi handle. */
void offbook_curl_easy_free(CURL *easy);

/* curl_easy_setopt for options that take a long. */
CURLcode offbook_curl_set_long(CURL *easy, CURLoption option, long value);

/* curl_easy_setopt for options that take a curl_off_t. */
CURLcode offbook_curl_set_size(CURL *easy, CURLoption option, int64_t value);

/* curl_easy_setopt for options that take a string, which libcurl copies; null restores. */
CURLcode offbook_curl_set_text(CURL *easy, CURLoption option, const char *value);

/* curl_easy_setopt for lists, mime bodies and buffers, which must outlive the transfer. */
CURLcode offbook_curl_set_pointer(CURL *easy, CURLoption option, void *value);

/* Sets all callbacks and their context; its connections are closed in programs that are started. */
CURLcode offbook_curl_set_callbacks(
    CURL *easy, const offbook_curl_callbacks *callbacks, void *context);

/* curl_easy_getinfo for a long; 0 where it is not known. */
long offbook_curl_get_long(CURL *easy, CURLINFO info);

/* curl_easy_getinfo for a curl_off_t; 0 where it is not known. */
int64_t offbook_curl_get_size(CURL *easy, CURLINFO info);

/* curl_easy_getinfo for a string, which lives until the next transfer of the handle; or null. */
const char *offbook_curl_get_text(CURL *easy, CURLINFO info);

/* The CURLOPT_PRIVATE pointer. */
void *offbook_curl_get_private(CURL *easy);

/* Pauses (CURLPAUSE_RECV) or goes on with (CURLPAUSE_CONT) a transfer. */
CURLcode offbook_curl_pause(CURL *easy, int what);

/* Appends a copy of a line to a list; null, the list as it was, where memory is missing. */
struct curl_slist *offbook_curl_list_append(struct curl_slist *list, const char *line);

/* Frees a list; null is allowed. */
void offbook_curl_list_free(struct curl_slist *list);

/* Creates an empty multipart body for a handle; null where memory is missing. */
curl_mime *offbook_curl_mime_create(CURL *easy);

/* Frees a body, after the handle it was made for was freed or given another; null is allowed. */
void offbook_curl_mime_free(curl_mime *mime);

/* Adds a file part to fill; null where memory is missing. All strings are copied. */
curl_mimepart *offbook_curl_mime_add(
    curl_mime *mime, const char *field, const char *file_name, const char *content_type);

/* Fills a part with a copy of bytes. */
CURLcode offbook_curl_mime_bytes(curl_mimepart *part, const char *bytes, size_t count);

/* Fills a part with as many bytes as are read with `context`, which must outlive the transfer. */
CURLcode offbook_curl_mime_reader(
    curl_mimepart *part, int64_t count,
    size_t (*read)(char *bytes, size_t one, size_t count, void *context),
    int (*seek)(void *context, curl_off_t offset, int origin), void *context);

/* Creates a set of transfers; null where memory is missing. */
CURLM *offbook_curl_multi_create(void);

/* Frees a set without transfers, and closes its connections. */
void offbook_curl_multi_free(CURLM *multi);

/* Adds a transfer: 0 where it worked. */
int offbook_curl_multi_add(CURLM *multi, CURL *easy);

/* Takes a transfer out, whether it is done or not; an undone one's connection is closed. */
void offbook_curl_multi_remove(CURLM *multi, CURL *easy);

/* Moves all transfers on as far as they go without waiting: 0 where it worked. */
int offbook_curl_multi_perform(CURLM *multi);

/* Waits for the network, for a wake-up, or for so many milliseconds. */
int offbook_curl_multi_poll(CURLM *multi, int milliseconds);

/* Ends a wait, the next one if there is none now. */
void offbook_curl_multi_wakeup(CURLM *multi);

/* Tells of one transfer that ended since the last call; null when there are no more. */
CURL *offbook_curl_multi_ended(CURLM *multi, CURLcode *result);

#endif
