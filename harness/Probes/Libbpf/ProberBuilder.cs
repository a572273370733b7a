using CliWrap;
using Harness.Cache;
using Harness.Processes;

namespace Harness.Probes.Libbpf;

/// <summary>
/// Builds probers for other compilers and libbpfs than the default ones, by <c>make -C bpf</c>. The user's cache keeps
/// them by what they are built from, so that the same prober is built once.
/// </summary>
/// <param name="sources">The directory <c>bpf</c> of the checkout.</param>
/// <param name="cacheRoot">The user's cache.</param>
/// <param name="tell">Is called with what is built, as that takes seconds.</param>
public sealed class ProberBuilder(string sources, string cacheRoot, Action<string> tell, string make = "make")
{
    /// <summary>Programs that the same build makes, and that are kept beside the prober.</summary>
    private static readonly string[] _further = ["object"];

    /// <summary>The path of another program that was built with a prober.</summary>
    public static string Beside(string prober, string program) =>
        Path.Combine(Path.GetDirectoryName(prober)!, program);

    /// <summary>The path of the prober.</summary>
    /// <exception cref="ProgramException">It cannot be built; with the command and what it said.</exception>
    /// <exception cref="IOException">The cache cannot be written.</exception>
    public async Task<string> BuildAsync(ProberSettings settings, CancellationToken cancellation)
    {
        try
        {
            var key = await ProberKey.ComputeAsync(sources, settings, cancellation).ConfigureAwait(false);
            var prober = Path.Combine(CacheKind.Probers.In(cacheRoot), key, CacheKind.Probers.Marker!);
            if (File.Exists(prober))
            {
                CachePruning.Used(prober);
                return prober;
            }
            await using var held = await CacheLock.TakeAsync(cacheRoot, key, cancellation).ConfigureAwait(false);
            if (!File.Exists(prober)) // Another process may have built it while this one waited.
            {
                tell($"building the prober for {settings.Description}");
                await MakeAsync(settings, prober, cancellation).ConfigureAwait(false);
            }
            return prober;
        }
        catch (CommandException e)
        {
            throw new ProgramException($"the prober for {settings.Description} cannot be built: {e.Message}", e);
        }
    }

    private async Task MakeAsync(ProberSettings settings, string prober, CancellationToken cancellation)
    {
        var directory = Directory.CreateDirectory(Path.GetDirectoryName(prober)!).FullName;
        var build = Path.Combine(directory, "build");
        try
        {
            var arguments = settings.MakeArguments(sources, build, Environment.ProcessorCount);
            await new Command(make).WithArguments(arguments)
                .WithoutEnvironmentVariables(ProberSettings.IgnoredVariables)
                .RunAsync(cancellation).ConfigureAwait(false);
            var built = Path.Combine(build, "prober");
            using (var file = File.Open(built, FileMode.Open, FileAccess.ReadWrite))
            {
                file.Flush(flushToDisk: true);
            }
            foreach (var further in _further.Where(f => File.Exists(Path.Combine(build, f))))
            {
                File.Move(Path.Combine(build, further), Beside(prober, further), overwrite: true);
            }
            // The last one: its file says that the entry is whole.
            File.Move(built, prober, overwrite: true);
        }
        finally
        {
            Files.Remove(build);
        }
    }
}
