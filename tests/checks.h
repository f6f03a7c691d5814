/* checks.h - CHECKS(ID, ...) in a test: the requirements that it fails for. model/matrix counts them, and the
 * compiler knows each. */
#ifndef CHECKS_H
#define CHECKS_H

#include "protocol/requirement.h"

#define CHECKS(...) (void)(const enum requirement[]) { __VA_ARGS__ }

#endif
