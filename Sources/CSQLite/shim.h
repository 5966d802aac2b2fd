#ifndef OFFBOOK_CSQLITE_SHIM_H
#define OFFBOOK_CSQLITE_SHIM_H

#include <sqlite3.h>

#endif
