/* Builds the tree over the triangles of a part: halves by the median, always the same for the same part. */
#include <math.h>
#include <string.h>

#include "nearest.h"

typedef struct {
    uint32_t key[3]; /* the middle of the triangle, as a whole number along each axis of the box */
    int32_t face;
} Item;

static const double FINE = 2147483000.0; /* below 2^31 */

static void widest(const Item *items, int64_t count, int *axis, uint32_t *least, uint32_t *most)
{
    uint32_t low[3] = {UINT32_MAX, UINT32_MAX, UINT32_MAX}, high[3] = {0, 0, 0};
    for (int64_t i = 0; i < count; i++)
        for (int a = 0; a < 3; a++) {
            low[a] = items[i].key[a] < low[a] ? items[i].key[a] : low[a];
            high[a] = items[i].key[a] > high[a] ? items[i].key[a] : high[a];
        }
    *axis = 0;
    for (int a = 1; a < 3; a++)
        if (high[a] - low[a] > high[*axis] - low[*axis])
            *axis = a;
    *least = low[*axis];
    *most = high[*axis];
}

static void sort_few(Item *items, int64_t count, int axis)
{
    for (int64_t i = 1; i < count; i++) {
        Item moving = items[i];
        int64_t j = i;
        for (; j > 0 && items[j - 1].key[axis] > moving.key[axis]; j--)
            items[j] = items[j - 1];
        items[j] = moving;
    }
}

/* Brings the `wanted` smallest to the front by halving the range of values: at most 31 passes, whatever the part. */
static void halve(Item *items, Item *spare, int64_t count, int64_t wanted)
{
    int axis;
    uint32_t low, high;
    widest(items, count, &axis, &low, &high);
    while (low < high) {
        if (count <= 24) {
            sort_few(items, count, axis);
            return;
        }
        uint32_t middle = low + (high - low) / 2;
        int64_t left = 0, right = 0;
        for (int64_t i = 0; i < count; i++) {
            Item one = items[i];
            int below = one.key[axis] <= middle;
            items[left] = one;
            spare[right] = one;
            left += below;
            right += !below;
        }
        memcpy(items + left, spare, (size_t)right * sizeof *items);
        if (wanted == left)
            return;
        if (wanted < left) {
            count = left;
            high = middle;
        } else {
            items += left;
            count = right;
            wanted -= left;
            low = middle + 1;
        }
    }
}

static void corners_of(const double *vertices, const int32_t *face, const double *middle, double corner[9])
{
    for (int c = 0; c < 3; c++)
        for (int a = 0; a < 3; a++)
            corner[3 * c + a] = vertices[3 * (int64_t)face[c] + a] - middle[a];
}

/* Items of the triangles that have a surface; returns how many. */
static int64_t gather(const double *vertices, const int32_t *faces, int64_t face_count, const double *low,
                      const double *high, const uint8_t *flat, Item *items)
{
    double scale[3];
    for (int a = 0; a < 3; a++)
        scale[a] = high[a] > low[a] ? FINE / (high[a] - low[a]) / 3.0 : 0.0;
    /* One scale for all axes, so that the widest axis is the longest. */
    double least = INFINITY;
    for (int a = 0; a < 3; a++)
        if (scale[a] > 0 && scale[a] < least)
            least = scale[a];
    if (!isfinite(least))
        least = 0.0;
    int64_t kept = 0;
    for (int64_t f = 0; f < face_count; f++) {
        if (flat[f])
            continue;
        for (int a = 0; a < 3; a++) {
            double sum = 0.0;
            for (int c = 0; c < 3; c++)
                sum += vertices[3 * (int64_t)faces[3 * f + c] + a] - low[a];
            items[kept].key[a] = (uint32_t)(sum * least);
        }
        items[kept++].face = (int32_t)f;
    }
    return kept;
}

typedef struct {
    int64_t node, begin, end;
} Task;

static int64_t round_leaf(int64_t count) { return (count + LEAF - 1) / LEAF * LEAF; }

