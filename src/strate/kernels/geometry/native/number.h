/* Reads a decimal number exactly as it is written: always the double nearest to it, whatever the language of the machine. */
#ifndef STRATE_NUMBER_H
#define STRATE_NUMBER_H

#include "engine.h"

/* Read one number from `text` up to `end`; answers the byte after it, or NULL when there is none.
   "nan", "inf" and "infinity" are numbers here: who asked decides whether they are welcome. */
const char *strate_number(const char *text, const char *end, double *value);

#endif
