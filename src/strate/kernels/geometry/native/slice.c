/* Cuts a mesh into layers: from triangle to triangle across their common sides, each cut point written once. */
#include "engine.h"
#include "planes.h"

/* What the walk needs of a triangle, in half a line of cache: corners, neighbours, the last cut that passed. */
typedef struct {
    int32_t corner[3];
    int32_t seen;
    int32_t across[3]; /* 4 × triangle + side; -1: nobody */
    int32_t unused;
} triangle;

static const int32_t NEXT[4] = { 1, 2, 0, 0 }, LAST[4] = { 2, 0, 1, 0 };

typedef struct {
    double bottom, per_mm;
    int32_t last; /* shelves are numbered from 0 to this one */
} shelves;

static inline int32_t shelf_of(const shelves *s, double z)
{
    double at = (z - s->bottom) * s->per_mm;
    return at > 0 ? (at < s->last ? (int32_t)at : s->last) : 0;
}

static inline int32_t lowest_shelf(const int32_t *shelf, const int32_t *v)
{
    int32_t low = shelf[v[0]] < shelf[v[1]] ? shelf[v[0]] : shelf[v[1]];
    return shelf[v[2]] < low ? shelf[v[2]] : low;
}

static void begin_shelves(int64_t *count, int32_t last)
{
    int64_t before = 0;
    for (int32_t s = 0; s <= last; s++) {
        int64_t own = count[s];
        count[s] = before;
        before += own;
    }
}

/* Lay corners out from low to high, so that what one plane cuts lies together; `place` says where each went. */
PUBLIC void strate_shelve_corners(const double *vertices, int64_t corner_count, double bottom, double per_mm,
                                  int32_t last, int64_t *count, int32_t *shelf, int32_t *place, double *out)
{
    shelves s = { bottom, per_mm, last };
    for (int64_t v = 0; v < corner_count; v++)
        count[shelf[v] = shelf_of(&s, vertices[3 * v + 2])]++;
    begin_shelves(count, last);
    for (int64_t v = 0; v < corner_count; v++) {
        place[v] = (int32_t)count[shelf[v]]++;
        for (int axis = 0; axis < 3; axis++)
            out[3 * (int64_t)place[v] + axis] = vertices[3 * v + axis];
    }
}

/* The same for triangles, by their lowest corner, with their neighbours. */
PUBLIC void strate_shelve_faces(const int32_t *faces, const int32_t *opposite, int64_t face_count, const int32_t *shelf,
                                int32_t last, const int32_t *corner_place, int64_t *count, int32_t *place, triangle *out)
{
    for (int64_t f = 0; f < face_count; f++)
        count[lowest_shelf(shelf, faces + 3 * f)]++;
    begin_shelves(count, last);
    for (int64_t f = 0; f < face_count; f++)
        place[f] = (int32_t)count[lowest_shelf(shelf, faces + 3 * f)]++;
    for (int64_t f = 0; f < face_count; f++) {
        triangle *t = out + place[f];
        for (int k = 0; k < 3; k++) {
            int32_t other = opposite[3 * f + k];
            t->corner[k] = corner_place[faces[3 * f + k]];
            t->across[k] = other < 0 ? -1 : place[other / 3] * 4 + other % 3;
        }
        t->seen = t->unused = 0;
    }
}

/* For each corner the first plane that is not below it. */
PUBLIC void strate_first_planes(const double *vertices, int64_t corner_count, const double *heights, int64_t layers,
                                double bottom, double layers_per_mm, int32_t *first)
{
    planes p = { heights, layers, bottom, layers_per_mm };
    for (int64_t v = 0; v < corner_count; v++)
        first[v] = first_plane(&p, vertices[3 * v + 2]);
}

/* For each triangle the layers [begin, end) that cut it; per layer (zero before) the cuts, and the lines that start openly. */
PUBLIC void strate_spans(const triangle *triangles, int64_t face_count, const int32_t *first, int64_t layers,
                         int32_t *span, int64_t *cuts, int64_t *starts)
{
    for (int64_t f = 0; f < face_count; f++) {
        const int32_t *v = triangles[f].corner, *across = triangles[f].across;
        int32_t a = first[v[0]], b = first[v[1]], c = first[v[2]];
        int32_t low = a < b ? a : b, high = a < b ? b : a;
        low = c < low ? c : low;
        high = c > high ? c : high;
        if (v[0] == v[1] || v[1] == v[2] || v[2] == v[0])
            low = high = 0;
        span[2 * f] = low;
        span[2 * f + 1] = high;
        cuts[low]++;
        cuts[high]--;
        if ((across[0] | across[1] | across[2]) >= 0 || low == high)
            continue;
        for (int k = 0; k < 3; k++) {
            int32_t from = first[v[k]], to = first[v[NEXT[k]]];
            if (across[k] < 0 && from > to) {
                starts[to]++;
                starts[from]--;
            }
        }
    }
    for (int64_t layer = 1; layer < layers; layer++) {
        cuts[layer] += cuts[layer - 1];
        starts[layer] += starts[layer - 1];
    }
}

