/* Closed lines of a layer as they come from Python: line n has the points begins[n] to begins[n + 1]. */
#ifndef STRATE_OUTLINE_H
#define STRATE_OUTLINE_H

#include "engine.h"

typedef struct {
    const double *points; /* x, y */
    const int64_t *begins;
    const uint8_t *closed;
    int64_t count;
} outlines;

/* The stretch after point i of line n, which ends at the line's first point when i is its last. */
static inline const double *after(const outlines *o, int64_t n, int64_t i)
{
    return o->points + 2 * (i + 1 < o->begins[n + 1] ? i + 1 : o->begins[n]);
}

#endif
