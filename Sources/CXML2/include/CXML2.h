#ifndef OFFBOOK_CXML2_H
#define OFFBOOK_CXML2_H

#include <stddef.h>
#include <stdint.h>

/*
 * libxml2's push parser with namespaces (SAX2), opened with dlopen on first need: a command that
 * reads no DOCX does not pay for mapping libxml2 and ICU.
 *
 * The parser never opens a file or the network, loads no DTD and replaces no entities. A document
 * type declaration stops it with OFFBOOK_XML_DOCTYPE, before anything in it is read.
 */

/* A parser of one document. To be used by one thread at a time. */
typedef struct offbook_xml_parser offbook_xml_parser;

/*
 * What is called while parsing. All pointers are valid during the call only.
 * `identify` is asked now and then what an element's name stands for: a number above 0, which the
 * other calls then get, or 0 for what is of no interest. Of such elements neither beginning nor
 * end is told, but a beginning that declares namespaces and the root's.
 * Attributes come five pointers each: name, prefix, uri, begin and end of the value.
 * Namespace declarations come two pointers each: prefix (null for the default) and uri.
 */
typedef struct {
  int (*identify)(void *context, const uint8_t *name, const uint8_t *uri);
  void (*start)(
      void *context, int element, int namespace_count, const uint8_t *const *namespaces,
      int attribute_count, const uint8_t *const *attributes);
  void (*end)(void *context, int element);
  void (*characters)(void *context, const uint8_t *bytes, int count);
} offbook_xml_handlers;

enum {
  OFFBOOK_XML_OK = 0,
  /* Not well-formed: line and column tell where. */
  OFFBOOK_XML_MALFORMED = 1,
  /* A document type declaration, which Office Open XML forbids. */
  OFFBOOK_XML_DOCTYPE = 2,
  /* A callback called offbook_xml_stop. */
  OFFBOOK_XML_STOPPED = 3,
};

/* Why libxml2 can't be used here, naming the package to install; null where it can. Loads it. */
const char *offbook_xml_unavailable(void);

/* Creates a parser; null where memory or libxml2 is missing. `handlers` is copied. */
offbook_xml_parser *offbook_xml_create(const offbook_xml_handlers *handlers, void *context);

/* Parses the next bytes; `last` is not 0 with the last ones. Returns OFFBOOK_XML_OK or why not. */
int offbook_xml_parse(offbook_xml_parser *parser, const void *bytes, size_t count, int last);

/* Stops the parser from inside a callback: no further callback is made. */
void offbook_xml_stop(offbook_xml_parser *parser);

/* The line where the first error is, from 1; 0 without one. */
int offbook_xml_error_line(const offbook_xml_parser *parser);

/* The column where the first error is, from 1; 0 without one. */
int offbook_xml_error_column(const offbook_xml_parser *parser);

/* Ends a parser; null is allowed. */
void offbook_xml_destroy(offbook_xml_parser *parser);

#endif
