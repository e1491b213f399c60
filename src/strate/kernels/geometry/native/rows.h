/* Rows of three numbers, wherever they lie: in a file as it was read, or in an array. */
#ifndef STRATE_ROWS_H
#define STRATE_ROWS_H

#include "engine.h"

#include <string.h>

#define INLINE inline __attribute__((always_inline))

enum { SINGLES, DOUBLES, NUMBERS };

/* One record every `stride` bytes, holding three rows (the corners of a triangle) or one. */
typedef struct {
    const char *base;
    int64_t stride;
} rows;

enum { ROW_BYTES = 12 };

/* Rows of twelve bytes unless they are doubles, which are told by their stride. */
static INLINE const char *row_at(const rows *r, int each, int64_t i)
{
    if (each == 1)
        return r->base + i * r->stride;
    int64_t record = i / 3;
    int64_t within = i - 3 * record;
    return r->base + record * r->stride + within * (r->stride == 72 ? 24 : ROW_BYTES);
}

static INLINE void point_at(const char *row, int kind, double point[3])
{
    if (kind == DOUBLES) {
        memcpy(point, row, 3 * sizeof(double));
    } else {
        float single[3];
        memcpy(single, row, sizeof single);
        for (int axis = 0; axis < 3; axis++)
            point[axis] = single[axis];
    }
    for (int axis = 0; axis < 3; axis++)
        point[axis] += 0.0; /* -0.0 and 0.0 are the same place */
}

static INLINE void key_at(const char *row, int kind, uint64_t key[3])
{
    if (kind == NUMBERS) {
        uint32_t number[3];
        memcpy(number, row, sizeof number);
        for (int axis = 0; axis < 3; axis++)
            key[axis] = number[axis];
    } else {
        double point[3];
        point_at(row, kind, point);
        memcpy(key, point, 3 * sizeof(uint64_t));
    }
}

#endif
