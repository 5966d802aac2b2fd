#include "CZip.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <zip.h>

/* The functions of libzip that are used, found once. */
static struct {
  __typeof__(&zip_source_buffer_create) buffer_create;
  __typeof__(&zip_source_buffer) buffer;
  __typeof__(&zip_source_keep) source_keep;
  __typeof__(&zip_source_free) source_free;
  __typeof__(&zip_source_open) source_open;
  __typeof__(&zip_source_close) source_close;
  __typeof__(&zip_source_read) source_read;
  __typeof__(&zip_source_stat) source_stat;
  __typeof__(&zip_stat_init) stat_init;
  __typeof__(&zip_open_from_source) open_from_source;
  __typeof__(&zip_error_init) error_init;
  __typeof__(&zip_error_fini) error_fini;
  __typeof__(&zip_error_code_zip) error_code;
  __typeof__(&zip_get_error) get_error;
  __typeof__(&zip_get_num_entries) entry_count;
  __typeof__(&zip_get_name) name;
  __typeof__(&zip_stat_index) stat_index;
  __typeof__(&zip_fopen_index) fopen_index;
  __typeof__(&zip_fread) fread;
  __typeof__(&zip_fclose) fclose;
  __typeof__(&zip_file_get_error) file_error;
  __typeof__(&zip_file_add) add;
  __typeof__(&zip_file_set_dostime) set_time;
  __typeof__(&zip_close) close;
  __typeof__(&zip_discard) discard;
} library;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static const char *problem;

/* Runs once: `problem` and `library` are only written here, and read after pthread_once. */
static void load(void) {
  /* Lazily: looking up each function that it and its own libraries may call takes longer than most uses. */
#ifdef __APPLE__
  void *handle = dlopen("libzip.5.dylib", RTLD_LAZY | RTLD_LOCAL);
#else
  void *handle = dlopen("libzip.so.4", RTLD_LAZY | RTLD_LOCAL);
  if (!handle) handle = dlopen("libzip.so.5", RTLD_LAZY | RTLD_LOCAL);
#endif
  if (!handle) {
    problem = "libzip is not installed (Debian package libzip4)";
    return;
  }
#define FIND(field, name) \
  if (!(library.field = (__typeof__(library.field))dlsym(handle, name))) \
    problem = "this libzip lacks " name " (Debian package libzip4)"
  FIND(buffer_create, "zip_source_buffer_create");
  FIND(buffer, "zip_source_buffer");
  FIND(source_keep, "zip_source_keep");
  FIND(source_free, "zip_source_free");
  FIND(source_open, "zip_source_open");
  FIND(source_close, "zip_source_close");
  FIND(source_read, "zip_source_read");
  FIND(source_stat, "zip_source_stat");
  FIND(stat_init, "zip_stat_init");
  FIND(open_from_source, "zip_open_from_source");
  FIND(error_init, "zip_error_init");
  FIND(error_fini, "zip_error_fini");
  FIND(error_code, "zip_error_code_zip");
  FIND(get_error, "zip_get_error");
  FIND(entry_count, "zip_get_num_entries");
  FIND(name, "zip_get_name");
  FIND(stat_index, "zip_stat_index");
  FIND(fopen_index, "zip_fopen_index");
  FIND(fread, "zip_fread");
  FIND(fclose, "zip_fclose");
  FIND(file_error, "zip_file_get_error");
  FIND(add, "zip_file_add");
  FIND(set_time, "zip_file_set_dostime");
  FIND(close, "zip_close");
  FIND(discard, "zip_discard");
#undef FIND
}

struct offbook_zip {
  /* Null once the archive is finished. */
  zip_t *archive;
  /* What a written archive goes to; null for one that is read. */
  zip_source_t *source;
};

struct offbook_zip_stream {
  zip_file_t *file;
};

static int reason(int code) {
  switch (code) {
    case ZIP_ER_CRC: return OFFBOOK_ZIP_CHECKSUM;
    case ZIP_ER_NOPASSWD:
    case ZIP_ER_WRONGPASSWD:
    case ZIP_ER_ENCRNOTSUPP: return OFFBOOK_ZIP_ENCRYPTED;
    case ZIP_ER_COMPNOTSUPP: return OFFBOOK_ZIP_METHOD;
    case ZIP_ER_MEMORY: return OFFBOOK_ZIP_MEMORY;
    case ZIP_ER_NOZIP:
    case ZIP_ER_INCONS:
    case ZIP_ER_MULTIDISK: return OFFBOOK_ZIP_DIRECTORY;
    default: return OFFBOOK_ZIP_DAMAGED;
  }
}

const char *offbook_zip_unavailable(void) {
  pthread_once(&once, load);
  return problem;
}

