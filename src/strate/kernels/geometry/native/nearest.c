/* The nearest place of a part to each of many points, exactly: points in the order of space, the tree walked from the
   last answer, with a stack of fixed size. */
#include <math.h>
#include <string.h>

#include "nearest.h"

typedef struct {
    double square, place[3];
    int64_t slot;
    int feature;
} Best;

static double dot(const double *a, const double *b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

/* The nearest place of one triangle (after Ericson, Real-Time Collision Detection, 5.1.5). */
static void try_triangle(const double *corner, const double *p, int64_t slot, Best *best)
{
    const double *a = corner, *b = corner + 3, *c = corner + 6;
    double ab[3], ac[3], ap[3], bp[3], cp[3], place[3];
    int feature;
    for (int x = 0; x < 3; x++) {
        ab[x] = b[x] - a[x];
        ac[x] = c[x] - a[x];
        ap[x] = p[x] - a[x];
        bp[x] = p[x] - b[x];
        cp[x] = p[x] - c[x];
    }
    double d1 = dot(ab, ap), d2 = dot(ac, ap), d3 = dot(ab, bp), d4 = dot(ac, bp), d5 = dot(ab, cp), d6 = dot(ac, cp);
    double va = d3 * d6 - d5 * d4, vb = d5 * d2 - d1 * d6, vc = d1 * d4 - d3 * d2;
    double along_ab = 0.0, along_ac = 0.0;
    if (d1 <= 0 && d2 <= 0) {
        feature = ON_CORNER;
    } else if (d3 >= 0 && d4 <= d3) {
        feature = ON_CORNER + 1;
        along_ab = 1.0;
    } else if (vc <= 0 && d1 >= 0 && d3 <= 0) {
        feature = ON_EDGE;
        along_ab = d1 / (d1 - d3);
    } else if (d6 >= 0 && d5 <= d6) {
        feature = ON_CORNER + 2;
        along_ac = 1.0;
    } else if (vb <= 0 && d2 >= 0 && d6 <= 0) {
        feature = ON_EDGE + 2;
        along_ac = d2 / (d2 - d6);
    } else if (va <= 0 && d4 >= d3 && d5 >= d6) {
        feature = ON_EDGE + 1;
        along_ac = (d4 - d3) / ((d4 - d3) + (d5 - d6));
        along_ab = 1.0 - along_ac;
    } else {
        feature = ON_FACE;
        double scale = 1.0 / (va + vb + vc);
        along_ab = vb * scale;
        along_ac = vc * scale;
    }
    double square = 0.0;
    for (int x = 0; x < 3; x++) {
        place[x] = a[x] + along_ab * ab[x] + along_ac * ac[x];
        square += (p[x] - place[x]) * (p[x] - place[x]);
    }
    if (square < best->square) {
        best->square = square;
        best->slot = slot;
        best->feature = feature;
        memcpy(best->place, place, sizeof place);
    }
}

typedef float Four __attribute__((vector_size(16)));
typedef int32_t FourInts __attribute__((vector_size(16)));

static Four larger(Four a, Four b)
{
    FourInts first = a > b;
    return (Four)(((FourInts)a & first) | ((FourInts)b & ~first));
}

/* Lower bounds of the squared distances to the four boxes of a node, all four at once. */
static void to_boxes(const Node *node, const float *p, float *bound)
{
    Four sum = {0}, low, high;
    for (int a = 0; a < 3; a++) {
        memcpy(&low, node->low[a], sizeof low);
        memcpy(&high, node->high[a], sizeof high);
        Four out = larger(larger(low - p[a], p[a] - high), (Four){0});
        sum += out * out;
    }
    memcpy(bound, &sum, sizeof sum);
}

typedef struct {
    float bound;
    int32_t node;
} Pending;

/* Single precision rounds: a box is left out only when it is surely farther than the best so far. */
static float reach(double square) { return (float)(square * 1.000004) + 1e-30f; }

static void visit(const Node *nodes, const double *corners, const double *p, Best *best)
{
    Pending pending[STACK];
    float single[3] = {(float)p[0], (float)p[1], (float)p[2]}, bound[WAYS];
    float limit = reach(best->square);
    int top = 0;
    pending[top++] = (Pending){0.0f, 0};
    while (top) {
        Pending next = pending[--top];
        if (next.bound > limit)
            continue;
        const Node *node = nodes + next.node;
        int bottom = top;
        to_boxes(node, single, bound);
        for (int w = 0; w < WAYS; w++) {
            if (!(bound[w] <= limit))
                continue;
            if (node->count[w] > 0) {
                for (int64_t slot = node->first[w], end = slot + node->count[w]; slot < end; slot++)
                    try_triangle(corners + 9 * slot, p, slot, best);
                limit = reach(best->square);
                continue;
            }
            int at = top++;
            for (; at > bottom && pending[at - 1].bound < bound[w]; at--)
                pending[at] = pending[at - 1];
            pending[at] = (Pending){bound[w], node->first[w]};
        }
    }
}

static uint32_t spread(uint32_t x)
{
    x &= 1023;
    x = (x | x << 16) & 0x030000FFu;
    x = (x | x << 8) & 0x0300F00Fu;
    x = (x | x << 4) & 0x030C30C3u;
    return (x | x << 2) & 0x09249249u;
}

/* Orders the points along a curve through space, so that each starts near the one before. */
static void order_points(const double *points, int64_t count, uint64_t *order, uint64_t *spare)
{
    double low[3] = {INFINITY, INFINITY, INFINITY}, high[3] = {-INFINITY, -INFINITY, -INFINITY}, scale[3];
    for (int64_t i = 0; i < count; i++)
        for (int a = 0; a < 3; a++) {
            double x = points[3 * i + a];
            low[a] = x < low[a] ? x : low[a];
            high[a] = x > high[a] ? x : high[a];
        }
    double longest = 0.0;
    for (int a = 0; a < 3; a++)
        longest = high[a] - low[a] > longest ? high[a] - low[a] : longest;
    for (int a = 0; a < 3; a++)
        scale[a] = longest > 0 ? 1023.0 / longest : 0.0;
    for (int64_t i = 0; i < count; i++) {
        uint64_t key = 0;
        for (int a = 0; a < 3; a++)
            key |= (uint64_t)spread((uint32_t)((points[3 * i + a] - low[a]) * scale[a])) << a;
        order[i] = key << 32 | (uint64_t)i;
    }
    for (int pass = 0; pass < 3; pass++) {
        int64_t begin[1024] = {0}, sum = 0;
        int shift = 32 + 10 * pass;
        for (int64_t i = 0; i < count; i++)
            begin[order[i] >> shift & 1023]++;
        for (int b = 0; b < 1024; b++) {
            int64_t size = begin[b];
            begin[b] = sum;
            sum += size;
        }
        for (int64_t i = 0; i < count; i++)
            spare[begin[order[i] >> shift & 1023]++] = order[i];
        uint64_t *swap = order;
        order = spare;
        spare = swap;
    }
}

/* For each point the nearest place: its triangle, what of the triangle, where, how far. After three passes the order
   stands in `spare`. All arrays are as long as the points. */
PUBLIC void strate_nearest_query(const Node *nodes, const double *corners, const int32_t *face_at, const double *middle,
                                 const double *points, int64_t count, uint64_t *order, uint64_t *spare, int32_t *face,
                                 uint8_t *feature, double *place, double *distance)
{
    order_points(points, count, order, spare);
    int64_t last = 0;
    for (int64_t k = 0; k < count; k++) {
        int64_t i = (int64_t)(spare[k] & 0xFFFFFFFFu);
        double p[3];
        for (int a = 0; a < 3; a++)
            p[a] = points[3 * i + a] - middle[a];
        Best best = {INFINITY, {0, 0, 0}, 0, 0};
        try_triangle(corners + 9 * last, p, last, &best);
        visit(nodes, corners, p, &best);
        last = best.slot;
        face[i] = face_at[best.slot];
        feature[i] = (uint8_t)best.feature;
        distance[i] = sqrt(best.square);
        for (int a = 0; a < 3; a++)
            place[3 * i + a] = best.place[a] + middle[a];
    }
}
