/* The part as small cubes: which hold matter, which overlap, and which voids no powder can leave. */
#include "engine.h"

#include <math.h>

/* Where the line at height y of the plan crosses an edge, always reckoned from its lower end: neighbours agree. */
static double crossing(const double *p, const double *q, double y)
{
    if (p[1] > q[1] || (p[1] == q[1] && p[0] > q[0])) {
        const double *swap = p;
        p = q;
        q = swap;
    }
    return p[0] + (q[0] - p[0]) * ((y - p[1]) / (q[1] - p[1]));
}

static int64_t first_centre(double at, int64_t count)
{
    double index = ceil(at - 0.5);
    return index < 0.0 ? 0 : index > (double)count ? count : (int64_t)index;
}

/* Each upright column of cube centres meets the skin: +1 where it enters matter, -1 where it leaves (levels = height + 1).
   Coordinates are in cubes, already shifted to the grid. Columns lie x first, then y, then the levels. */
PUBLIC void strate_skin_crossings(const double *vertices, const int32_t *faces, int64_t face_count,
                                  int64_t across, int64_t deep, int64_t levels, int16_t *turns)
{
    for (int64_t f = 0; f < face_count; f++) {
        const double *p[3];
        for (int corner = 0; corner < 3; corner++)
            p[corner] = vertices + 3 * (int64_t)faces[3 * f + corner];
        double ux = p[1][0] - p[0][0], uy = p[1][1] - p[0][1], uz = p[1][2] - p[0][2];
        double vx = p[2][0] - p[0][0], vy = p[2][1] - p[0][1], vz = p[2][2] - p[0][2];
        double up = ux * vy - uy * vx;
        if (up == 0.0) continue;
        double gx = (uz * vy - vz * uy) / up, gy = (vz * ux - uz * vx) / up;
        double low = p[0][2] < p[1][2] ? p[0][2] : p[1][2], high = p[0][2] > p[1][2] ? p[0][2] : p[1][2];
        if (p[2][2] < low) low = p[2][2];
        if (p[2][2] > high) high = p[2][2];
        double south = p[0][1] < p[1][1] ? p[0][1] : p[1][1], north = p[0][1] > p[1][1] ? p[0][1] : p[1][1];
        if (p[2][1] < south) south = p[2][1];
        if (p[2][1] > north) north = p[2][1];
        int64_t last = first_centre(north, deep);
        for (int64_t row = first_centre(south, deep); row < last; row++) {
            double y = (double)row + 0.5, ends[2] = {INFINITY, -INFINITY};
            for (int e = 0; e < 3; e++) {
                const double *a = p[e], *b = p[(e + 1) % 3];
                if ((a[1] <= y) == (b[1] <= y)) continue;
                double x = crossing(a, b, y);
                if (x < ends[0]) ends[0] = x;
                if (x > ends[1]) ends[1] = x;
            }
            if (!(ends[0] < ends[1])) continue;
            int64_t stop = first_centre(ends[1], across);
            for (int64_t column = first_centre(ends[0], across); column < stop; column++) {
                double z = p[0][2] + gx * ((double)column + 0.5 - p[0][0]) + gy * (y - p[0][1]);
                z = z < low ? low : z > high ? high : z;
                int64_t level = first_centre(z, levels - 1);
                turns[(row * across + column) * levels + level] += up < 0.0 ? 1 : -1;
            }
        }
    }
}

/* 0 void, 1 matter, 2 matter of more than one shell; a cube is matter when its centre is enclosed at all. */
PUBLIC void strate_matter(const int16_t *turns, int64_t columns, int64_t levels, uint8_t *matter)
{
    for (int64_t c = 0; c < columns; c++) {
        int32_t inside = 0;
        for (int64_t k = 0; k + 1 < levels; k++) {
            inside += turns[c * levels + k];
            matter[c * (levels - 1) + k] = inside > 1 ? 2 : inside != 0;
        }
    }
}

static int32_t root_of(int32_t *parent, int32_t run)
{
    while (parent[run] != run) {
        parent[run] = parent[parent[run]];
        run = parent[run];
    }
    return run;
}

/* How many upright runs of void the grid holds. */
PUBLIC int64_t strate_void_runs(const uint8_t *matter, int64_t columns, int64_t height)
{
    int64_t count = 0;
    for (int64_t c = 0; c < columns; c++)
        for (int64_t k = 0; k < height; k++)
            count += !matter[c * height + k] && (k == 0 || matter[c * height + k - 1]);
    return count;
}

static void join(const int32_t *begin, const int32_t *end, int32_t *parent, int64_t a, int64_t a_stop, int64_t b, int64_t b_stop)
{
    while (a < a_stop && b < b_stop) {
        if (begin[a] < end[b] && begin[b] < end[a]) {
            int32_t left = root_of(parent, (int32_t)a), right = root_of(parent, (int32_t)b);
            if (left < right) parent[right] = left;
            else parent[left] = right;
        }
        if (end[a] < end[b]) a++;
        else b++;
    }
}

/* The runs (begin, end, their root) and where each column's runs begin (columns + 1 numbers); touching runs share a root. */
PUBLIC void strate_void_join(const uint8_t *matter, int64_t across, int64_t deep, int64_t height,
                             int64_t *first, int32_t *begin, int32_t *end, int32_t *parent)
{
    int64_t run = 0;
    for (int64_t c = 0; c < across * deep; c++) {
        first[c] = run;
        for (int64_t k = 0; k < height; k++) {
            if (matter[c * height + k]) continue;
            if (k == 0 || matter[c * height + k - 1]) {
                begin[run] = (int32_t)k;
                parent[run] = (int32_t)run;
                run++;
            }
            end[run - 1] = (int32_t)k + 1;
        }
    }
    first[across * deep] = run;
    for (int64_t c = 0; c < across * deep; c++) {
        if (c % across) join(begin, end, parent, first[c - 1], first[c], first[c], first[c + 1]);
        if (c >= across) join(begin, end, parent, first[c - across], first[c - across + 1], first[c], first[c + 1]);
    }
    for (int64_t r = 0; r < run; r++)
        parent[r] = root_of(parent, (int32_t)r);
}
