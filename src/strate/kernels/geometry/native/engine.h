/* The geometry engine: counted loops over arrays that Python has sized and checked; it never allocates for the caller. */
#ifndef STRATE_ENGINE_H
#define STRATE_ENGINE_H

#include <stddef.h>
#include <stdint.h>

#define PUBLIC __attribute__((visibility("default")))

#endif
