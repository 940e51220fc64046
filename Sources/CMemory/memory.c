#include "CMemory.h"

#include <jemalloc/jemalloc.h>
#include <stdint.h>
#include <unistd.h>

// Read by jemalloc when the process begins. Two arenas, as there are mostly two threads at work, and more hold on to more;
// what is freed goes back to the kernel after a second instead of ten.
const char *malloc_conf = "narenas:2,dirty_decay_ms:1000,muzzy_decay_ms:0";

// Of all arenas together: see mallctl's MALLCTL_ARENAS_ALL.
#define DIRTY_PAGES "stats.arenas.4096.pdirty"
#define PURGE "arena.4096.purge"

size_t gantry_kept_memory(void) {
    // Figures are as of the last epoch.
    uint64_t epoch = 1;
    size_t pages = 0, size = sizeof pages;
    if (mallctl("epoch", NULL, NULL, &epoch, sizeof epoch) != 0 || mallctl(DIRTY_PAGES, &pages, &size, NULL, 0) != 0) {
        return 0;
    }
    return pages * (size_t)sysconf(_SC_PAGESIZE);
}

void gantry_purge_memory(void) {
    mallctl(PURGE, NULL, NULL, NULL, 0);
}
