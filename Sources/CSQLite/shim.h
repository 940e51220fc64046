/* SQLite 3 as the Store sees it. */
#ifndef GANTRY_CSQLITE_SHIM_H
#define GANTRY_CSQLITE_SHIM_H

#include <sqlite3.h>

#endif
