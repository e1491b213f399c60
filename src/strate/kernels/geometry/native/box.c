/* The first look at the triangles of a file: is every number one, and how far do they reach? */
#include "engine.h"
#include "rows.h"

static INLINE int64_t look(const rows *r, int kind, int64_t count, double *box)
{
    double low[3] = { box[0], box[1], box[2] }, high[3] = { box[3], box[4], box[5] };
    int64_t wrong = -1;
    for (int64_t i = 0; i < count; i++) {
        double p[3];
        point_at(row_at(r, 3, i), kind, p);
        double sum = 0;
        for (int axis = 0; axis < 3; axis++) {
            low[axis] = p[axis] < low[axis] ? p[axis] : low[axis];
            high[axis] = p[axis] > high[axis] ? p[axis] : high[axis];
            sum += p[axis] * 0.0;
        }
        if (sum != 0.0 && wrong < 0)
            wrong = i / 3;
    }
    for (int axis = 0; axis < 3; axis++) {
        box[axis] = low[axis];
        box[axis + 3] = high[axis];
    }
    return wrong;
}

/* Widen `box` (low, high) to all corners; answers the first triangle that holds NaN or infinity, else -1. */
PUBLIC int64_t strate_look(const void *base, int64_t stride, int kind, int64_t corner_count, double *box)
{
    rows r = { base, stride };
    return kind == DOUBLES ? look(&r, DOUBLES, corner_count, box) : look(&r, SINGLES, corner_count, box);
}
