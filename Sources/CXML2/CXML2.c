#include "CXML2.h"

#include <dlfcn.h>
#include <libxml/parser.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* The functions of libxml2 that are used, found once. */
static struct {
  __typeof__(&xmlInitParser) init;
  __typeof__(&xmlCreatePushParserCtxt) create;
  __typeof__(&xmlCtxtUseOptions) use_options;
  __typeof__(&xmlParseChunk) parse;
  __typeof__(&xmlStopParser) stop;
  __typeof__(&xmlFreeDoc) free_document;
  __typeof__(&xmlFreeParserCtxt) destroy;
} library;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static const char *problem;

/* Runs once: `problem` and `library` are only written here, and read after pthread_once. */
static void load(void) {
  /* Lazily: looking up each function that it and its own libraries may call takes longer than most uses. */
#ifdef __APPLE__
  void *handle = dlopen("/usr/lib/libxml2.2.dylib", RTLD_LAZY | RTLD_LOCAL);
#else
  void *handle = dlopen("libxml2.so.2", RTLD_LAZY | RTLD_LOCAL);
#endif
  if (!handle) {
    problem = "libxml2 is not installed (Debian package libxml2)";
    return;
  }
#define FIND(field, name) \
  if (!(library.field = (__typeof__(library.field))dlsym(handle, name))) \
    problem = "this libxml2 lacks " name " (Debian package libxml2)"
  FIND(init, "xmlInitParser");
  FIND(create, "xmlCreatePushParserCtxt");
  FIND(use_options, "xmlCtxtUseOptions");
  FIND(parse, "xmlParseChunk");
  FIND(stop, "xmlStopParser");
  FIND(free_document, "xmlFreeDoc");
  FIND(destroy, "xmlFreeParserCtxt");
#undef FIND
  if (!problem) library.init();
}

/* What a name stands for, by its address: libxml2 keeps one copy of each name for a parser. */
typedef struct {
  const xmlChar *name;
  const xmlChar *uri;
  int element;
} name_slot;

/* Two names of one place in the table would ask for each other's meaning at every element. */
enum { SLOT_BITS = 10, SLOT_COUNT = 1 << SLOT_BITS, LONGEST_PROBE = 8 };

struct offbook_xml_parser {
  name_slot slots[SLOT_COUNT];
  xmlParserCtxtPtr context;
  offbook_xml_handlers handlers;
  void *handler_context;
  int result;
  int line;
  int column;
  int has_root;
};

static int identify(offbook_xml_parser *parser, const xmlChar *name, const xmlChar *uri) {
  uint64_t hash = ((uintptr_t)name ^ (uintptr_t)uri << 1) * UINT64_C(0x9E3779B97F4A7C15);
  unsigned first = (unsigned)(hash >> (64 - SLOT_BITS));
  name_slot *slot = &parser->slots[first];
  for (unsigned probe = 0; probe < LONGEST_PROBE; probe++) {
    name_slot *next = &parser->slots[(first + probe) % SLOT_COUNT];
    if (next->name == name && next->uri == uri) return next->element;
    if (!next->name) {
      slot = next;
      break;
    }
  }
  slot->name = name;
  slot->uri = uri;
  slot->element = parser->handlers.identify(parser->handler_context, name, uri);
  return slot->element;
}

static void start_element(
    void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespace_count,
    const xmlChar **namespaces, int attribute_count, int defaulted_count,
    const xmlChar **attributes) {
  offbook_xml_parser *parser = user;
  (void)prefix;
  (void)defaulted_count;
  int element = identify(parser, name, uri);
  if (!element && !namespace_count && parser->has_root) return;
  parser->has_root = 1;
  parser->handlers.start(
      parser->handler_context, element, namespace_count, (const uint8_t *const *)namespaces,
      attribute_count, (const uint8_t *const *)attributes);
}

static void end_element(
    void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
  offbook_xml_parser *parser = user;
  (void)prefix;
  int element = identify(parser, name, uri);
  if (element) parser->handlers.end(parser->handler_context, element);
}

static void characters(void *user, const xmlChar *bytes, int count) {
  offbook_xml_parser *parser = user;
  parser->handlers.characters(parser->handler_context, bytes, count);
}

static void document_type(
    void *user, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id) {
  offbook_xml_parser *parser = user;
  (void)name;
  (void)public_id;
  (void)system_id;
  parser->result = OFFBOOK_XML_DOCTYPE;
  library.stop(parser->context);
}

static void note_error(void *user, xmlErrorPtr error) {
  offbook_xml_parser *parser = user;
  if (error->level < XML_ERR_FATAL || parser->line) return;
  parser->line = error->line;
  parser->column = error->int2;
}

const char *offbook_xml_unavailable(void) {
  pthread_once(&once, load);
  return problem;
}

offbook_xml_parser *offbook_xml_create(const offbook_xml_handlers *handlers, void *context) {
  if (offbook_xml_unavailable()) return NULL;
  offbook_xml_parser *parser = calloc(1, sizeof *parser);
  if (!parser) return NULL;
  xmlSAXHandler sax;
  memset(&sax, 0, sizeof sax);
  sax.initialized = XML_SAX2_MAGIC;
  sax.startElementNs = start_element;
  sax.endElementNs = end_element;
  sax.characters = characters;
  sax.ignorableWhitespace = characters;
  sax.cdataBlock = characters;
  sax.internalSubset = document_type;
  sax.serror = note_error;
  parser->handlers = *handlers;
  parser->handler_context = context;
  parser->context = library.create(&sax, parser, NULL, 0, NULL);
  if (!parser->context) {
    free(parser);
    return NULL;
  }
  library.use_options(parser->context, XML_PARSE_NONET);
  return parser;
}

int offbook_xml_parse(offbook_xml_parser *parser, const void *bytes, size_t count, int last) {
  if (parser->result) return parser->result;
  int status = library.parse(parser->context, bytes, (int)count, last);
  /* Errors of namespaces alone leave the parser running and the text readable. */
  if (!parser->result && status && !parser->context->wellFormed)
    parser->result = OFFBOOK_XML_MALFORMED;
  return parser->result;
}

void offbook_xml_stop(offbook_xml_parser *parser) {
  if (!parser->result) parser->result = OFFBOOK_XML_STOPPED;
  library.stop(parser->context);
}

int offbook_xml_error_line(const offbook_xml_parser *parser) { return parser->line; }

int offbook_xml_error_column(const offbook_xml_parser *parser) { return parser->column; }

void offbook_xml_destroy(offbook_xml_parser *parser) {
  if (!parser) return;
  if (parser->context->myDoc) library.free_document(parser->context->myDoc);
  parser->context->myDoc = NULL;
  library.destroy(parser->context);
  free(parser);
}
