#define CURL_DISABLE_TYPECHECK
#include "CCurl.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>

/* The functions of libcurl that are used, found once. */
static struct {
  __typeof__(&curl_global_init) global_init;
  __typeof__(&curl_easy_strerror) explain;
  __typeof__(&curl_easy_init) easy_init;
  __typeof__(&curl_easy_cleanup) easy_cleanup;
  __typeof__(&curl_easy_setopt) set;
  __typeof__(&curl_easy_getinfo) get;
  __typeof__(&curl_easy_pause) pause;
  __typeof__(&curl_slist_append) list_append;
  __typeof__(&curl_slist_free_all) list_free;
  __typeof__(&curl_mime_init) mime_init;
  __typeof__(&curl_mime_free) mime_free;
  __typeof__(&curl_mime_addpart) mime_addpart;
  __typeof__(&curl_mime_name) mime_name;
  __typeof__(&curl_mime_filename) mime_filename;
  __typeof__(&curl_mime_type) mime_type;
  __typeof__(&curl_mime_data) mime_data;
  __typeof__(&curl_mime_data_cb) mime_data_cb;
  __typeof__(&curl_multi_init) multi_init;
  __typeof__(&curl_multi_cleanup) multi_cleanup;
  __typeof__(&curl_multi_add_handle) multi_add;
  __typeof__(&curl_multi_remove_handle) multi_remove;
  __typeof__(&curl_multi_perform) multi_perform;
  __typeof__(&curl_multi_poll) multi_poll;
  __typeof__(&curl_multi_wakeup) multi_wakeup;
  __typeof__(&curl_multi_info_read) multi_info_read;
} library;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static const char *problem;

/* Runs once: `problem` and `library` are only written here, and read after pthread_once. */
static void load(void) {
  /* Lazily: looking up each function that it and its own libraries may call takes longer than most uses. */
#ifdef __APPLE__
  void *handle = dlopen("libcurl.4.dylib", RTLD_LAZY | RTLD_LOCAL);
#else
  /* Never unmapped: its threads and exit handlers may outlive any use. */
  void *handle = dlopen("libcurl.so.4", RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE);
#endif
  if (!handle) {
    problem = "libcurl is not installed (Debian package libcurl4)";
    return;
  }
#define FIND(field, name) \
  if (!(library.field = (__typeof__(library.field))dlsym(handle, name))) \
    problem = "this libcurl lacks " name ": 7.80 or later is needed (Debian package libcurl4)"
  FIND(global_init, "curl_global_init");
  FIND(explain, "curl_easy_strerror");
  FIND(easy_init, "curl_easy_init");
  FIND(easy_cleanup, "curl_easy_cleanup");
  FIND(set, "curl_easy_setopt");
  FIND(get, "curl_easy_getinfo");
  FIND(pause, "curl_easy_pause");
  FIND(list_append, "curl_slist_append");
  FIND(list_free, "curl_slist_free_all");
  FIND(mime_init, "curl_mime_init");
  FIND(mime_free, "curl_mime_free");
  FIND(mime_addpart, "curl_mime_addpart");
  FIND(mime_name, "curl_mime_name");
  FIND(mime_filename, "curl_mime_filename");
  FIND(mime_type, "curl_mime_type");
  FIND(mime_data, "curl_mime_data");
  FIND(mime_data_cb, "curl_mime_data_cb");
  FIND(multi_init, "curl_multi_init");
  FIND(multi_cleanup, "curl_multi_cleanup");
  FIND(multi_add, "curl_multi_add_handle");
  FIND(multi_remove, "curl_multi_remove_handle");
  FIND(multi_perform, "curl_multi_perform");
  FIND(multi_poll, "curl_multi_poll");
  FIND(multi_wakeup, "curl_multi_wakeup");
  FIND(multi_info_read, "curl_multi_info_read");
#undef FIND
  if (!problem && library.global_init(CURL_GLOBAL_DEFAULT))
    problem = "libcurl could not be set up: its TLS library may be damaged";
}

const char *offbook_curl_unavailable(void) {
  pthread_once(&once, load);
  return problem;
}

const char *offbook_curl_explain(CURLcode code) { return library.explain(code); }

CURL *offbook_curl_easy_create(void) { return library.easy_init(); }

void offbook_curl_easy_free(CURL *easy) { library.easy_cleanup(easy); }

CURLcode offbook_curl_set_long(CURL *easy, CURLoption option, long value) {
  return library.set(easy, option, value);
}

CURLcode offbook_curl_set_size(CURL *easy, CURLoption option, int64_t value) {
  return library.set(easy, option, (curl_off_t)value);
}

CURLcode offbook_curl_set_text(CURL *easy, CURLoption option, const char *value) {
  return library.set(easy, option, value);
}

