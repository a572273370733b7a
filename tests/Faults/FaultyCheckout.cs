using CliWrap;
using Harness.Processes;
using Harness.Tests.Boot;

namespace Harness.Tests.Faults;

/// <summary>
/// A checkout with the harness and the init of this one, and a prober that does harm where the kernel's host name asks
/// for it (tests/Fixtures/guests/faulty.c). On other kernels it becomes the prober of this checkout.
/// </summary>
internal static class FaultyCheckout
{
    private static readonly string[] _shared = ["channel.c", "debug_console.c", "options.c"];

    public static async Task MakeAsync(string directory)
    {
        var repository = RealRun.Repository;
        var programs = Path.Combine(directory, "bpf", "build");
        var harness = Path.Combine(directory, "harness", "bin", "Release");
        Directory.CreateDirectory(programs);
        Directory.CreateDirectory(harness);
        await File.WriteAllTextAsync(Path.Combine(directory, "Harness.sln"), "");
        File.Copy(repository.Init, Path.Combine(programs, "init"));
        var published = Path.Combine(repository.Path, "harness", "bin", "Release", "publish");
        await new Command("cp").WithArguments(["--archive", published, harness])
            .RunAsync(CancellationToken.None);
        var shared = Path.Combine(repository.ProberSources, "shared");
        await new Command("gcc").WithArguments(
        [
            "-O2", "-static", "-std=gnu11", "-D_GNU_SOURCE", $"-DPROBER=\"{repository.Prober}\"", "-I", shared,
            "-o", Path.Combine(programs, "prober"),
            Path.Combine(repository.Path, "tests", "Fixtures", "guests", "faulty.c"),
            .. _shared.Select(file => Path.Combine(shared, file)),
        ]).RunAsync(CancellationToken.None);
    }
}
