#ifndef GANTRY_CNODE_H
#define GANTRY_CNODE_H

#include <stddef.h>
#include <sys/types.h>

/// The machine code of the pause program and where it starts.
///
/// The bytes need no relocation, no library and no data: put behind an ELF header at any address, they are a whole
/// program. It holds a pod's namespaces open, reaps what is handed to it as process 1 of a shared process namespace,
/// and leaves on SIGTERM or SIGINT.
typedef struct {
    const unsigned char *bytes;
    size_t count;
    size_t entry;
} gantry_pause_code;

gantry_pause_code gantry_pause_program(void);

/// Starts a program in a session of its own, so that it outlives the caller and hears none of its terminal's signals.
///
/// It inherits `output` as standard output and error, /dev/null as standard input, no other descriptor, and default
/// signal handling; `report`, unless negative, becomes its descriptor 3. Returns 0 and the process id, or an errno
/// value.
int gantry_spawn_session(pid_t *pid, const char *path, char *const arguments[], char *const environment[], int output,
                         int report);

/// Where a program started with a `report` descriptor finds it.
#define GANTRY_REPORT_DESCRIPTOR 3

/// Starts a program that is waited for: the descriptors given as input (/dev/null when negative), output and errors, no
/// other, and default signal handling. Returns 0 and the process id, or an errno value.
int gantry_spawn_command(pid_t *pid, const char *path, char *const arguments[], char *const environment[], int input,
                         int output, int errors);

/// A file in memory, gone with its last descriptor; -1 with errno set when there can be none.
int gantry_memory_file(const char *name);

/// A descriptor that becomes readable when the process ends, child or not; -1 with errno set when there is none.
int gantry_pidfd_open(pid_t pid);

/// Moves the calling thread into a network namespace, open as `descriptor`; -1 with errno set when that fails.
int gantry_enter_network(int descriptor);

/// Moves the calling thread into a new, empty network namespace; -1 with errno set when that fails.
int gantry_leave_network(void);

#endif
