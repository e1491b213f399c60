/* The double nearest to a decimal number, by whole numbers alone where they suffice (up to 19 digits, powers to 19). */
#define _GNU_SOURCE
#include "number.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#ifdef __APPLE__
#include <xlocale.h>
#endif

enum { MOST_DIGITS = 19, MOST_POWER = 19, EXACT_POWER = 22, LONGEST = 512 };

typedef unsigned __int128 wide;

static const double POWER[EXACT_POWER + 1] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                               1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };

static uint64_t whole_power(int64_t power)
{
    uint64_t value = 1;
    while (power-- > 0)
        value *= 10;
    return value;
}

/* digits × 10^power, nearest double; -MOST_POWER ≤ power ≤ MOST_POWER and digits > 0. */
static double nearest(uint64_t digits, int64_t power)
{
    if (digits >> 53 == 0)
        return power < 0 ? (double)digits / POWER[-power] : (double)digits * POWER[power];
    if (power >= 0)
        return (double)((wide)digits * whole_power(power));
    int shift = __builtin_clzll(digits);
    wide over = (wide)(digits << shift) << 63;
    uint64_t under = whole_power(-power);
    wide share = over / under;
    if (share * under != over)
        share |= 1; /* it is not a tie: something is left */
    return ldexp((double)share, -63 - shift);
}

/* The rare cases: very long, very large, very small; the C library knows them, in its own language. */
static const char *by_library(const char *text, const char *after, double *value)
{
    char copy[LONGEST];
    size_t size = (size_t)(after - text);
    if (size >= sizeof copy)
        return NULL;
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (plain == (locale_t)0)
        return NULL;
    memcpy(copy, text, size);
    copy[size] = '\0';
    char *stop;
    *value = strtod_l(copy, &stop, plain);
    freelocale(plain);
    return stop == copy + size ? after : NULL;
}

static const char *word(const char *at, const char *end, const char *lower)
{
    for (; *lower != '\0'; at++, lower++)
        if (at >= end || (*at | 0x20) != *lower)
            return NULL;
    return at;
}

static const char *unusual(const char *at, const char *end, int negative, double *value)
{
    const char *after = word(at, end, "infinity");
    if (after == NULL)
        after = word(at, end, "inf");
    if (after != NULL) {
        *value = negative ? -INFINITY : INFINITY;
        return after;
    }
    *value = NAN;
    return word(at, end, "nan");
}

/* The power of ten after "e", added to `power`; without a digit there is none. */
static const char *exponent(const char *at, const char *end, int64_t *power)
{
    int negative = at < end && *at == '-';
    if (at < end && (*at == '-' || *at == '+'))
        at++;
    if (at >= end || (unsigned)(*at - '0') > 9)
        return NULL;
    int64_t told = 0;
    for (; at < end && (unsigned)(*at - '0') <= 9; at++)
        told = told < 100000 ? told * 10 + (*at - '0') : told;
    *power += negative ? -told : told;
    return at;
}

const char *strate_number(const char *text, const char *end, double *value)
{
    const char *at = text;
    int negative = at < end && *at == '-';
    if (at < end && (*at == '-' || *at == '+'))
        at++;
    const char *first = at;
    uint64_t digits = 0;
    int64_t seen = 0, power = 0;
    for (; at < end && (unsigned)(*at - '0') <= 9; at++, seen += digits != 0)
        digits = digits * 10 + (uint64_t)(*at - '0');
    int64_t written = at - first;
    if (at < end && *at == '.') {
        const char *point = ++at;
        for (; at < end && (unsigned)(*at - '0') <= 9; at++, seen += digits != 0)
            digits = digits * 10 + (uint64_t)(*at - '0');
        power = point - at;
        written += at - point;
    }
    if (written == 0)
        return unusual(first, end, negative, value);
    if (at < end && (*at | 0x20) == 'e' && (at = exponent(at + 1, end, &power)) == NULL)
        return NULL;
    if (seen > MOST_DIGITS || power < -MOST_POWER || power > MOST_POWER)
        return digits == 0 && seen == 0 ? (*value = negative ? -0.0 : 0.0, at) : by_library(text, at, value);
    *value = digits == 0 ? 0.0 : nearest(digits, power);
    if (negative)
        *value = -*value;
    return at;
}
