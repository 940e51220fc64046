// What Swift's view of the C library leaves out of namespaces.

#define _GNU_SOURCE
#include "CNode.h"

#include <sched.h>

int gantry_enter_network(int descriptor) {
    return setns(descriptor, CLONE_NEWNET);
}

int gantry_leave_network(void) {
    return unshare(CLONE_NEWNET);
}
