/* readings.h - how the documents are read where they contradict each other. */
#ifndef CLOSEAF_READINGS_H
#define CLOSEAF_READINGS_H

#include <stdint.h>

/* The letter of each reading of readings.def. */
struct readings {
#define READING(name, recommended, letters) uint8_t name;
#include "readings.def"
#undef READING
};

#endif
