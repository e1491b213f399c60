/* The plain elements of a 3MF model: rows of numbers such as <vertex x="1" y="2" z="3"/>, read as they stand.
 *
 * Only what is written plainly is taken: anything else (another attribute, a comment, an entity, a value that is
 * no number) stops the run at the `<` of that element, which the XML parser then judges. Nothing is repaired here.
 * Attributes that the parser has let through before may be named behind the columns: they are stepped over.
 */
#define _GNU_SOURCE
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"

#define MAX_COLUMNS 8
#define MAX_NUMBER 60

static const double TENS[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                              1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

static inline int blank(uint8_t c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

static inline const uint8_t *blanks(const uint8_t *p, const uint8_t *end)
{
    while (p < end && blank(*p)) p++;
    return p;
}

/* A long number is left to the C library, in the plain locale whatever the program speaks. */
static double slowly(const uint8_t *from, const uint8_t *to)
{
    static locale_t plain = (locale_t)0;
    char text[MAX_NUMBER + 1];
    if (to - from > MAX_NUMBER) return NAN;
    if (!plain) plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (!plain) return NAN;
    memcpy(text, from, (size_t)(to - from));
    text[to - from] = 0;
    return strtod_l(text, NULL, plain);
}

/* One number as XML Schema and 3MF write it: sign, digits, point and digits, exponent. NULL when it is none. */
static inline const uint8_t *number(const uint8_t *p, const uint8_t *end, double *value)
{
    const uint8_t *from = p;
    uint64_t mantissa = 0;
    int digits = 0, power = 0, negative = 0, whole;
    if (p < end && (*p == '-' || *p == '+')) negative = *p++ == '-';
    const uint8_t *first = p;
    while (p < end && (uint8_t)(*p - '0') < 10) {
        mantissa = mantissa * 10 + (uint64_t)(*p++ - '0');
    }
    whole = (int)(p - first);
    digits = whole;
    if (p < end && *p == '.') {
        const uint8_t *point = ++p;
        while (p < end && (uint8_t)(*p - '0') < 10) {
            mantissa = mantissa * 10 + (uint64_t)(*p++ - '0');
        }
        if (p == point) return NULL;
        digits += (int)(p - point);
        power = -(int)(p - point);
    } else if (!whole) {
        return NULL;
    }
    if (p < end && (*p == 'e' || *p == 'E')) {
        int sign = 1, exponent = 0;
        const uint8_t *begun;
        p++;
        if (p < end && (*p == '-' || *p == '+')) sign = *p++ == '-' ? -1 : 1;
        begun = p;
        while (p < end && (uint8_t)(*p - '0') < 10 && p - begun < 5) exponent = exponent * 10 + (*p++ - '0');
        if (p == begun) return NULL;
        power += sign * exponent;
    }
    if (p - from > MAX_NUMBER) return NULL;
    if (digits <= 19 && mantissa <= (1ULL << 53) && power >= -22 && power <= 22) {
        double exact = (double)mantissa;
        exact = power < 0 ? exact / TENS[-power] : exact * TENS[power];
        *value = negative ? -exact : exact;
    } else {
        *value = slowly(from, p);
    }
    return isfinite(*value) ? p : NULL;
}

/* One index below 2^31. */
static inline const uint8_t *small(const uint8_t *p, const uint8_t *end, int32_t *value)
{
    const uint8_t *from = p;
    uint64_t sum = 0;
    while (p < end && (uint8_t)(*p - '0') < 10 && p - from < 11) sum = sum * 10 + (uint64_t)(*p++ - '0');
    if (p == from || p - from > 10 || sum >= (1ULL << 31)) return NULL;
    *value = (int32_t)sum;
    return p;
}

/* The end of an element after its attributes: `/>` or `></name>`. NULL when it is neither. */
static inline const uint8_t *closed(const uint8_t *p, const uint8_t *end, const char *name, size_t length)
{
    if (p + 2 <= end && p[0] == '/' && p[1] == '>') return p + 2;
    if (p < end && *p == '>') {
        p = blanks(p + 1, end);
        if (p + length + 3 <= end && p[0] == '<' && p[1] == '/' && !memcmp(p + 2, name, length)) {
            p = blanks(p + 2 + length, end);
            if (p < end && *p == '>') return p + 1;
        }
    }
    return NULL;
}

/* From an attribute to the first byte of its value; `which` tells its column. NULL when it is not a plain one. */
static inline const uint8_t *attribute(const uint8_t *p, const uint8_t *end, const char *names, const uint8_t *lengths,
                                       int columns, int *which, uint8_t *quote)
{
    const char *name = names;
    for (int column = 0; column < columns; name += lengths[column++]) {
        size_t length = lengths[column];
        if (p + length + 2 > end || memcmp(p, name, length)) continue;
        const uint8_t *after = p + length;
        if (*after != '=') {
            after = blanks(after, end);
            if (after >= end || *after != '=') continue;
        }
        after++;
        if (after < end && *after != '"') after = blanks(after, end);
        if (after >= end || (*after != '"' && *after != '\'')) return NULL;
        *which = column;
        *quote = *after;
        return after + 1;
    }
    return NULL;
}

/* The end of a value that is not read: plain letters up to its quote, which no parser could read otherwise. */
static inline const uint8_t *unread(const uint8_t *p, const uint8_t *end, uint8_t quote)
{
    while (p < end && *p != quote && *p >= ' ' && *p <= '~' && *p != '<' && *p != '&') p++;
    return p;
}

/* Rows of real numbers, every column once, in any order. Returns where it stopped: at a `<`, or where it began. */
PUBLIC int64_t strate_xml_reals(const uint8_t *text, int64_t begin, int64_t size, const char *name, const char *names,
                                const uint8_t *lengths, int32_t columns, int32_t others, double *rows,
                                int64_t capacity, int64_t *count)
{
    const uint8_t *p = text + begin, *end = text + size;
    const size_t length = strlen(name);
    const uint32_t all = (1u << columns) - 1u;
    int64_t row = 0;
    for (;;) {
        const uint8_t *stop = p = blanks(p, end);
        uint32_t seen = 0;
        if (row >= capacity || p + length + 2 > end || *p != '<' || memcmp(p + 1, name, length)) break;
        p += 1 + length;
        for (;;) {
            const uint8_t *gap = p;
            int which;
            uint8_t quote;
            p = blanks(p, end);
            if ((seen & all) == all && p < end && (*p == '/' || *p == '>')) break;
            if (p == gap || !(p = attribute(p, end, names, lengths, columns + others, &which, &quote)) ||
                (seen >> which & 1u))
                goto halt;
            if (which >= columns)
                p = unread(p, end, quote);
            else if (!(p = number(p, end, rows + row * columns + which)))
                goto halt;
            if (p >= end || *p != quote) goto halt;
            p++;
            seen |= 1u << which;
        }
        if (!(p = closed(p, end, name, length))) goto halt;
        row++;
        continue;
    halt:
        p = stop;
        break;
    }
    *count = row;
    return p - text;
}

/* Rows of indices: the first `needed` columns must be there, the others may (-1 when not).
 * `extra` tells whether any of these was said; their places are only written then. */
PUBLIC int64_t strate_xml_indices(const uint8_t *text, int64_t begin, int64_t size, const char *name,
                                  const char *names, const uint8_t *lengths, int32_t columns, int32_t unknown,
                                  int32_t needed, int32_t *rows, int32_t *others, int64_t capacity, int64_t *count, int32_t *extra)
{
    const uint8_t *p = text + begin, *end = text + size;
    const size_t length = strlen(name);
    const uint32_t must = (1u << needed) - 1u, known = (1u << columns) - 1u;
    const int32_t more = columns - needed;
    int64_t row = 0;
    *extra = 0;
    for (;;) {
        const uint8_t *stop = p = blanks(p, end);
        uint32_t seen = 0;
        int32_t found[MAX_COLUMNS];
        if (row >= capacity || p + length + 2 > end || *p != '<' || memcmp(p + 1, name, length)) break;
        p += 1 + length;
        for (;;) {
            const uint8_t *gap = p;
            int which;
            uint8_t quote;
            p = blanks(p, end);
            if ((seen & must) == must && p < end && (*p == '/' || *p == '>')) break;
            if (p == gap || !(p = attribute(p, end, names, lengths, columns + unknown, &which, &quote)) ||
                (seen >> which & 1u))
                goto halt;
            if (which >= columns)
                p = unread(p, end, quote);
            else if (!(p = small(p, end, found + which)))
                goto halt;
            if (p >= end || *p != quote) goto halt;
            p++;
            seen |= 1u << which;
        }
        if (!(p = closed(p, end, name, length))) goto halt;
        memcpy(rows + row * needed, found, sizeof(int32_t) * (size_t)needed);
        if ((seen & known) != must && !*extra) {
            for (int64_t i = 0; i < row * more; i++) others[i] = -1;
            *extra = 1;
        }
        if (*extra)
            for (int32_t i = 0; i < more; i++) others[row * more + i] = seen >> (needed + i) & 1u ? found[needed + i] : -1;
        row++;
        continue;
    halt:
        p = stop;
        break;
    }
    *count = row;
    return p - text;
}
