// The allocator's knobs: glibc's malloc.h is not part of Swift's view of the C library.

#include "CNode.h"

#include <fcntl.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void gantry_limit_arenas(int count) {
    mallopt(M_ARENA_MAX, count);
}

// The resident memory in bytes; 0 where the kernel does not tell.
static size_t resident(void) {
    char line[64] = {0};
    int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return 0;
    }
    ssize_t count = read(file, line, sizeof line - 1);
    close(file);
    char *second = count > 0 ? strchr(line, ' ') : NULL;
    return second != NULL ? strtoul(second, NULL, 10) * (size_t)sysconf(_SC_PAGESIZE) : 0;
}

// Resident memory beyond what is in use: free chunks, and what a process has besides its heap.
static size_t excess(void) {
    struct mallinfo2 info = mallinfo2();
    size_t used = info.uordblks + info.hblkhd, all = resident();
    return all > used ? all - used : 0;
}

void gantry_trim_memory(size_t worthwhile) {
    // What the last trimming left will not go away by another.
    static size_t left = 0;
    size_t now = excess();
    if (now < left) {
        left = now;
    }
    if (now < left + worthwhile) {
        return;
    }
    malloc_trim(0);
    left = excess();
}
