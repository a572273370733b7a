/* Runs a program to its end, or to its deadline. */
#ifndef EXEC_CHILD_H
#define EXEC_CHILD_H

#include "result.h"
#include "task.h"

/* Accepted: it exited as expected. Skipped: it exited with 4, which is KSFT_SKIP
 * (tools/testing/selftests/kselftest.h). Its standard output is the text "out", its standard error "err".
 */
struct result child_run(struct task *task);

#endif
