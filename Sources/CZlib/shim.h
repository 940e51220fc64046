#include <zlib.h>

/* deflateInit and inflateInit are macros over the versioned entry points, which Swift cannot call. */
static inline int CZlib_deflateInit(z_streamp stream, int level) { return deflateInit(stream, level); }
static inline int CZlib_inflateInit(z_streamp stream) { return inflateInit(stream); }
