/* Reads the facets of a text STL: the words in their order, the numbers exactly, and where it stops making sense. */
#include "engine.h"
#include "number.h"

#include <string.h>

enum { ENDS = 0, CUT = 1, FULL = 2, WRONG_WORD = 3, WRONG_NUMBER = 4 };

typedef struct {
    const char *at, *end;
} text;

static inline int is_gap(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline void skip_gap(text *t)
{
    while (t->at < t->end && is_gap(*t->at))
        t->at++;
}

/* Step over a word, whatever its capitals; stays before any other. */
static inline int take(text *t, const char *lower, int size)
{
    skip_gap(t);
    if (t->end - t->at < size)
        return 0;
    for (int i = 0; i < size; i++)
        if ((t->at[i] | 0x20) != lower[i])
            return 0;
    if (t->at + size < t->end && !is_gap(t->at[size]))
        return 0;
    t->at += size;
    return 1;
}

#define TAKE(t, word) take(t, word, (int)sizeof word - 1)

static inline int take_numbers(text *t, double *numbers, int count)
{
    for (int i = 0; i < count; i++) {
        skip_gap(t);
        const char *after = strate_number(t->at, t->end, numbers + i);
        if (after == NULL || (after < t->end && !is_gap(*after)))
            return 0;
        t->at = after;
    }
    return 1;
}

/* A direction its writer could not work out, as one compiler prints it: 1.#IND, -1.#QNAN0e+000, -nan(ind). */
static inline int take_lost(text *t)
{
    skip_gap(t);
    const char *at = t->at + (t->at < t->end && (*t->at == '-' || *t->at == '+'));
    int64_t left = t->end - at;
    if (!(left > 3 && !memcmp(at, "1.#", 3)) && !(left > 4 && !memcmp(at, "nan(", 4)))
        return 0;
    while (at < t->end && !is_gap(*at))
        at++;
    t->at = at;
    return 1;
}

/* The direction of a facet is never used, since its corners say it; but it must be one. */
static inline int take_direction(text *t)
{
    double along;
    for (int axis = 0; axis < 3; axis++)
        if (!take_lost(t) && !take_numbers(t, &along, 1))
            return 0;
    return 1;
}

static int take_facet(text *t, double *corners)
{
    if (!TAKE(t, "normal"))
        return WRONG_WORD;
    if (!take_direction(t))
        return WRONG_NUMBER;
    if (!TAKE(t, "outer") || !TAKE(t, "loop"))
        return WRONG_WORD;
    for (int k = 0; k < 3; k++) {
        if (!TAKE(t, "vertex"))
            return WRONG_WORD;
        if (!take_numbers(t, corners + 3 * k, 3))
            return WRONG_NUMBER;
    }
    return TAKE(t, "endloop") && TAKE(t, "endfacet") ? ENDS : WRONG_WORD;
}

/* Read facets from byte `from` until something else comes, or `room` of them were read. `told`: the byte where it
   stopped, how many facets, the byte where the last one begun starts. Answers why it stopped. */
PUBLIC int strate_stl_facets(const char *data, int64_t from, int64_t size, int64_t room, double *corners, int64_t told[3])
{
    text t = { data + from, data + size };
    int64_t facets = 0, begun = from;
    int why = FULL;
    while (facets < room) {
        skip_gap(&t);
        begun = t.at - data;
        if (t.at >= t.end) {
            why = CUT;
            break;
        }
        if (!TAKE(&t, "facet")) {
            why = t.end - t.at >= 8 && (t.at[0] | 0x20) == 'e' && (t.at[3] | 0x20) == 's' ? ENDS : WRONG_WORD;
            break;
        }
        why = take_facet(&t, corners + 9 * facets);
        if (why != ENDS) {
            skip_gap(&t);
            why = t.at >= t.end ? CUT : why;
            break;
        }
        facets++;
        why = FULL;
    }
    told[0] = t.at - data;
    told[1] = facets;
    told[2] = begun;
    return why;
}
