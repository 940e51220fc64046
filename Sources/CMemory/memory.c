#define _GNU_SOURCE
#include "CMemory.h"

#include <jemalloc/jemalloc.h>
#include <link.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
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

// Segments of code are never written, so the kernel takes them from the file again where they are needed.
static int release_code(struct dl_phdr_info *object, size_t size, void *context) {
    (void)size;
    (void)context;
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    for (int index = 0; index < object->dlpi_phnum; index++) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[index];
        if (segment->p_type != PT_LOAD || !(segment->p_flags & PF_X) || (segment->p_flags & PF_W)) {
            continue;
        }
        uintptr_t begin = (object->dlpi_addr + segment->p_vaddr) & ~(page - 1);
        uintptr_t end = (object->dlpi_addr + segment->p_vaddr + segment->p_memsz + page - 1) & ~(page - 1);
        madvise((void *)begin, end - begin, MADV_DONTNEED);
    }
    return 0;
}

void gantry_release_code(void) {
    dl_iterate_phdr(release_code, NULL);
}
