/* What a closed skin encloses. */
#include "engine.h"

/* Six times the signed volume of a mesh seen from `origin`: the sum of the tetrahedra over its triangles. */
PUBLIC double strate_volume6(const double *vertices, const int32_t *faces, int64_t face_count, const double *origin)
{
    double sum = 0.0;
    for (int64_t f = 0; f < face_count; f++) {
        double p[3][3];
        for (int corner = 0; corner < 3; corner++)
            for (int axis = 0; axis < 3; axis++)
                p[corner][axis] = vertices[3 * (int64_t)faces[3 * f + corner] + axis] - origin[axis];
        sum += p[0][0] * (p[1][1] * p[2][2] - p[1][2] * p[2][1])
             - p[0][1] * (p[1][0] * p[2][2] - p[1][2] * p[2][0])
             + p[0][2] * (p[1][0] * p[2][1] - p[1][1] * p[2][0]);
    }
    return sum;
}
