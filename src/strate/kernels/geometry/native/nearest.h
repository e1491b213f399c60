/* The tree over the triangles of a part: four boxes to a node, four triangles to a leaf. */
#ifndef STRATE_NEAREST_H
#define STRATE_NEAREST_H

#include "engine.h"

enum { LEAF = 4, WAYS = 4, STACK = 96 };

/* Boxes are single precision, widened so that they never lose a triangle. `first` of a leaf counts triangles. */
typedef struct {
    float low[3][WAYS], high[3][WAYS];
    int32_t first[WAYS];
    int32_t count[WAYS]; /* 0: an inner node at `first`; above: a leaf; below: nothing */
} Node;

/* What of a triangle is nearest: its face, one of three edges (from corner 0, 1, 2) or one of three corners. */
enum { ON_FACE = 0, ON_EDGE = 1, ON_CORNER = 4 };

#endif
