/* How triangles hold together: each side of a triangle is put beside the sides that share its two corners. */
#include "engine.h"

#include <stdlib.h>

/* A side in the fan of its lower corner: its other corner, its own number, and whether it leaves the lower one. */
#define OTHER(side) ((int32_t)((side) >> 32))
#define NUMBER(side) ((int32_t)(((side) & 0xFFFFFFFFu) >> 1))
#define LEAVES(side) ((int)((side) & 1))

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void sort_fan(uint64_t *fan, int64_t size)
{
    if (size > 48) {
        qsort(fan, (size_t)size, sizeof *fan, by_value);
        return;
    }
    for (int64_t i = 1; i < size; i++) {
        uint64_t side = fan[i];
        int64_t at = i;
        for (; at > 0 && fan[at - 1] > side; at--)
            fan[at] = fan[at - 1];
        fan[at] = side;
    }
}

static inline int collapsed(const int32_t *f)
{
    return f[0] == f[1] || f[1] == f[2] || f[2] == f[0];
}

/* Sort the sides of all triangles by their two corners: `begin` (corners + 1) says where each fan starts. */
PUBLIC int64_t strate_fans(const int32_t *faces, int64_t face_count, int64_t corner_count, int32_t *begin, uint64_t *sides)
{
    for (int64_t f = 0; f < face_count; f++) {
        const int32_t *v = faces + 3 * f;
        if (collapsed(v))
            continue;
        for (int k = 0; k < 3; k++) {
            int32_t from = v[k], to = v[k == 2 ? 0 : k + 1];
            begin[(from < to ? from : to) + 1]++;
        }
    }
    for (int64_t v = 0; v < corner_count; v++)
        begin[v + 1] += begin[v];
    for (int64_t f = 0; f < face_count; f++) {
        const int32_t *v = faces + 3 * f;
        if (collapsed(v))
            continue;
        for (int k = 0; k < 3; k++) {
            int32_t from = v[k], to = v[k == 2 ? 0 : k + 1];
            int leaves = from < to;
            uint64_t number = (uint64_t)(3 * f + k) << 1 | (uint64_t)leaves;
            sides[begin[leaves ? from : to]++] = (uint64_t)(uint32_t)(leaves ? to : from) << 32 | number;
        }
    }
    for (int64_t v = corner_count; v > 0; v--)
        begin[v] = begin[v - 1];
    begin[0] = 0;
    for (int64_t v = 0; v < corner_count; v++)
        sort_fan(sides + begin[v], begin[v + 1] - begin[v]);
    return begin[corner_count];
}

/* Sides that leave and sides that come are paired in the order of their triangles; answers whether it is a plain pair. */
static int pair_up(const uint64_t *run, int64_t size, int32_t *opposite)
{
    if (size == 2 && LEAVES(run[0]) != LEAVES(run[1])) {
        opposite[NUMBER(run[0])] = NUMBER(run[1]);
        opposite[NUMBER(run[1])] = NUMBER(run[0]);
        return 1;
    }
    int64_t in = 0, out = 0;
    for (;; in++, out++) {
        while (in < size && LEAVES(run[in]))
            in++;
        while (out < size && !LEAVES(run[out]))
            out++;
        if (in >= size || out >= size)
            return 0;
        opposite[NUMBER(run[in])] = NUMBER(run[out]);
        opposite[NUMBER(run[out])] = NUMBER(run[in]);
    }
}

/* Pair all sides (`opposite`, -1 before the call); counts: edges, those that are no plain pair, the links these make. */
PUBLIC void strate_pair(const uint64_t *sides, const int32_t *begin, int64_t corner_count, int32_t *opposite, int64_t counts[3])
{
    for (int64_t v = 0; v < corner_count; v++) {
        for (int64_t i = begin[v], end; i < begin[v + 1]; i = end) {
            for (end = i + 1; end < begin[v + 1] && OTHER(sides[end]) == OTHER(sides[i]);)
                end++;
            counts[0]++;
            if (!pair_up(sides + i, end - i, opposite)) {
                counts[1]++;
                counts[2] += end - i - 1;
            }
        }
    }
}

/* The edges that are no plain pair, in order, with the triangles they link. */
PUBLIC void strate_odd_edges(const uint64_t *sides, const int32_t *begin, int64_t corner_count, int64_t edge_room,
                             int64_t link_room, int32_t *ends, int32_t *faces_at, uint8_t *balanced,
                             int32_t *first_face, int32_t *links)
{
    int64_t e = 0, l = 0;
    for (int64_t v = 0; v < corner_count; v++) {
        for (int64_t i = begin[v], end; i < begin[v + 1]; i = end) {
            int64_t leaving = 0;
            for (end = i; end < begin[v + 1] && OTHER(sides[end]) == OTHER(sides[i]); end++)
                leaving += LEAVES(sides[end]);
            int64_t size = end - i;
            if ((size == 2 && leaving == 1) || e >= edge_room || l + size - 1 > link_room)
                continue;
            ends[2 * e] = (int32_t)v;
            ends[2 * e + 1] = OTHER(sides[i]);
            faces_at[e] = (int32_t)size;
            balanced[e] = 2 * leaving == size;
            first_face[e++] = NUMBER(sides[i]) / 3;
            for (int64_t k = i + 1; k < end; k++, l++) {
                links[2 * l] = NUMBER(sides[k - 1]) / 3;
                links[2 * l + 1] = NUMBER(sides[k]) / 3;
            }
        }
    }
}
