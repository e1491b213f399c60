/* The area of matter in a layer where shells may overlap: what is wound around twice counts once. */
#include "engine.h"
#include "outline.h"

#include <math.h>
#include <stdlib.h>

typedef struct {
    double x, y, top, along; /* from (x, y) to (x + along, top) */
    int winding;
} stretch;

/* A share of the way, for a stretch may be too flat to have a slope. */
static inline double x_at(const stretch *s, double y)
{
    return s->x + s->along * ((y - s->y) / (s->top - s->y));
}

typedef struct {
    double middle, low, high; /* x in the slab: half way, at its foot, at its head */
    int winding;
} crossing;

typedef struct {
    stretch *all;      /* by foot */
    double *levels;    /* every height where something begins or ends */
    int32_t *active;
    crossing *row;
    int64_t count, level_count, active_count, splits;
    double hair;
} sweep;

static int by_foot(const void *a, const void *b)
{
    const stretch *p = a, *q = b;
    return p->y != q->y ? (p->y > q->y) - (p->y < q->y) : (p->x > q->x) - (p->x < q->x);
}

static int by_height(const void *a, const void *b)
{
    double p = *(const double *)a, q = *(const double *)b;
    return (p > q) - (p < q);
}

static void collect(sweep *s, const outlines *o)
{
    double low = INFINITY, high = -INFINITY;
    for (int64_t n = 0; n < o->count; n++) {
        for (int64_t i = o->begins[n]; o->closed[n] && i < o->begins[n + 1]; i++) {
            const double *p = o->points + 2 * i, *q = after(o, n, i);
            low = p[0] < low ? p[0] : low;
            high = p[0] > high ? p[0] : high;
            if (p[1] == q[1])
                continue;
            int up = p[1] < q[1];
            const double *foot = up ? p : q, *head = up ? q : p;
            stretch own = { foot[0], foot[1], head[1], head[0] - foot[0], up ? 1 : -1 };
            s->all[s->count++] = own;
            s->levels[s->level_count++] = p[1];
            s->levels[s->level_count++] = q[1];
        }
    }
    s->hair = high > low ? (high - low) * 1e-11 : 0;
    qsort(s->all, (size_t)s->count, sizeof *s->all, by_foot);
    qsort(s->levels, (size_t)s->level_count, sizeof *s->levels, by_height);
}

static void lay_row(sweep *s, double low, double high)
{
    for (int64_t i = 0; i < s->active_count; i++) {
        const stretch *own = s->all + s->active[i];
        crossing c = { 0, x_at(own, low), x_at(own, high), own->winding };
        c.middle = (c.low + c.high) / 2;
        int32_t kept = s->active[i];
        int64_t at = i;
        for (; at > 0 && s->row[at - 1].middle > c.middle; at--) {
            s->row[at] = s->row[at - 1];
            s->active[at] = s->active[at - 1];
        }
        s->row[at] = c;
        s->active[at] = kept;
    }
}

/* Between two heights nothing begins or ends; where two stretches cross on the way the slab is split there. */
static double slab(sweep *s, double low, double high, int depth)
{
    lay_row(s, low, high);
    for (int64_t i = 0; i + 1 < s->active_count && depth < 60 && s->splits > 0; i++) {
        double at_foot = s->row[i + 1].low - s->row[i].low, at_head = s->row[i + 1].high - s->row[i].high;
        if (at_foot >= -s->hair && at_head >= -s->hair)
            continue;
        double at = low + (high - low) * (at_foot / (at_foot - at_head));
        if (!(at > low && at < high))
            continue;
        s->splits--;
        double below = slab(s, low, at, depth + 1);
        return below + slab(s, at, high, depth + 1);
    }
    double width = 0;
    int winding = 0;
    for (int64_t i = 0; i + 1 < s->active_count; i++) {
        winding += s->row[i].winding;
        if (winding != 0)
            width += (s->row[i + 1].low - s->row[i].low) + (s->row[i + 1].high - s->row[i].high);
    }
    return width / 2 * (high - low);
}

static double run(sweep *s)
{
    double area = 0;
    int64_t next = 0;
    for (int64_t l = 0; l + 1 < s->level_count; l++) {
        double low = s->levels[l], high = s->levels[l + 1];
        if (!(high > low))
            continue;
        int64_t kept = 0;
        for (int64_t i = 0; i < s->active_count; i++)
            if (s->all[s->active[i]].top > low)
                s->active[kept++] = s->active[i];
        for (; next < s->count && s->all[next].y <= low; next++)
            s->active[kept++] = (int32_t)next;
        s->active_count = kept;
        area += slab(s, low, high, 0);
    }
    return area;
}

/* The area inside the closed lines, overlaps counted once; -1 when memory is short. */
PUBLIC double strate_union_area(const double *points, const int64_t *begins, const uint8_t *closed, int64_t count)
{
    outlines o = { points, begins, closed, count };
    size_t room = (size_t)(begins[count] - begins[0]) + 1;
    sweep s = { .all = malloc(room * sizeof(stretch)), .levels = malloc(2 * room * sizeof(double)),
                .active = malloc(room * sizeof(int32_t)), .row = malloc(room * sizeof(crossing)) };
    double area = -1;
    if (s.all != NULL && s.levels != NULL && s.active != NULL && s.row != NULL) {
        collect(&s, &o);
        s.splits = 1000 + 16 * s.count;
        area = fmax(run(&s), 0); /* rounding may leave a hair below nothing */
    }
    free(s.all);
    free(s.levels);
    free(s.active);
    free(s.row);
    return area;
}
