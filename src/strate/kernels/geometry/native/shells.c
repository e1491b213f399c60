/* The connected pieces of a mesh, and what each of them measures. */
#include "engine.h"

#include <math.h>

static int32_t root_of(int32_t *parent, int32_t i)
{
    while (parent[i] != i) {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    return i;
}

static void join(int32_t *parent, int32_t a, int32_t b)
{
    a = root_of(parent, a);
    b = root_of(parent, b);
    if (a < b)
        parent[b] = a;
    else
        parent[a] = b;
}

/* A root is the smallest of its piece, so it is numbered before the others are reached. */
static int64_t number_pieces(int32_t *parent, int64_t count)
{
    for (int64_t i = 0; i < count; i++)
        parent[i] = root_of(parent, (int32_t)i);
    int32_t next = 0;
    for (int64_t i = 0; i < count; i++)
        parent[i] = parent[i] == i ? next++ : parent[parent[i]];
    return next;
}

/* Number the pieces of `count` things joined two by two; answers how many pieces. */
PUBLIC int64_t strate_groups(int64_t count, const int32_t *pairs, int64_t pair_count, int32_t *label)
{
    for (int64_t i = 0; i < count; i++)
        label[i] = (int32_t)i;
    for (int64_t p = 0; p < pair_count; p++)
        join(label, pairs[2 * p], pairs[2 * p + 1]);
    return number_pieces(label, count);
}

/* Number the pieces of a mesh whose sides are paired; `links` joins the triangles around the other edges. */
PUBLIC int64_t strate_shells(int64_t face_count, const int32_t *opposite, const int32_t *links, int64_t link_count, int32_t *label)
{
    for (int64_t i = 0; i < face_count; i++)
        label[i] = (int32_t)i;
    for (int64_t side = 0; side < 3 * face_count; side++)
        if (opposite[side] > side)
            join(label, (int32_t)(side / 3), opposite[side] / 3);
    for (int64_t l = 0; l < link_count; l++)
        join(label, links[2 * l], links[2 * l + 1]);
    return number_pieces(label, face_count);
}

/* What rounding lost is kept beside each sum. */
static void add(double *sum, double *lost, double term)
{
    double total = *sum + term;
    *lost += fabs(*sum) >= fabs(term) ? (*sum - total) + term : (term - total) + *sum;
    *sum = total;
}

static double area_of(const double *a, const double *b, const double *c)
{
    double u[3], v[3];
    for (int axis = 0; axis < 3; axis++) {
        u[axis] = b[axis] - a[axis];
        v[axis] = c[axis] - a[axis];
    }
    double x = u[1] * v[2] - u[2] * v[1], y = u[2] * v[0] - u[0] * v[2], z = u[0] * v[1] - u[1] * v[0];
    return sqrt(x * x + y * y + z * z) / 2;
}

static double volume_of(const double *a, const double *b, const double *c, const double *o)
{
    double p[3], q[3], r[3];
    for (int axis = 0; axis < 3; axis++) {
        p[axis] = a[axis] - o[axis];
        q[axis] = b[axis] - o[axis];
        r[axis] = c[axis] - o[axis];
    }
    return (p[0] * (q[1] * r[2] - q[2] * r[1]) - p[1] * (q[0] * r[2] - q[2] * r[0]) + p[2] * (q[0] * r[1] - q[1] * r[0])) / 6;
}

static void widen(double *box, const double *point)
{
    for (int axis = 0; axis < 3; axis++) {
        if (point[axis] < box[axis])
            box[axis] = point[axis];
        if (point[axis] > box[axis + 3])
            box[axis + 3] = point[axis];
    }
}

/* Per piece: triangles, area and signed volume (each with its lost part beside), box; per triangle: has it no area?
   Boxes come in as +infinity, -infinity and the rest as zero. */
PUBLIC void strate_measure(const double *vertices, const int32_t *faces, int64_t face_count, const int32_t *label,
                           const double *origin, int64_t *triangles, double *areas, double *volumes, double *boxes,
                           uint8_t *flat)
{
    for (int64_t f = 0; f < face_count; f++) {
        int64_t piece = label[f];
        const double *corner[3];
        for (int k = 0; k < 3; k++) {
            corner[k] = vertices + 3 * (int64_t)faces[3 * f + k];
            widen(boxes + 6 * piece, corner[k]);
        }
        double area = area_of(corner[0], corner[1], corner[2]);
        flat[f] = !(area > 0);
        triangles[piece]++;
        add(areas + 2 * piece, areas + 2 * piece + 1, area);
        add(volumes + 2 * piece, volumes + 2 * piece + 1, volume_of(corner[0], corner[1], corner[2], origin));
    }
}