CURLcode offbook_curl_set_pointer(CURL *easy, CURLoption option, void *value) {
  return library.set(easy, option, value);
}

/* A program that is started meanwhile must not inherit the connection and keep it open. */
static int keep_private(void *context, curl_socket_t descriptor, curlsocktype purpose) {
  (void)context, (void)purpose;
  fcntl(descriptor, F_SETFD, FD_CLOEXEC);
  return CURL_SOCKOPT_OK;
}

CURLcode offbook_curl_set_callbacks(
    CURL *easy, const offbook_curl_callbacks *callbacks, void *context) {
  CURLcode code = CURLE_OK;
#define SET(function, data, pointer) \
  if (!code) code = library.set(easy, function, pointer); \
  if (!code) code = library.set(easy, data, context)
  SET(CURLOPT_WRITEFUNCTION, CURLOPT_WRITEDATA, callbacks->body);
  SET(CURLOPT_HEADERFUNCTION, CURLOPT_HEADERDATA, callbacks->header);
  SET(CURLOPT_DEBUGFUNCTION, CURLOPT_DEBUGDATA, callbacks->trace);
  SET(CURLOPT_PREREQFUNCTION, CURLOPT_PREREQDATA, callbacks->before_request);
  SET(CURLOPT_XFERINFOFUNCTION, CURLOPT_XFERINFODATA, callbacks->progress);
#undef SET
  if (!code) code = library.set(easy, CURLOPT_SOCKOPTFUNCTION, keep_private);
  if (!code) code = library.set(easy, CURLOPT_NOPROGRESS, 0L);
  /* Without this the trace is not called. */
  if (!code) code = library.set(easy, CURLOPT_VERBOSE, 1L);
  return code;
}

long offbook_curl_get_long(CURL *easy, CURLINFO info) {
  long value = 0;
  return library.get(easy, info, &value) ? 0 : value;
}

int64_t offbook_curl_get_size(CURL *easy, CURLINFO info) {
  curl_off_t value = 0;
  return library.get(easy, info, &value) ? 0 : (int64_t)value;
}

const char *offbook_curl_get_text(CURL *easy, CURLINFO info) {
  const char *value = NULL;
  return library.get(easy, info, &value) ? NULL : value;
}

void *offbook_curl_get_private(CURL *easy) {
  void *value = NULL;
  return library.get(easy, CURLINFO_PRIVATE, &value) ? NULL : value;
}

CURLcode offbook_curl_pause(CURL *easy, int what) { return library.pause(easy, what); }

struct curl_slist *offbook_curl_list_append(struct curl_slist *list, const char *line) {
  return library.list_append(list, line);
}

void offbook_curl_list_free(struct curl_slist *list) { library.list_free(list); }

curl_mime *offbook_curl_mime_create(CURL *easy) { return library.mime_init(easy); }

void offbook_curl_mime_free(curl_mime *mime) { library.mime_free(mime); }

curl_mimepart *offbook_curl_mime_add(
    curl_mime *mime, const char *field, const char *file_name, const char *content_type) {
  curl_mimepart *part = library.mime_addpart(mime);
  if (!part || library.mime_name(part, field) || library.mime_filename(part, file_name) ||
      library.mime_type(part, content_type))
    return NULL;
  return part;
}

CURLcode offbook_curl_mime_bytes(curl_mimepart *part, const char *bytes, size_t count) {
  return library.mime_data(part, bytes, count);
}

CURLcode offbook_curl_mime_reader(
    curl_mimepart *part, int64_t count,
    size_t (*read)(char *bytes, size_t one, size_t count, void *context),
    int (*seek)(void *context, curl_off_t offset, int origin), void *context) {
  return library.mime_data_cb(part, count, read, seek, NULL, context);
}

CURLM *offbook_curl_multi_create(void) { return library.multi_init(); }

void offbook_curl_multi_free(CURLM *multi) { library.multi_cleanup(multi); }

int offbook_curl_multi_add(CURLM *multi, CURL *easy) { return library.multi_add(multi, easy); }

void offbook_curl_multi_remove(CURLM *multi, CURL *easy) { library.multi_remove(multi, easy); }

int offbook_curl_multi_perform(CURLM *multi) {
  int running = 0;
  return library.multi_perform(multi, &running);
}

int offbook_curl_multi_poll(CURLM *multi, int milliseconds) {
  return library.multi_poll(multi, NULL, 0, milliseconds, NULL);
}

void offbook_curl_multi_wakeup(CURLM *multi) { library.multi_wakeup(multi); }

CURL *offbook_curl_multi_ended(CURLM *multi, CURLcode *result) {
  int left = 0;
  CURLMsg *message;
  while ((message = library.multi_info_read(multi, &left)))
    if (message->msg == CURLMSG_DONE) {
      *result = message->data.result;
      return message->easy_handle;
    }
  return NULL;
}
