#include "CUchardet.h"

#include <dlfcn.h>
#include <errno.h>
#include <iconv.h>
#include <pthread.h>
#include <string.h>

#include <uchardet/uchardet.h>

// The header gives the types; the library itself is opened only when a file needs it.
static __typeof__(&uchardet_new) make;
static __typeof__(&uchardet_delete) destroy;
static __typeof__(&uchardet_handle_data) handle;
static __typeof__(&uchardet_data_end) finish;
static __typeof__(&uchardet_get_charset) charset;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int is_open = 0;

static void open_library(void) {
  // Lazily: looking up each function that it may call takes longer than most uses.
#ifdef __APPLE__
  void *library = dlopen("libuchardet.0.dylib", RTLD_LAZY | RTLD_LOCAL);
#else
  void *library = dlopen("libuchardet.so.0", RTLD_LAZY | RTLD_LOCAL);
#endif
  if (library == NULL) return;
  make = (__typeof__(make))dlsym(library, "uchardet_new");
  destroy = (__typeof__(destroy))dlsym(library, "uchardet_delete");
  handle = (__typeof__(handle))dlsym(library, "uchardet_handle_data");
  finish = (__typeof__(finish))dlsym(library, "uchardet_data_end");
  charset = (__typeof__(charset))dlsym(library, "uchardet_get_charset");
  is_open = make && destroy && handle && finish && charset;
}

int offbook_uchardet_guess(const char *bytes, size_t count, char *name, size_t capacity) {
  if (capacity == 0) return 0;
  name[0] = '\0';
  pthread_once(&once, open_library);
  if (!is_open) return -1;
  uchardet_t detector = make();
  if (detector == NULL) return 0;
  if (handle(detector, bytes, count) == 0) {
    finish(detector);
    const char *found = charset(detector);
    if (found != NULL && strlen(found) < capacity) strcpy(name, found);
  }
  destroy(detector);
  return name[0] != '\0';
}

void *offbook_iconv_open(const char *encoding) {
  iconv_t conversion = iconv_open("UTF-8", encoding);
  return conversion == (iconv_t)-1 ? NULL : (void *)conversion;
}

int offbook_iconv(void *conversion, const char **input, size_t *input_left, char **output,
                  size_t *output_left) {
  char *start = (char *)*input;
  errno = 0;
  size_t result = iconv((iconv_t)conversion, &start, input_left, output, output_left);
  *input = start;
  return result == (size_t)-1 ? errno : 0;
}

void offbook_iconv_reset(void *conversion) {
  iconv((iconv_t)conversion, NULL, NULL, NULL, NULL);
}

void offbook_iconv_close(void *conversion) { iconv_close((iconv_t)conversion); }