offbook_zip *offbook_zip_open(const void *bytes, uint64_t count, int *error) {
  *error = OFFBOOK_ZIP_MEMORY;
  if (offbook_zip_unavailable()) return NULL;
  offbook_zip *zip = calloc(1, sizeof *zip);
  if (!zip) return NULL;
  zip_error_t details;
  library.error_init(&details);
  zip_source_t *source = library.buffer_create(bytes, count, 0, &details);
  if (source) {
    zip->archive = library.open_from_source(source, ZIP_RDONLY, &details);
    if (!zip->archive) {
      int code = library.error_code(&details);
      *error = code == ZIP_ER_MEMORY ? OFFBOOK_ZIP_MEMORY : OFFBOOK_ZIP_DIRECTORY;
      library.source_free(source);
    }
  }
  library.error_fini(&details);
  if (!zip->archive) {
    free(zip);
    return NULL;
  }
  *error = OFFBOOK_ZIP_OK;
  return zip;
}

int64_t offbook_zip_count(offbook_zip *zip) { return library.entry_count(zip->archive, 0); }

const char *offbook_zip_name(offbook_zip *zip, uint64_t index) {
  return library.name(zip->archive, index, ZIP_FL_ENC_GUESS);
}

int offbook_zip_describe(offbook_zip *zip, uint64_t index, offbook_zip_entry *entry) {
  zip_stat_t status;
  library.stat_init(&status);
  if (library.stat_index(zip->archive, index, 0, &status)) return 0;
  entry->size = status.valid & ZIP_STAT_SIZE ? status.size : 0;
  entry->compressed_size = status.valid & ZIP_STAT_COMP_SIZE ? status.comp_size : 0;
  entry->encrypted =
      status.valid & ZIP_STAT_ENCRYPTION_METHOD && status.encryption_method != ZIP_EM_NONE;
  return 1;
}

offbook_zip_stream *offbook_zip_stream_open(offbook_zip *zip, uint64_t index, int *error) {
  *error = OFFBOOK_ZIP_MEMORY;
  offbook_zip_stream *stream = calloc(1, sizeof *stream);
  if (!stream) return NULL;
  stream->file = library.fopen_index(zip->archive, index, 0);
  if (!stream->file) {
    *error = reason(library.error_code(library.get_error(zip->archive)));
    free(stream);
    return NULL;
  }
  *error = OFFBOOK_ZIP_OK;
  return stream;
}

int64_t offbook_zip_read(offbook_zip_stream *stream, void *bytes, uint64_t count, int *error) {
  zip_int64_t length = library.fread(stream->file, bytes, count);
  *error = length < 0 ? reason(library.error_code(library.file_error(stream->file)))
                      : OFFBOOK_ZIP_OK;
  return length < 0 ? -1 : length;
}

void offbook_zip_stream_close(offbook_zip_stream *stream) {
  if (!stream) return;
  library.fclose(stream->file);
  free(stream);
}

void offbook_zip_close(offbook_zip *zip) {
  if (!zip) return;
  if (zip->archive) library.discard(zip->archive);
  if (zip->source) library.source_free(zip->source);
  free(zip);
}

offbook_zip *offbook_zip_create(void) {
  if (offbook_zip_unavailable()) return NULL;
  offbook_zip *zip = calloc(1, sizeof *zip);
  if (!zip) return NULL;
  zip->source = library.buffer_create(NULL, 0, 0, NULL);
  if (zip->source) {
    library.source_keep(zip->source);
    zip->archive = library.open_from_source(zip->source, ZIP_TRUNCATE, NULL);
    if (!zip->archive) library.source_free(zip->source);
  }
  if (!zip->archive) {
    offbook_zip_close(zip);
    return NULL;
  }
  return zip;
}

int offbook_zip_add(offbook_zip *zip, const char *name, const void *bytes, uint64_t count) {
  zip_source_t *source = library.buffer(zip->archive, bytes, count, 0);
  if (!source) return -1;
  zip_int64_t index = library.add(zip->archive, name, source, ZIP_FL_ENC_UTF_8);
  if (index < 0) {
    library.source_free(source);
    return -1;
  }
  /* The DOS form of 1980-01-01 00:00: year 0, month 1, day 1. */
  return library.set_time(zip->archive, (zip_uint64_t)index, 0, 1 << 5 | 1, 0);
}

int64_t offbook_zip_finish(offbook_zip *zip) {
  if (library.close(zip->archive)) return -1;
  zip->archive = NULL;
  zip_stat_t status;
  library.stat_init(&status);
  if (library.source_stat(zip->source, &status) || !(status.valid & ZIP_STAT_SIZE)) return -1;
  return (int64_t)status.size;
}

int64_t offbook_zip_take(offbook_zip *zip, void *bytes, uint64_t count) {
  if (library.source_open(zip->source)) return -1;
  zip_int64_t length = library.source_read(zip->source, bytes, count);
  library.source_close(zip->source);
  return length;
}
