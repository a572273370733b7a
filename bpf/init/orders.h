/* Orders that come when the guest has booted, instead of on the kernel's command line: of a guest that waits for them,
 * one copy can be saved, and be restored for any number of questions.
 */
#ifndef INIT_ORDERS_H
#define INIT_ORDERS_H

#include "channel.h"
#include "parameters.h"

/* Says on the channel that this guest is ready, and waits until the host has written GO to the register. Then reads the
 * orders into the parameters, unpacks the probes, makes anew what two copies of a guest must not have in common, and
 * says on the channel whose orders these are. Gives up when that cannot be done.
 */
void orders_await(struct parameters *parameters, const struct channel *channel);

#endif
