#include <zlib.h>

/* deflateInit and inflateInit are macros over the versioned entry points, which Swift cannot call. */
static inline int CZlib_deflateInit(z_streamp stream, int level) { return deflateInit(stream, level); }
static inline int CZlib_inflateInit(z_streamp stream) { return inflateInit(stream); }

/* With the header and trailer of a gzip file (RFC 1952) around what is compressed or decompressed. */
static inline int CZlib_gzipInit(z_streamp stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}
static inline int CZlib_gunzipInit(z_streamp stream) { return inflateInit2(stream, 15 + 16); }
