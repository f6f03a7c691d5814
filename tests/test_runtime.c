/* test_runtime.c - a driver that lacks a callback is not attached. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "call_manager.h"
#include "client.h"
#include "runtime.h"

/* checks: AF-CM-01 */
static void every_callback_is_needed(void **state)
{
    struct entry_points manager = call_manager_entry_points, client = client_entry_points;

    (void)state;
    assert_int_equal(runtime_attach(MANAGER_BINDING, &manager, NULL), CONFORMING);
    assert_int_equal(runtime_attach(1, &client, NULL), CONFORMING);
    manager.CmCloseAfHandler = NULL;
    assert_int_equal(runtime_attach(MANAGER_BINDING, &manager, NULL), AF_CM_01);
    client.ClNotifyCloseAfHandler = NULL;
    assert_int_equal(runtime_attach(1, &client, NULL), NTF_16);
    client.ClCloseAfCompleteHandler = NULL;
    assert_int_equal(runtime_attach(1, &client, NULL), AF_CL_19);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_callback_is_needed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
