/* How thick the matter is behind a face: short rays through a tree of boxes over the triangles. */
#include "engine.h"

#include <math.h>

/* The tree is implicit: node 1 is the root, node i has the children 2i and 2i + 1, leaf j is node `leaves` + j and holds
   the triangles LEAF·j … LEAF·j + LEAF - 1. `leaves` is a power of two; a box is low x y z, high x y z. */
#define LEAF 4
#define DEEPEST 64

PUBLIC void strate_tree_boxes(const double *vertices, const int32_t *faces, int64_t face_count, int64_t leaves, double *boxes)
{
    for (int64_t j = 0; j < leaves; j++) {
        double *box = boxes + 6 * (leaves + j);
        for (int axis = 0; axis < 3; axis++) {
            box[axis] = INFINITY;
            box[3 + axis] = -INFINITY;
        }
        int64_t end = LEAF * (j + 1) < face_count ? LEAF * (j + 1) : face_count;
        for (int64_t f = LEAF * j; f < end; f++)
            for (int corner = 0; corner < 3; corner++)
                for (int axis = 0; axis < 3; axis++) {
                    double at = vertices[3 * (int64_t)faces[3 * f + corner] + axis];
                    if (at < box[axis]) box[axis] = at;
                    if (at > box[3 + axis]) box[3 + axis] = at;
                }
    }
    for (int64_t i = leaves - 1; i >= 1; i--)
        for (int axis = 0; axis < 3; axis++) {
            const double *left = boxes + 12 * i, *right = left + 6;
            boxes[6 * i + axis] = left[axis] < right[axis] ? left[axis] : right[axis];
            boxes[6 * i + 3 + axis] = left[3 + axis] > right[3 + axis] ? left[3 + axis] : right[3 + axis];
        }
}

/* Does the box meet the box of a short ray? Rays are hardly longer than triangles: no finer question pays. */
static int box_met(const double *box, const double *low, const double *high)
{
    return (box[0] <= high[0]) & (box[3] >= low[0]) & (box[1] <= high[1]) & (box[4] >= low[1])
         & (box[2] <= high[2]) & (box[5] >= low[2]);
}

/* Where the ray leaves the matter through a triangle (seen from its back), or INFINITY. */
static double left_at(const double *a, const double *b, const double *c, const double *from, const double *along)
{
    double u[3], v[3], p[3], s[3], q[3];
    for (int i = 0; i < 3; i++) {
        u[i] = b[i] - a[i];
        v[i] = c[i] - a[i];
        s[i] = from[i] - a[i];
    }
    p[0] = along[1] * v[2] - along[2] * v[1];
    p[1] = along[2] * v[0] - along[0] * v[2];
    p[2] = along[0] * v[1] - along[1] * v[0];
    double size = u[0] * p[0] + u[1] * p[1] + u[2] * p[2];
    if (!(size < 0.0)) return INFINITY;  /* the outer side is met first where the ray enters */
    double x = (s[0] * p[0] + s[1] * p[1] + s[2] * p[2]) / size;
    if (x < -1e-12 || x > 1.0 + 1e-12) return INFINITY;
    q[0] = s[1] * u[2] - s[2] * u[1];
    q[1] = s[2] * u[0] - s[0] * u[2];
    q[2] = s[0] * u[1] - s[1] * u[0];
    double y = (along[0] * q[0] + along[1] * q[1] + along[2] * q[2]) / size;
    if (y < -1e-12 || x + y > 1.0 + 1e-12) return INFINITY;
    return (v[0] * q[0] + v[1] * q[1] + v[2] * q[2]) / size;
}

/* For each ray the distance to the first face it leaves through, at most `far`, and that face (-1: none so near). */
PUBLIC void strate_thickness(const double *vertices, const int32_t *faces, int64_t face_count, int64_t leaves, const double *boxes,
                             const double *starts, const double *ways, const int32_t *own, int64_t rays, double far,
                             double *distance, int32_t *opposite)
{
    for (int64_t r = 0; r < rays; r++) {
        const double *from = starts + 3 * r, *along = ways + 3 * r;
        double low[3], high[3], best = far;
        for (int axis = 0; axis < 3; axis++) {
            double end = from[axis] + along[axis] * far;
            low[axis] = from[axis] < end ? from[axis] : end;
            high[axis] = from[axis] < end ? end : from[axis];
        }
        int64_t stack[DEEPEST], waiting = 1;
        int32_t found = -1;
        stack[0] = 1;
        while (waiting) {
            int64_t node = stack[--waiting];
            while (node < leaves) {  /* down the left side, the right one kept for later when it is met too */
                int left = box_met(boxes + 12 * node, low, high);
                int right = box_met(boxes + 12 * node + 6, low, high);
                if (left && right) stack[waiting++] = 2 * node + 1;
                if (!left && !right) break;
                node = 2 * node + (left ? 0 : 1);
            }
            if (node < leaves || !box_met(boxes + 6 * node, low, high)) continue;
            int64_t begin = LEAF * (node - leaves), end = begin + LEAF < face_count ? begin + LEAF : face_count;
            for (int64_t f = begin; f < end; f++) {
                if (f == own[r]) continue;
                const int32_t *corner = faces + 3 * f;
                double t = left_at(vertices + 3 * (int64_t)corner[0], vertices + 3 * (int64_t)corner[1],
                                   vertices + 3 * (int64_t)corner[2], from, along);
                if (t > 0.0 && t < best) {
                    best = t;
                    found = (int32_t)f;
                }
            }
        }
        distance[r] = best;
        opposite[r] = found;
    }
}
