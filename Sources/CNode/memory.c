// The allocator's knobs: glibc's malloc.h is not part of Swift's view of the C library.

#include "CNode.h"

#include <malloc.h>

void gantry_limit_arenas(int count) {
    mallopt(M_ARENA_MAX, count);
}

void gantry_trim_memory(void) {
    malloc_trim(0);
}
