// What Swift's view of the C library leaves out of posix_spawn and of process descriptors.

#define _GNU_SOURCE
#include "CNode.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

// `input` below zero is /dev/null, `report` below zero none.
static int spawn(pid_t *pid, const char *path, char *const arguments[], char *const environment[], int input,
                 int output, int errors, int report, short flags) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int failure = posix_spawn_file_actions_init(&actions);
    if (failure != 0) {
        return failure;
    }
    failure = posix_spawnattr_init(&attributes);
    if (failure != 0) {
        posix_spawn_file_actions_destroy(&actions);
        return failure;
    }
    sigset_t all, none;
    sigfillset(&all);
    sigemptyset(&none);
    (void)((failure = input >= 0
                          ? posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
                          : posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)) ||
           (failure = posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)) ||
           (failure = posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)) ||
           (report >= 0 && (failure = posix_spawn_file_actions_adddup2(&actions, report, GANTRY_REPORT_DESCRIPTOR))) ||
           (failure = posix_spawn_file_actions_addclosefrom_np(
                &actions, report >= 0 ? GANTRY_REPORT_DESCRIPTOR + 1 : STDERR_FILENO + 1)) ||
           (failure = posix_spawnattr_setsigdefault(&attributes, &all)) ||
           (failure = posix_spawnattr_setsigmask(&attributes, &none)) ||
           (failure = posix_spawnattr_setflags(&attributes, flags | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK)) ||
           (failure = posix_spawn(pid, path, &actions, &attributes, arguments, environment)));
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return failure;
}

int gantry_spawn_session(pid_t *pid, const char *path, char *const arguments[], char *const environment[], int output,
                         int report) {
    return spawn(pid, path, arguments, environment, -1, output, output, report, POSIX_SPAWN_SETSID);
}

int gantry_spawn_command(pid_t *pid, const char *path, char *const arguments[], char *const environment[], int input,
                         int output, int errors) {
    return spawn(pid, path, arguments, environment, input, output, errors, -1, 0);
}

int gantry_memory_file(const char *name) {
    return memfd_create(name, MFD_CLOEXEC);
}

int gantry_pidfd_open(pid_t pid) {
    return (int)syscall(SYS_pidfd_open, pid, 0);
}
