/* Shares passed from lot to lot along a family tree, in numbers wide enough to stay exact. Python sizes and checks every
   array before the call: places are within `count`, masses are not negative, the whole of a lot is the sum of its own. */
#include <stdint.h>
#include <string.h>

#define PUBLIC __attribute__((visibility("default")))

/* 256 bits, the least significant 64 first: a share carries at most 150 bits, and as many more as the largest mass has. */
enum { PARTS = 4 };
typedef unsigned __int128 pair;

/* What remains is let go: the bits a share carries beyond those told are there for it. */
static void divide(const uint64_t *number, uint64_t by, uint64_t *quotient)
{
    uint64_t rest = 0;
    for (int part = PARTS - 1; part >= 0; part--) {
        pair left = (pair)rest << 64 | number[part];
        quotient[part] = (uint64_t)(left / by);
        rest = (uint64_t)(left % by);
    }
}

static void add_times(uint64_t *total, const uint64_t *number, uint64_t times)
{
    uint64_t carried = 0;
    for (int part = 0; part < PARTS; part++) {
        pair sum = (pair)number[part] * times + total[part] + carried;
        total[part] = (uint64_t)sum;
        carried = (uint64_t)(sum >> 64);
    }
}

/* Backward: each lot divides what it received by its mass, and passes on so much for each milligram. */
PUBLIC void strate_passed_back(
    int64_t count, const int64_t *order, const int64_t *first, const int64_t *whole, const int64_t *parent,
    const int64_t *mass, uint64_t *shares)
{
    uint64_t each_mg[PARTS];
    for (int64_t turn = 0; turn < count; turn++) {
        int64_t node = order[turn];
        if (!whole[node])
            continue;
        divide(shares + PARTS * node, (uint64_t)whole[node], each_mg);
        for (int64_t row = first[node]; row < first[node + 1]; row++)
            add_times(shares + PARTS * parent[row], each_mg, (uint64_t)mass[row]);
    }
}

/* Forward: each lot is, for each milligram, what its parents are; of a parent outside (−1) nothing is known to come. */
PUBLIC void strate_passed_on(
    int64_t count, const int64_t *order, const int64_t *first, const int64_t *whole, const int64_t *parent,
    const int64_t *mass, uint64_t *shares)
{
    uint64_t came[PARTS];
    for (int64_t turn = 0; turn < count; turn++) {
        int64_t node = order[turn];
        if (!whole[node])
            continue;
        memset(came, 0, sizeof came);
        for (int64_t row = first[node]; row < first[node + 1]; row++)
            if (parent[row] >= 0)
                add_times(came, shares + PARTS * parent[row], (uint64_t)mass[row]);
        divide(came, (uint64_t)whole[node], shares + PARTS * node);
    }
}

/* Shares as they are told, 128 bits each: their last `bits` rounded away, half of them upwards. 0 < bits < 128. */
PUBLIC void strate_told(int64_t count, int32_t bits, const uint64_t *shares, uint64_t *told)
{
    int skip = bits / 64, shift = bits % 64;
    uint64_t half[PARTS] = { 0 };
    half[(bits - 1) / 64] = (uint64_t)1 << (bits - 1) % 64;
    for (int64_t node = 0; node < count; node++) {
        uint64_t rounded[PARTS];
        memcpy(rounded, shares + PARTS * node, sizeof rounded);
        add_times(rounded, half, 1);
        for (int part = 0; part < 2; part++) {
            uint64_t high = rounded[skip + part + 1], low = rounded[skip + part];
            told[2 * node + part] = (uint64_t)(((pair)high << 64 | low) >> shift);
        }
    }
}
