// What Swift's view of the C library leaves out of posix_spawn and of process descriptors.

#define _GNU_SOURCE
#include "CNode.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <unistd.h>

int gantry_spawn_session(pid_t *pid, const char *path, char *const arguments[], char *const environment[], int output,
                         int report) {
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
    (void)((failure = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)) ||
           (failure = posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)) ||
           (failure = posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO)) ||
           (report >= 0 && (failure = posix_spawn_file_actions_adddup2(&actions, report, GANTRY_REPORT_DESCRIPTOR))) ||
           (failure = posix_spawn_file_actions_addclosefrom_np(
                &actions, report >= 0 ? GANTRY_REPORT_DESCRIPTOR + 1 : STDERR_FILENO + 1)) ||
           (failure = posix_spawnattr_setsigdefault(&attributes, &all)) ||
           (failure = posix_spawnattr_setsigmask(&attributes, &none)) ||
           (failure = posix_spawnattr_setflags(
                &attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK)) ||
           (failure = posix_spawn(pid, path, &actions, &attributes, arguments, environment)));
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return failure;
}

int gantry_spawn_command(pid_t *pid, const char *path, char *const arguments[], char *const environment[], int output,
                         int errors) {
    posix_spawn_file_actions_t actions;
    int failure = posix_spawn_file_actions_init(&actions);
    if (failure != 0) {
        return failure;
    }
    (void)((failure = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)) ||
           (failure = posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)) ||
           (failure = posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)) ||
           (failure = posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1)) ||
           (failure = posix_spawn(pid, path, &actions, NULL, arguments, environment)));
    posix_spawn_file_actions_destroy(&actions);
    return failure;
}

int gantry_pidfd_open(pid_t pid) {
    return (int)syscall(SYS_pidfd_open, pid, 0);
}
