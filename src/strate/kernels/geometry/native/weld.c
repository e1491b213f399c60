/* Equal corners found by hashing: each row learns which earlier row it repeats. */
#include "engine.h"
#include "rows.h"

#include <stdlib.h>

enum { BLOCK = 64 };

/* `first` is a row number plus one; zero is an empty slot. */
typedef struct {
    uint32_t tag;
    uint32_t first;
} slot;

typedef struct {
    slot *slots;
    uint64_t capacity;
    uint64_t used;
} table;

static inline uint32_t tag_of(const uint64_t key[3])
{
    uint64_t h = key[0] * 0x9E3779B97F4A7C15u;
    h = (h ^ (h >> 29) ^ key[1]) * 0xC2B2AE3D27D4EB4Fu;
    h = (h ^ (h >> 29) ^ key[2]) * 0x165667B19E3779F9u;
    return (uint32_t)((h ^ (h >> 31)) >> 16);
}

static int make_room(table *t)
{
    uint64_t capacity = t->capacity * 2;
    if (capacity > ((uint64_t)1 << 32))
        return 0;
    slot *wider = calloc(capacity, sizeof *wider);
    if (wider == NULL)
        return 0;
    for (uint64_t i = 0; i < t->capacity; i++) {
        if (t->slots[i].first == 0)
            continue;
        uint64_t at = t->slots[i].tag & (capacity - 1);
        while (wider[at].first != 0)
            at = (at + 1) & (capacity - 1);
        wider[at] = t->slots[i];
    }
    free(t->slots);
    t->slots = wider;
    t->capacity = capacity;
    return 1;
}

static INLINE int32_t find_or_add(table *t, const rows *r, int kind, int each, uint32_t tag, const uint64_t key[3], int64_t i)
{
    for (uint64_t at = tag & (t->capacity - 1);; at = (at + 1) & (t->capacity - 1)) {
        slot *s = t->slots + at;
        if (s->first == 0) {
            s->tag = tag;
            s->first = (uint32_t)i + 1;
            t->used++;
            return (int32_t)i;
        }
        if (s->tag == tag) {
            uint64_t other[3];
            key_at(row_at(r, each, s->first - 1), kind, other);
            if (other[0] == key[0] && other[1] == key[1] && other[2] == key[2])
                return (int32_t)(s->first - 1);
        }
    }
}

/* Work goes by blocks, so that the slots and then the corners they name are on their way before they are needed. */
static INLINE int weld(table *t, const rows *r, int kind, int each, int64_t count, int32_t *first)
{
    uint64_t key[BLOCK][3];
    uint32_t tag[BLOCK];
    for (int64_t begin = 0; begin < count; begin += BLOCK) {
        int size = count - begin < BLOCK ? (int)(count - begin) : BLOCK;
        if ((t->used + BLOCK) * 8 > t->capacity * 5 && !make_room(t))
            return 0;
        for (int k = 0; k < size; k++) {
            key_at(row_at(r, each, begin + k), kind, key[k]);
            tag[k] = tag_of(key[k]);
            __builtin_prefetch(t->slots + (tag[k] & (t->capacity - 1)));
        }
        for (int k = 0; k < size; k++) {
            uint32_t likely = t->slots[tag[k] & (t->capacity - 1)].first;
            if (likely != 0)
                __builtin_prefetch(row_at(r, each, likely - 1));
        }
        for (int k = 0; k < size; k++)
            first[begin + k] = find_or_add(t, r, kind, each, tag[k], key[k], begin + k);
    }
    return 1;
}

/* For each row the first row equal to it; answers how many differ, or -1 when memory is short. */
PUBLIC int64_t strate_weld(const void *base, int64_t stride, int kind, int each, int64_t count, int32_t *first)
{
    rows r = { base, stride };
    table t = { NULL, 1024, 0 };
    while (t.capacity < (uint64_t)count / 3)
        t.capacity *= 2;
    t.slots = calloc(t.capacity, sizeof *t.slots);
    if (t.slots == NULL)
        return -1;
    int done = kind == SINGLES ? weld(&t, &r, SINGLES, 3, count, first)
             : kind == DOUBLES ? weld(&t, &r, DOUBLES, 3, count, first)
                               : weld(&t, &r, NUMBERS, each, count, first);
    free(t.slots);
    return done ? (int64_t)t.used : -1;
}

static INLINE void gather(const rows *r, int kind, int64_t count, int32_t *back, double *points)
{
    int32_t next = 0;
    for (int64_t i = 0; i < count; i++) {
        if (back[i] != i) {
            back[i] = back[back[i]];
            continue;
        }
        point_at(row_at(r, 3, i), kind, points + 3 * (int64_t)next);
        back[i] = next++;
    }
}

/* Number the corners that differ in the order they come, and write them; `back` goes from first rows to numbers. */
PUBLIC void strate_gather(const void *base, int64_t stride, int kind, int64_t count, int32_t *back, double *points)
{
    rows r = { base, stride };
    if (kind == SINGLES)
        gather(&r, SINGLES, count, back, points);
    else
        gather(&r, DOUBLES, count, back, points);
}
