/*
 * The text of a DOCX, as fast as C gets with libzip and libxml2's push SAX parser: what the
 * reader is measured against. It writes the text alone, a row a paragraph: no styles, speakers, notes.
 *
 * usage: docx-text IN OUT */

#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

static char *text;
static size_t length, capacity;
static int in_text;

static void append(const char *bytes, size_t count) {
  if (length + count > capacity) {
    capacity = (length + count) * 2;
    text = realloc(text, capacity);
    if (!text) exit(1);
  }
  memcpy(text + length, bytes, count);
  length += count;
}

static void start(
    void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespaces,
    const xmlChar **declared, int attributes, int defaulted, const xmlChar **values) {
  (void)context, (void)prefix, (void)uri, (void)namespaces, (void)declared;
  (void)attributes, (void)defaulted, (void)values;
  if (!strcmp((const char *)name, "t")) in_text = 1;
  else if (!strcmp((const char *)name, "tab")) append("\t", 1);
  else if (!strcmp((const char *)name, "br")) append("\n", 1);
}

static void end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
  (void)context, (void)prefix, (void)uri;
  if (!strcmp((const char *)name, "t")) in_text = 0;
  else if (!strcmp((const char *)name, "p")) append("\n", 1);
}

static void characters(void *context, const xmlChar *bytes, int count) {
  (void)context;
  if (in_text) append((const char *)bytes, (size_t)count);
}

int main(int count, char **arguments) {
  if (count != 3) return 2;
  FILE *file = fopen(arguments[1], "rb");
  if (!file) return 1;
  fseek(file, 0, SEEK_END);
  size_t size = (size_t)ftell(file);
  rewind(file);
  char *bytes = malloc(size);
  if (!bytes || fread(bytes, 1, size, file) != size) return 1;
  fclose(file);
  zip_source_t *source = zip_source_buffer_create(bytes, size, 0, NULL);
  zip_t *archive = zip_open_from_source(source, ZIP_RDONLY, NULL);
  zip_file_t *part = archive ? zip_fopen(archive, "word/document.xml", 0) : NULL;
  if (!part) return 1;
  xmlSAXHandler handler;
  memset(&handler, 0, sizeof handler);
  handler.initialized = XML_SAX2_MAGIC;
  handler.startElementNs = start;
  handler.endElementNs = end;
  handler.characters = characters;
  xmlParserCtxtPtr parser = xmlCreatePushParserCtxt(&handler, NULL, NULL, 0, NULL);
  static char chunk[1 << 16];
  for (;;) {
    zip_int64_t got = zip_fread(part, chunk, sizeof chunk);
    if (got <= 0) break;
    xmlParseChunk(parser, chunk, (int)got, 0);
  }
  xmlParseChunk(parser, NULL, 0, 1);
  FILE *out = fopen(arguments[2], "wb");
  if (!out || fwrite(text, 1, length, out) != length || fclose(out)) return 1;
  return 0;
}