/* List the triangles cut by each layer of [low, high): `cursor` holds where each layer's list begins, then where it ends. */
PUBLIC void strate_list(const int32_t *span, int64_t face_count, int32_t low, int32_t high, int64_t *cursor, int32_t *list)
{
    for (int64_t f = 0; f < face_count; f++) {
        int32_t from = span[2 * f] > low ? span[2 * f] : low;
        int32_t to = span[2 * f + 1] < high ? span[2 * f + 1] : high;
        for (int32_t layer = from; layer < to; layer++)
            list[cursor[layer - low]++] = (int32_t)f;
    }
}

/* The side by which the outline enters a triangle: it comes down from above the plane. */
static inline int32_t entered_by(const triangle *t, const double *vertices, double z)
{
    int above = 0;
    for (int k = 0; k < 3; k++)
        above |= (vertices[3 * (int64_t)t->corner[k] + 2] > z) << k;
    static const int32_t side[8] = { 0, 0, 1, 1, 2, 0, 2, 0 };
    return side[above];
}

/* Where the side from `low` (on or below the plane) to `high` (above) is cut; always reckoned upwards. */
static inline void cut_point(const double *low, const double *high, double z, double *point)
{
    double share = (z - low[2]) / (high[2] - low[2]);
    point[0] = low[0] + (high[0] - low[0]) * share;
    point[1] = low[1] + (high[1] - low[1]) * share;
}

typedef struct {
    const double *vertices;
    triangle *triangles;
    double *points; /* x, y */
    int64_t written, room;
} walk;

/* Follow the outline that enters triangle `start`; answers whether it came back, -1 when the room is used up. */
static int follow(walk *w, int32_t start, double z, int32_t stamp, int open)
{
    int32_t at = start, side = entered_by(w->triangles + start, w->vertices, z);
    const double *high = w->vertices + 3 * (int64_t)w->triangles[at].corner[side];
    const double *low = w->vertices + 3 * (int64_t)w->triangles[at].corner[NEXT[side]];
    if (open) {
        if (w->written >= w->room)
            return -1;
        cut_point(low, high, z, w->points + 2 * w->written++);
    }
    do {
        triangle *t = w->triangles + at;
        const double *fresh = w->vertices + 3 * (int64_t)t->corner[LAST[side]];
        int up = fresh[2] > z;
        int32_t exit = up ? NEXT[side] : LAST[side];
        high = up ? fresh : high;
        low = up ? low : fresh;
        if (w->written >= w->room)
            return -1;
        cut_point(low, high, z, w->points + 2 * w->written++);
        t->seen = stamp;
        int32_t across = t->across[exit];
        if (across < 0)
            return 0;
        at = across >> 2;
        side = across & 3;
    } while (at != start);
    return 1;
}

typedef struct {
    int64_t *begins; /* where each line begins among the points; one more at the end */
    uint8_t *closed;
    int64_t count, room;
} lines;

static int note(walk *w, lines *l, int32_t start, double z, int32_t stamp, int open)
{
    if (l->count >= l->room)
        return 0;
    int came_back = follow(w, start, z, stamp, open);
    if (came_back < 0)
        return 0;
    l->closed[l->count++] = (uint8_t)came_back;
    l->begins[l->count] = w->written;
    return 1;
}

static int cut_layer(walk *w, lines *l, const int32_t *list, int64_t size, int64_t starts, double z, int32_t stamp)
{
    for (int64_t i = 0; i < size && starts > 0; i++) {
        const triangle *t = w->triangles + list[i];
        if (t->across[entered_by(t, w->vertices, z)] >= 0)
            continue;
        starts--;
        if (!note(w, l, list[i], z, stamp, 1))
            return 0;
    }
    for (int64_t i = 0; i < size; i++)
        if (w->triangles[list[i]].seen != stamp && !note(w, l, list[i], z, stamp, 0))
            return 0;
    return 1;
}

/* Cut layers one after the other; open lines of a layer come first. Answers how many lines, or -1 if room was short.
   `ends` says where the list of each layer ends, `layer_lines` (layers + 1, starts at 0) where its lines begin. */
PUBLIC int64_t strate_cut(const double *vertices, triangle *triangles, const int32_t *list, const int64_t *ends,
                          const int64_t *starts, const double *heights, int64_t layers, int32_t stamp, double *points,
                          int64_t point_room, int64_t *begins, uint8_t *closed, int64_t line_room, int64_t *layer_lines)
{
    walk w = { vertices, triangles, points, 0, point_room };
    lines l = { begins, closed, 0, line_room };
    int64_t from = 0;
    begins[0] = 0;
    for (int64_t i = 0; i < layers; i++) {
        if (!cut_layer(&w, &l, list + from, ends[i] - from, starts[i], heights[i], stamp + (int32_t)i))
            return -1;
        from = ends[i];
        layer_lines[i + 1] = l.count;
    }
    return l.count;
}

/* The signed area of each line, closed back to its beginning. */
PUBLIC void strate_line_areas(const double *points, const int64_t *begins, int64_t lines_count, double *areas)
{
    for (int64_t n = 0; n < lines_count; n++) {
        const double *o = points + 2 * begins[n];
        double sum = 0;
        for (int64_t i = begins[n] + 1; i + 1 < begins[n + 1]; i++) {
            const double *p = points + 2 * i, *q = p + 2;
            sum += (p[0] - o[0]) * (q[1] - o[1]) - (q[0] - o[0]) * (p[1] - o[1]);
        }
        areas[n] = sum / 2;
    }
}
