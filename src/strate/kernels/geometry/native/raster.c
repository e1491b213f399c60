/* Fills a grid of pixels with what outlines enclose: a pixel is melted when outlines wind around its middle. */
#include "engine.h"
#include "outline.h"

#include <math.h>
#include <string.h>

typedef struct {
    double x, y, per_mm;
    int64_t rows, columns;
} grid;

/* The first whole number not below v, within [0, limit]. */
static inline int64_t first_above(double v, int64_t limit)
{
    if (!(v > 0))
        return 0;
    if (v >= (double)limit)
        return limit;
    int64_t whole = (int64_t)v;
    return whole + (v > (double)whole);
}

static inline int64_t row_of(const grid *g, double y)
{
    return first_above((y - g->y) * g->per_mm - 0.5, g->rows);
}

/* How many outlines cross the middle of each row: `ends` (rows + 1, zero before) then says where each row's list
   begins; answers how many in all. */
PUBLIC int64_t strate_count_crossings(const double *points, const int64_t *begins, const uint8_t *closed, int64_t count,
                                      const double *origin, double per_mm, int64_t rows, int64_t *ends)
{
    outlines o = { points, begins, closed, count };
    grid g = { origin[0], origin[1], per_mm, rows, 0 };
    for (int64_t n = 0; n < count; n++) {
        for (int64_t i = begins[n]; closed[n] && i < begins[n + 1]; i++) {
            int64_t a = row_of(&g, points[2 * i + 1]), b = row_of(&g, after(&o, n, i)[1]);
            ends[a < b ? a : b]++;
            ends[a < b ? b : a]--;
        }
    }
    int64_t here = 0, total = 0;
    for (int64_t row = 0; row <= rows; row++) {
        here += ends[row];
        ends[row] = total;
        total += here;
    }
    return total;
}

/* A crossing is its first pixel to the right, doubled, plus one where the outline goes up. */
static void list_crossings(const outlines *o, const grid *g, int64_t *ends, uint32_t *crossings)
{
    for (int64_t n = 0; n < o->count; n++) {
        for (int64_t i = o->begins[n]; o->closed[n] && i < o->begins[n + 1]; i++) {
            const double *p = o->points + 2 * i, *q = after(o, n, i);
            int64_t a = row_of(g, p[1]), b = row_of(g, q[1]);
            if (a == b)
                continue;
            uint32_t up = a < b;
            const double *low = up ? p : q, *high = up ? q : p;
            int64_t from = up ? a : b, to = up ? b : a;
            double slope = (high[0] - low[0]) / (high[1] - low[1]);
            if (!isfinite(slope)) /* flatter than numbers can tell: it crosses this row at its foot */
                slope = 0;
            double x = (low[0] - g->x) * g->per_mm - 0.5, y = (low[1] - g->y) * g->per_mm - 0.5;
            for (int64_t row = from; row < to; row++) {
                double at = x + ((double)row - y) * slope;
                crossings[ends[row]++] = (uint32_t)first_above(at, g->columns) << 1 | up;
            }
        }
    }
}

static void sort_few(uint32_t *list, int64_t size)
{
    for (int64_t i = 1; i < size; i++) {
        uint32_t own = list[i];
        int64_t at = i;
        for (; at > 0 && list[at - 1] > own; at--)
            list[at] = list[at - 1];
        list[at] = own;
    }
}

static void sort_many(uint32_t *list, uint32_t *spare, int64_t size)
{
    for (int shift = 0; shift < 32; shift += 8) {
        int64_t at[256] = { 0 }, before = 0;
        for (int64_t i = 0; i < size; i++)
            at[list[i] >> shift & 255]++;
        for (int digit = 0; digit < 256; digit++) {
            int64_t own = at[digit];
            at[digit] = before;
            before += own;
        }
        for (int64_t i = 0; i < size; i++)
            spare[at[list[i] >> shift & 255]++] = list[i];
        memcpy(list, spare, (size_t)size * sizeof *list);
    }
}

/* Spans are mostly short: a call for each would cost more than the writing. */
static inline void paint(uint8_t *from, int64_t size)
{
    static const uint8_t ones[16] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 };
    if (size >= 256) {
        memset(from, 1, (size_t)size);
    } else if (size >= 16) {
        for (int64_t i = 0; i + 16 <= size; i += 16)
            memcpy(from + i, ones, 16);
        memcpy(from + size - 16, ones, 16);
    } else {
        for (int64_t i = 0; i < size; i++)
            from[i] = 1;
    }
}

static int64_t fill_row(uint8_t *row, int64_t columns, const uint32_t *list, int64_t size)
{
    int64_t filled = 0, winding = 0;
    memset(row, 0, (size_t)columns);
    for (int64_t i = 0; i + 1 < size; i++) {
        winding += list[i] & 1 ? 1 : -1;
        int64_t from = list[i] >> 1, to = list[i + 1] >> 1;
        if (winding != 0 && to > from) {
            paint(row + from, to - from);
            filled += to - from;
        }
    }
    return filled;
}

/* Write the mask (rows × columns, 0 or 1) after the crossings were counted; answers how many pixels are 1.
   `ends` as counted; `crossings` and `spare` hold as many numbers as there are crossings. */
PUBLIC int64_t strate_fill(const double *points, const int64_t *begins, const uint8_t *closed, int64_t count,
                           const double *origin, double per_mm, int64_t rows, int64_t columns, int64_t *ends,
                           uint32_t *crossings, uint32_t *spare, uint8_t *mask)
{
    outlines o = { points, begins, closed, count };
    grid g = { origin[0], origin[1], per_mm, rows, columns };
    int64_t filled = 0, begin = 0;
    list_crossings(&o, &g, ends, crossings);
    for (int64_t row = 0; row < rows; row++) {
        int64_t size = ends[row] - begin;
        uint32_t *list = crossings + begin;
        if (size <= 48)
            sort_few(list, size);
        else
            sort_many(list, spare, size);
        filled += fill_row(mask + row * columns, columns, list, size);
        begin = ends[row];
    }
    return filled;
}
