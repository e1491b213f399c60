/* The area of every layer without its outlines: what each triangle sweeps is a quadratic of the height. */
#include "engine.h"
#include "planes.h"
#include "rows.h"

/* A triangle cut by few layers adds to each of them; a taller one adds its quadratic where it begins and ends. */
enum { FEW = 16 };

typedef struct {
    planes at;
    double middle[2];
    int64_t block; /* quadratics are told from the beginning of their block, so that they stay small */
    double *total; /* per layer: twice the area */
    double *terms; /* per layer: three coefficients that begin (or end) there */
} areas;

typedef struct {
    double p[3][3];
    int32_t first[3];
    double sign;
    double long_share, low_share, high_share; /* 1 / height of each side; 0 when no layer cuts it */
} rising;

static inline void swap_corners(rising *t, int a, int b)
{
    for (int axis = 0; axis < 3; axis++) {
        double kept = t->p[a][axis];
        t->p[a][axis] = t->p[b][axis];
        t->p[b][axis] = kept;
    }
    int32_t first = t->first[a];
    t->first[a] = t->first[b];
    t->first[b] = first;
    t->sign = -t->sign;
}

static inline double swept(const areas *s, const rising *t, int64_t layer)
{
    double z = s->at.heights[layer];
    const double *a = t->p[0], *b = t->p[1], *c = t->p[2];
    double along = (z - a[2]) * t->long_share;
    double lx = a[0] + (c[0] - a[0]) * along, ly = a[1] + (c[1] - a[1]) * along;
    int upper = t->first[1] <= layer;
    const double *p = upper ? b : a, *q = upper ? c : b;
    double share = (z - p[2]) * (upper ? t->high_share : t->low_share);
    double sx = p[0] + (q[0] - p[0]) * share, sy = p[1] + (q[1] - p[1]) * share;
    return (lx * sy - ly * sx) * t->sign;
}

static void add_quadratic(areas *s, const rising *t, int64_t begin, int64_t end, int64_t block_begin, int64_t block_end)
{
    int64_t half = (end - 1 - begin) / 2;
    double f0 = swept(s, t, begin), f1 = swept(s, t, begin + half), f2 = swept(s, t, begin + 2 * half), h = (double)half;
    double q2 = (f2 - 2 * f1 + f0) / (2 * h * h), q1 = (f1 - f0) / h - q2 * h;
    double shift = (double)(block_begin - begin);
    double c[3] = { f0 + shift * (q1 + shift * q2), q1 + 2 * q2 * shift, q2 };
    for (int k = 0; k < 3; k++) {
        s->terms[3 * begin + k] += c[k];
        if (end < block_end)
            s->terms[3 * end + k] -= c[k];
    }
}

/* Between two corners: one quadratic for each block passed through. */
static void add_part(areas *s, const rising *t, int64_t begin, int64_t end)
{
    while (begin < end) {
        int64_t block_begin = begin / s->block * s->block, block_end = block_begin + s->block;
        int64_t stop = end < block_end ? end : block_end;
        if (stop - begin > FEW)
            add_quadratic(s, t, begin, stop, block_begin, block_end);
        else
            for (int64_t layer = begin; layer < stop; layer++)
                s->total[layer] += swept(s, t, layer);
        begin = stop;
    }
}

static inline double inverse(double height, int32_t from, int32_t to)
{
    return from < to ? 1.0 / height : 0.0;
}

static INLINE void add_triangle(areas *s, rising *t)
{
    t->sign = 1;
    for (int k = 0; k < 3; k++)
        t->first[k] = first_plane(&s->at, t->p[k][2]);
    if (t->first[0] == t->first[1] && t->first[1] == t->first[2])
        return;
    for (int k = 0; k < 3; k++) {
        t->p[k][0] -= s->middle[0];
        t->p[k][1] -= s->middle[1];
    }
    if (t->first[1] < t->first[0])
        swap_corners(t, 0, 1);
    if (t->first[2] < t->first[1])
        swap_corners(t, 1, 2);
    if (t->first[1] < t->first[0])
        swap_corners(t, 0, 1);
    t->long_share = inverse(t->p[2][2] - t->p[0][2], t->first[0], t->first[2]);
    t->low_share = inverse(t->p[1][2] - t->p[0][2], t->first[0], t->first[1]);
    t->high_share = inverse(t->p[2][2] - t->p[1][2], t->first[1], t->first[2]);
    int64_t last = s->at.count - 1, begin = t->first[0], end = t->first[2];
    if (end > last) { /* the last layer may be thinner than the others: by itself */
        s->total[last] += swept(s, t, last);
        end = last;
    }
    if (end - begin <= FEW) {
        for (int64_t layer = begin; layer < end; layer++)
            s->total[layer] += swept(s, t, layer);
        return;
    }
    int64_t bend = t->first[1] < end ? t->first[1] : end;
    add_part(s, t, begin, bend);
    add_part(s, t, bend, end);
}

static void settle(areas *s)
{
    double c0 = 0, c1 = 0, c2 = 0;
    for (int64_t layer = 0; layer < s->at.count; layer++) {
        double x = (double)(layer % s->block);
        if (x == 0)
            c0 = c1 = c2 = 0;
        c0 += s->terms[3 * layer];
        c1 += s->terms[3 * layer + 1];
        c2 += s->terms[3 * layer + 2];
        s->total[layer] = (s->total[layer] + c0 + x * (c1 + x * c2)) / 2;
    }
}

/* Areas of all layers of a mesh; `total` (layers) and `terms` (3 × (layers + 1)) come in as zeros. */
PUBLIC void strate_mesh_areas(const double *vertices, const int32_t *faces, int64_t face_count, const double *heights,
                              int64_t layers, double bottom, double layers_per_mm, const double *middle,
                              int64_t block, double *total, double *terms)
{
    areas s = { { heights, layers, bottom, layers_per_mm }, { middle[0], middle[1] }, block, total, terms };
    for (int64_t f = 0; f < face_count && layers > 0; f++) {
        rising t;
        for (int k = 0; k < 3; k++)
            memcpy(t.p[k], vertices + 3 * (int64_t)faces[3 * f + k], sizeof t.p[k]);
        add_triangle(&s, &t);
    }
    settle(&s);
}

/* The same for triangles as they lie in a file: no corner needs to be joined for this. */
PUBLIC void strate_soup_areas(const void *base, int64_t stride, int kind, int64_t count, const double *heights,
                              int64_t layers, double bottom, double layers_per_mm, const double *middle,
                              int64_t block, double *total, double *terms)
{
    areas s = { { heights, layers, bottom, layers_per_mm }, { middle[0], middle[1] }, block, total, terms };
    rows r = { base, stride };
    for (int64_t f = 0; f < count && layers > 0; f++) {
        rising t;
        for (int k = 0; k < 3; k++)
            point_at(row_at(&r, 3, 3 * f + k), kind == DOUBLES ? DOUBLES : SINGLES, t.p[k]);
        add_triangle(&s, &t);
    }
    settle(&s);
}
