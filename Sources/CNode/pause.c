// The pause program, kept as plain bytes inside gantry so that the image of every pod's sandbox can be made on the
// spot: no registry, no second file to install, no C library. Its section holds this one function and nothing else.

#include "CNode.h"

#define PAUSE_SECTION "gantry_pause"
#define INLINE static inline __attribute__((always_inline))

// Kernel numbers that are the same on the architectures below.
enum { signal_block = 0, signal_interrupt = 2, signal_terminate = 15, signal_child = 17, wait_no_hang = 1 };

#if defined(__x86_64__)

enum { call_sigprocmask = 14, call_wait4 = 61, call_sigtimedwait = 128, call_exit_group = 231 };

// The kernel enters with an aligned stack; a called function expects a return address on it.
#define ENTRY __attribute__((force_align_arg_pointer))

INLINE long kernel(long number, long a, long b, long c, long d) {
    register long r10 __asm__("r10") = d;
    long result;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10)
                     : "rcx", "r11", "memory");
    return result;
}

#elif defined(__aarch64__)

enum { call_exit_group = 94, call_sigprocmask = 135, call_sigtimedwait = 137, call_wait4 = 260 };

#define ENTRY

INLINE long kernel(long number, long a, long b, long c, long d) {
    register long x8 __asm__("x8") = number;
    register long x0 __asm__("x0") = a;
    register long x1 __asm__("x1") = b;
    register long x2 __asm__("x2") = c;
    register long x3 __asm__("x3") = d;
    __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3) : "memory");
    return x0;
}

#else
#error "the pause program knows x86_64 and aarch64"
#endif

// Process 1 of a namespace never gets a signal it has no handler for, so signals are blocked and asked for instead.
__attribute__((section(PAUSE_SECTION), used, retain, noreturn, no_stack_protector)) ENTRY
void gantry_pause_entry(void) {
    unsigned long wanted =
        1UL << (signal_interrupt - 1) | 1UL << (signal_terminate - 1) | 1UL << (signal_child - 1);
    kernel(call_sigprocmask, signal_block, (long)&wanted, 0, sizeof wanted);
    for (;;) {
        long signal = kernel(call_sigtimedwait, (long)&wanted, 0, 0, sizeof wanted);
        if (signal == signal_terminate || signal == signal_interrupt) {
            kernel(call_exit_group, 0, 0, 0, 0);
        }
        // One SIGCHLD may stand for many children; a failed wait (an interrupted one) asks again.
        while (kernel(call_wait4, -1, 0, wait_no_hang, 0) > 0) {
        }
    }
}

extern const unsigned char __start_gantry_pause[];
extern const unsigned char __stop_gantry_pause[];

gantry_pause_code gantry_pause_program(void) {
    gantry_pause_code code = {
        .bytes = __start_gantry_pause,
        .count = (size_t)(__stop_gantry_pause - __start_gantry_pause),
        .entry = (size_t)((const unsigned char *)(void *)gantry_pause_entry - __start_gantry_pause),
    };
    return code;
}
