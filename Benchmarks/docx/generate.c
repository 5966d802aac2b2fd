/* Writes a DOCX of so many pages in the form that Word writes: turns of about 60 words with a bold
 * label, cut into runs as an edited document has them. Its content follows from a seed.
 *
 * usage: generate PAGES SEED FILE */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

static uint64_t state;

static uint64_t next(void) {
  state += 0x9E3779B97F4A7C15u;
  uint64_t z = state;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

static const char *words[] = {"we",  "have", "seen", "that", "every", "river", "finds", "its", "own",
                              "way", "down", "to",   "the",  "sea",   "in",    "the",   "end"};

static void run(FILE *out) {
  fprintf(out, "<w:r w:rsidRPr=\"00%06X\"><w:rPr><w:rFonts w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" "
               "w:cs=\"Calibri\"/><w:sz w:val=\"22\"/><w:lang w:val=\"en-GB\"/></w:rPr>"
               "<w:t xml:space=\"preserve\">", (unsigned)(next() & 0xFFFFFF));
  for (int i = 0; i < 10; i++)
    fprintf(out, "%s%d ", words[next() % (sizeof words / sizeof *words)], (int)(next() % 9));
  fputs("</w:t></w:r>", out);
}

static void paragraph(FILE *out, unsigned number) {
  fprintf(out, "<w:p w14:paraId=\"%08X\" w:rsidR=\"00%06X\"><w:pPr><w:spacing w:after=\"120\"/><w:rPr>"
               "<w:lang w:val=\"en-GB\"/></w:rPr></w:pPr><w:r><w:rPr><w:b/><w:bCs/></w:rPr>"
               "<w:t xml:space=\"preserve\">Speaker %u: </w:t></w:r>",
          number, (unsigned)(next() & 0xFFFFFF), number % 3 + 1);
  for (int i = 0; i < 6; i++) run(out);
  fputs("</w:p>", out);
}

static int add(zip_t *archive, const char *name, const void *bytes, size_t count) {
  zip_source_t *source = zip_source_buffer(archive, bytes, count, 0);
  return source && zip_file_add(archive, name, source, ZIP_FL_ENC_UTF_8) >= 0;
}

int main(int argc, char **argv) {
  if (argc < 4) return 2;
  static const char types[] =
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default "
    "Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    "<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-"
    "officedocument.wordprocessingml.document.main+xml\"/></Types>";
  static const char relations[] =
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
    "relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
  state = strtoull(argv[2], NULL, 10);
  char *body;
  size_t length;
  FILE *out = open_memstream(&body, &length);
  fputs("<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
        "xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\"><w:body>", out);
  for (unsigned number = 0; number < (unsigned)atoi(argv[1]) * 8; number++) paragraph(out, number);
  fputs("</w:body></w:document>", out);
  fclose(out);
  zip_t *archive = zip_open(argv[3], ZIP_CREATE | ZIP_TRUNCATE, NULL);
  int done = archive && add(archive, "[Content_Types].xml", types, sizeof types - 1)
          && add(archive, "_rels/.rels", relations, sizeof relations - 1)
          && add(archive, "word/document.xml", body, length) && zip_close(archive) == 0;
  return done ? 0 : 1;
}
