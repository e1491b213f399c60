/* The heights at which a part is cut, and the one rule for a corner on such a height: it counts as below. */
#ifndef STRATE_PLANES_H
#define STRATE_PLANES_H

#include "engine.h"

typedef struct {
    const double *heights; /* ascending */
    int64_t count;
    double bottom;
    double layers_per_mm;
} planes;

/* How many planes lie strictly below z: the number of the first that does not. */
static inline int32_t first_plane(const planes *p, double z)
{
    double guess = (z - p->bottom) * p->layers_per_mm + 0.5;
    int64_t i = guess > 0 ? (guess < (double)p->count ? (int64_t)guess : p->count) : 0;
    while (i > 0 && p->heights[i - 1] >= z)
        i--;
    while (i < p->count && p->heights[i] < z)
        i++;
    return (int32_t)i;
}

#endif
