using CliWrap;
using Harness.Processes;
using Harness.Tests.Support;

namespace Harness.Tests.Probes.Object;

/// <summary>What bpf/object/kernel_calls.c makes of system calls, with a kernel that is a few lines of C.</summary>
public sealed class KernelCallsTests
{
    /// <summary>
    /// A kernel that gives descriptors from 100 on, does not know verified_insns, and answers a log of statistics with
    /// STATS_ERROR.
    /// </summary>
    private const string Kernel = """
        #include "kernel_calls.h"
        #include <bpf/bpf.h>
        #include <errno.h>
        #include <linux/bpf.h>
        #include <stdarg.h>
        #include <stdio.h>
        #include <sys/syscall.h>

        static int loads, with_stats, next = 100;

        int bpf_obj_get_info_by_fd(int fd, void *info, __u32 *length)
        {
            if (fd == 7)
                ((struct bpf_map_info *)info)->type = BPF_MAP_TYPE_PROG_ARRAY;
            *length = 16;
            return 0;
        }

        void messages_add(struct messages *messages, const char *text, size_t length) { }

        long __real_syscall(long number, ...)
        {
            va_list list;
            long command;
            union bpf_attr *attr;

            va_start(list, number);
            command = va_arg(list, long);
            attr = (void *)va_arg(list, long);
            va_end(list);
            if (command == BPF_MAP_UPDATE_ELEM)
                return errno = EBADF, -1;
            loads++;
            with_stats += attr->log_level != 0;
            return attr->log_level ? (errno = STATS_ERROR, -1) : next++;
        }

        long __wrap_syscall(long number, ...);

        static long load(void)
        {
            union bpf_attr attr = { .insn_cnt = 1 };
            return __wrap_syscall(__NR_bpf, (long)BPF_PROG_LOAD, (long)&attr, (long)sizeof(attr), 0L, 0L, 0L);
        }

        static long fill(int map, int program)
        {
            union bpf_attr attr = { .map_fd = map, .value = (unsigned long)&program };
            return __wrap_syscall(__NR_bpf, (long)BPF_MAP_UPDATE_ELEM, (long)&attr, (long)sizeof(attr), 0L, 0L, 0L);
        }

        int main(void)
        {
            long first = load(), second = load(), third = load();

            printf("%ld %ld %ld, %d loads, %d with statistics\n", first, second, third, loads, with_stats);
            printf("%ld", fill(7, -2));
            kernel_calls_leave_slots(true);
            printf(" %ld %ld %ld", fill(7, -2), fill(7, 5), fill(8, -2));
            kernel_calls_leave_slots(false);
            printf(" %ld\n", fill(7, -2));
            return 0;
        }
        """;

    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void Make_a_directory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void Remove_it() => _directory.Dispose();

    [TestCase("EINVAL", "100 101 102, 4 loads, 1 with statistics")]
    [TestCase("ENOSPC", "100 101 102, 4 loads, 1 with statistics",
        Description = "before 5.2 the level asks for the whole log")]
    [TestCase("EACCES", "100 -1 -1, 3 loads, 2 with statistics", Description = "libbpf asks for the log then")]
    public async Task Where_a_kernel_has_no_statistics_programs_are_loaded_without(string error, string said) =>
        Assert.That((await AskAsync(error))[0], Is.EqualTo(said));

    [Test]
    public async Task A_slot_stays_empty_only_where_the_question_leaves_its_program_out() =>
        Assert.That((await AskAsync("EINVAL"))[1], Is.EqualTo("-1 0 -1 -1 -1"));

    private async Task<string[]> AskAsync(string error)
    {
        var bpf = Path.Combine(Repository.Find().Path, "bpf");
        var (sources, shared) = (Path.Combine(bpf, "object"), Path.Combine(bpf, "libbpf"));
        await new Command("gcc").WithArguments(
        [
            "-std=gnu11", "-D_GNU_SOURCE", $"-DSTATS_ERROR={error}", "-I", sources, "-I", shared,
            "-o", _directory["ask"], _directory.Write("kernel.c", Kernel), Path.Combine(sources, "kernel_calls.c"),
            Path.Combine(shared, "wrapped_syscall.c"),
        ]).RunAsync(CancellationToken.None);
        var answer = await new Command(_directory["ask"]).RunAsync(CancellationToken.None);
        return answer.StandardOutput.Split('\n');
    }
}
