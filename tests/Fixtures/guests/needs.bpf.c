/* A program that reads the kernel's configuration, and one for traffic control: for each the guest needs something that
 * comes with the kernel.
 */
#define SEC(name) __attribute__((section(name), used))

#ifndef WITHOUT_OPTION
extern unsigned int CONFIG_HZ __attribute__((section(".kconfig")));

SEC("xdp") int read_option(void *context)
{
    return CONFIG_HZ == 250 ? 2 : 1;
}
#endif

SEC("tc") int classify(void *context)
{
    return 0;
}

char _license[] SEC("license") = "GPL";