/* Parts a run of items in four whose sizes are whole leaves, the last ones shorter or empty. */
static void part_in_four(Item *items, Item *spare, int64_t count, int64_t cut[WAYS + 1])
{
    int64_t quarter = round_leaf((count + WAYS - 1) / WAYS);
    for (int w = 0; w <= WAYS; w++)
        cut[w] = w * quarter < count ? w * quarter : count;
    cut[WAYS] = count;
    if (cut[2] < count)
        halve(items, spare, count, cut[2]);
    if (cut[1] < cut[2])
        halve(items, spare, cut[2], cut[1]);
    if (cut[3] < count)
        halve(items + cut[2], spare, count - cut[2], cut[3] - cut[2]);
}

static void empty_box(Node *node, int w)
{
    for (int a = 0; a < 3; a++) {
        node->low[a][w] = INFINITY;
        node->high[a][w] = -INFINITY;
    }
    node->first[w] = 0;
    node->count[w] = -1;
}

static void leaf_box(Node *node, int w, const double *corners, int64_t count, double margin)
{
    for (int a = 0; a < 3; a++) {
        double low = INFINITY, high = -INFINITY;
        for (int64_t i = 0; i < 3 * count; i++) {
            low = corners[3 * i + a] < low ? corners[3 * i + a] : low;
            high = corners[3 * i + a] > high ? corners[3 * i + a] : high;
        }
        node->low[a][w] = (float)(low - margin);
        node->high[a][w] = (float)(high + margin);
    }
}

static void inner_box(Node *node, int w, const Node *child)
{
    for (int a = 0; a < 3; a++) {
        float low = INFINITY, high = -INFINITY;
        for (int v = 0; v < WAYS; v++) {
            low = child->low[a][v] < low ? child->low[a][v] : low;
            high = child->high[a][v] > high ? child->high[a][v] : high;
        }
        node->low[a][w] = low;
        node->high[a][w] = high;
    }
}

static int64_t lay_out(Item *items, Item *spare, int64_t count, Node *nodes)
{
    Task pending[STACK];
    int top = 0;
    int64_t used = 1;
    pending[top++] = (Task){0, 0, count};
    while (top) {
        Task task = pending[--top];
        int64_t cut[WAYS + 1];
        part_in_four(items + task.begin, spare, task.end - task.begin, cut);
        for (int w = 0; w < WAYS; w++) {
            Node *node = nodes + task.node;
            int64_t size = cut[w + 1] - cut[w], begin = task.begin + cut[w];
            empty_box(node, w);
            if (size <= 0)
                continue;
            node->count[w] = size <= LEAF ? (int32_t)size : 0;
            node->first[w] = (int32_t)(size <= LEAF ? begin : used);
            if (size > LEAF)
                pending[top++] = (Task){used++, begin, begin + size};
        }
    }
    return used;
}

/* Lays the tree in `nodes`, its triangles in `corners` and `face_at`, seen from `middle`; returns nodes and triangles
   used in `used`. `items` and `spare` are scratch, 16 bytes for each triangle. */
PUBLIC void strate_nearest_build(const double *vertices, const int32_t *faces, int64_t face_count, const double *low,
                                 const double *high, const double *middle, const uint8_t *flat, double margin,
                                 void *items, void *spare, Node *nodes, double *corners, int32_t *face_at, int64_t *used)
{
    Item *list = items;
    int64_t kept = gather(vertices, faces, face_count, low, high, flat, list);
    int64_t count = kept ? lay_out(list, spare, kept, nodes) : 0;
    for (int64_t i = 0; i < kept; i++) {
        face_at[i] = list[i].face;
        corners_of(vertices, faces + 3 * (int64_t)list[i].face, middle, corners + 9 * i);
    }
    for (int64_t n = count - 1; n >= 0; n--) /* children always stand after their parent */
        for (int w = 0; w < WAYS; w++) {
            Node *node = nodes + n;
            if (node->count[w] > 0)
                leaf_box(node, w, corners + 9 * (int64_t)node->first[w], node->count[w], margin);
            else if (node->count[w] == 0)
                inner_box(node, w, nodes + node->first[w]);
        }
    used[0] = count;
    used[1] = kept;
}
