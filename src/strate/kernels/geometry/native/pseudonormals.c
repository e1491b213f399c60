/* Which side of the skin a point is on: the pseudonormal of the face, edge or corner nearest to it. */
#include <math.h>
#include <string.h>

#include "nearest.h"

static void edge(const double *from, const double *to, double *along)
{
    for (int a = 0; a < 3; a++)
        along[a] = to[a] - from[a];
}

static double dot(const double *a, const double *b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

static void cross(const double *a, const double *b, double *c)
{
    c[0] = a[1] * b[2] - a[2] * b[1];
    c[1] = a[2] * b[0] - a[0] * b[2];
    c[2] = a[0] * b[1] - a[1] * b[0];
}

static const double *at(const double *vertices, int32_t corner) { return vertices + 3 * (int64_t)corner; }

/* Marks the triangles that have no surface to speak of (height below 1e-10 of their length); returns how many. */
PUBLIC int64_t strate_nearest_flat(const double *vertices, const int32_t *faces, int64_t face_count, uint8_t *flat)
{
    int64_t found = 0;
    for (int64_t f = 0; f < face_count; f++) {
        double ab[3], ac[3], bc[3], normal[3];
        const int32_t *face = faces + 3 * f;
        edge(at(vertices, face[0]), at(vertices, face[1]), ab);
        edge(at(vertices, face[0]), at(vertices, face[2]), ac);
        edge(at(vertices, face[1]), at(vertices, face[2]), bc);
        cross(ab, ac, normal);
        double longest = fmax(dot(ab, ab), fmax(dot(ac, ac), dot(bc, bc)));
        flat[f] = !(sqrt(dot(normal, normal)) > 1e-10 * longest);
        found += flat[f];
    }
    return found;
}

/* Lists the faces around each corner: `begin` has one more place than there are corners, `around` three a face. */
PUBLIC void strate_nearest_around(const int32_t *faces, int64_t face_count, int64_t corner_count, int32_t *begin,
                                  int32_t *around)
{
    memset(begin, 0, (size_t)(corner_count + 1) * sizeof *begin);
    for (int64_t i = 0; i < 3 * face_count; i++)
        begin[faces[i]]++;
    int32_t sum = 0;
    for (int64_t v = 0; v <= corner_count; v++) {
        sum += begin[v];
        begin[v] = sum; /* the end of each run; filling from behind turns it into its begin */
    }
    for (int64_t i = 3 * face_count - 1; i >= 0; i--)
        around[--begin[faces[i]]] = (int32_t)(i / 3);
}

/* Counts the edges where the skin is torn or turned: at a corner, as many faces must leave towards each neighbour as
   come from it. `balance` is scratch, one place a corner, all zero before and after; `torn` marks corners. */
PUBLIC int64_t strate_nearest_torn(const int32_t *faces, int64_t corner_count, const int32_t *begin,
                                   const int32_t *around, int32_t *balance, uint8_t *torn)
{
    int64_t found = 0;
    for (int64_t v = 0; v < corner_count; v++) {
        torn[v] = 0;
        for (int32_t k = begin[v]; k < begin[v + 1]; k++) {
            const int32_t *face = faces + 3 * (int64_t)around[k];
            if (face[0] == face[1] || face[1] == face[2] || face[2] == face[0])
                continue; /* two corners in one: it goes and comes back */
            int32_t next = face[0] == v ? face[1] : face[1] == v ? face[2] : face[0];
            int32_t before = face[0] == v ? face[2] : face[1] == v ? face[0] : face[1];
            balance[next]++;
            balance[before]--;
        }
        for (int32_t k = begin[v]; k < begin[v + 1]; k++) {
            const int32_t *face = faces + 3 * (int64_t)around[k];
            for (int c = 0; c < 3; c++) {
                found += balance[face[c]] != 0;
                torn[v] |= balance[face[c]] != 0;
                balance[face[c]] = 0;
            }
        }
    }
    return found;
}

static void unit_normal(const double *vertices, const int32_t *face, double *normal)
{
    double ab[3], ac[3];
    edge(at(vertices, face[0]), at(vertices, face[1]), ab);
    edge(at(vertices, face[0]), at(vertices, face[2]), ac);
    cross(ab, ac, normal);
    double length = sqrt(dot(normal, normal));
    for (int a = 0; a < 3; a++)
        normal[a] = length > 0 ? normal[a] / length : 0.0;
}

static double angle_at(const double *vertices, const int32_t *face, int32_t corner)
{
    int c = face[0] == corner ? 0 : face[1] == corner ? 1 : 2;
    double one[3], other[3], normal[3];
    edge(at(vertices, corner), at(vertices, face[(c + 1) % 3]), one);
    edge(at(vertices, corner), at(vertices, face[(c + 2) % 3]), other);
    cross(one, other, normal);
    return atan2(sqrt(dot(normal, normal)), dot(one, other));
}

typedef struct {
    const double *vertices;
    const int32_t *faces, *begin, *around;
    const uint8_t *flat;
} Skin;

/* At a corner each face weighs by its angle there; `second` below 0. Along an edge, faces of both ends weigh the same. */
static void pseudonormal(const Skin *skin, int32_t first, int32_t second, double *sum)
{
    sum[0] = sum[1] = sum[2] = 0.0;
    for (int32_t k = skin->begin[first]; k < skin->begin[first + 1]; k++) {
        const int32_t *face = skin->faces + 3 * (int64_t)skin->around[k];
        if (skin->flat[skin->around[k]])
            continue;
        if (second >= 0 && face[0] != second && face[1] != second && face[2] != second)
            continue;
        double normal[3], weight = second >= 0 ? 1.0 : angle_at(skin->vertices, face, first);
        unit_normal(skin->vertices, face, normal);
        for (int a = 0; a < 3; a++)
            sum[a] += weight * normal[a];
    }
}

/* Gives each distance its sign: below zero inside. `known` and `kept` (three a corner) keep what was worked out, and
   `known` starts at zero. */
PUBLIC void strate_nearest_sign(const double *vertices, const int32_t *faces, const int32_t *begin, const int32_t *around,
                                const uint8_t *flat, const double *points, int64_t count, const int32_t *nearest,
                                const uint8_t *feature, const double *place, double *distance, uint8_t *known,
                                double *kept)
{
    const Skin skin = {vertices, faces, begin, around, flat};
    for (int64_t i = 0; i < count; i++) {
        const int32_t *face = faces + 3 * (int64_t)nearest[i];
        double normal[3], out[3];
        if (feature[i] == ON_FACE) {
            unit_normal(vertices, face, normal);
        } else if (feature[i] < ON_CORNER) {
            int32_t one = face[feature[i] - ON_EDGE], other = face[(feature[i] - ON_EDGE + 1) % 3];
            int fewer = begin[one + 1] - begin[one] <= begin[other + 1] - begin[other];
            pseudonormal(&skin, fewer ? one : other, fewer ? other : one, normal);
        } else {
            int32_t corner = face[feature[i] - ON_CORNER];
            if (!known[corner]) {
                pseudonormal(&skin, corner, -1, kept + 3 * (int64_t)corner);
                known[corner] = 1;
            }
            memcpy(normal, kept + 3 * (int64_t)corner, sizeof normal);
        }
        edge(place + 3 * i, points + 3 * i, out);
        if (dot(out, normal) < 0)
            distance[i] = -distance[i];
    }
}
