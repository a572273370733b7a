using CliWrap;
using Harness.Processes;

namespace Harness.Tests.Boot;

/// <summary>
/// A checkout with the harness and the init of this one, and a prober of the same objects that gives each case a
/// process of its own (tests/Fixtures/guests/each_alone.c).
/// </summary>
internal static class EachAloneCheckout
{
    public static async Task MakeAsync(string directory)
    {
        var repository = RealRun.Repository;
        var harness = Path.Combine(directory, "harness", "bin", "Release");
        Directory.CreateDirectory(harness);
        await File.WriteAllTextAsync(Path.Combine(directory, "Harness.sln"), "");
        var published = Path.Combine(repository.Path, "harness", "bin", "Release", "publish");
        await RunAsync("cp", "--archive", repository.ProberSources, directory);
        await RunAsync("cp", "--archive", published, harness);
        await RelinkAsync(Path.Combine(directory, "bpf"),
            Path.Combine(repository.Path, "tests", "Fixtures", "guests", "each_alone.c"));
    }

    private static async Task RelinkAsync(string sources, string wrapper)
    {
        var wrapped = Path.Combine(sources, "build", "each_alone.o");
        await RunAsync("gcc", "-O2", "-Wall", "-Wextra", "-Werror", "-std=gnu11", "-D_GNU_SOURCE",
            "-I", Path.Combine(sources, "shared"), "-c", "-o", wrapped, wrapper);
        const string Prober = "build/prober";
        File.Delete(Path.Combine(sources, Prober));
        await RunAsync("make", "--silent", "-C", sources, Prober,
            $"LDFLAGS={wrapped} -Wl,--wrap=run_raw -Wl,--wrap=run_seen -Wl,--wrap=run_libbpf");
    }

    private static async Task RunAsync(string program, params string[] arguments) =>
        await new Command(program).WithArguments(arguments).RunAsync(CancellationToken.None);
}
