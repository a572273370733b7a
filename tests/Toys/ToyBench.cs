using System.Text;
using CliWrap;
using Harness.Cli;
using Harness.Kernels;
using Harness.Matrix;
using Harness.Probes;
using Harness.Processes;
using Harness.Runs;
using NUnit.Framework;

namespace Harness.Toys;

/// <summary>
/// A catalog with the toys, their program, and a matrix of real kernels that only the toy source can read.
/// </summary>
internal sealed class ToyBench : IDisposable
{
    private const string Expectations = """
        expectations:
          - {cases: [toy.futex_waitv], versions: "<5.16", status: fail, errno: ENOSYS, cause: came with 5.16}
          - {cases: [toy.cachestat], versions: "<6.5", status: fail, errno: ENOSYS, cause: came with 6.5}

        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("harness-toys-").FullName;

    private ToyBench(Repository repository) => Catalog = Catalog.Default with
    {
        Probes = new ProbeList(ToyProbe.With(this["toy"])),
        Sources = new KernelSources([.. KernelSources.Default.All, new ToyKernelSource()]),
        Formats = [.. Catalog.Default.Formats, ToyReport.Format],
    };

    public Catalog Catalog { get; }

    public string Matrix => this["toys.yaml"];

    /// <summary>The upstream versions of the matrix's kernels, oldest first.</summary>
    public IReadOnlyList<string> Versions { get; private set; } = [];

    public string this[params string[] parts] => Path.Combine([_directory, .. parts]);

    /// <param name="series">The newest kernel of each is taken from the default matrix.</param>
    public static async Task<ToyBench> MakeAsync(params string[] series)
    {
        using var workspace = new Workspace();
        var bench = new ToyBench(workspace.Repository);
        await bench.CompileAsync(workspace.Repository);
        var text = new StringBuilder("kernels:\n");
        var kernels = await NewestAsync(workspace, series);
        foreach (var kernel in kernels)
        {
            var result = await kernel.Source.AcquireAsync(new Progress<long>(), CancellationToken.None);
            Assert.That(result, Is.InstanceOf<ImageResult.Available>(), result.Problem);
            var image = ((ImageResult.Available)result).Image;
            text.Append(null, $"  - toy: {{file: {image.Path}, version: {kernel.Version}}}\n");
        }
        bench.Versions = [.. kernels.Select(k => k.Version!.ToString())];
        File.WriteAllText(bench.Matrix, text + Expectations);
        return bench;
    }

    public Task<(int ExitCode, string Output)> HarnessAsync(params string[] arguments) =>
        HarnessAsync(Catalog, arguments);

    /// <summary>The harness with a catalog, as its own program calls it.</summary>
    /// <returns>The exit code, and all that a user would see.</returns>
    public static async Task<(int ExitCode, string Output)> HarnessAsync(Catalog catalog, params string[] arguments)
    {
        var output = new StringWriter { NewLine = "\n" };
        return (await Entry.RunAsync(arguments, Terminal.To(output, output), catalog), output.ToString());
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static async Task<IReadOnlyList<Kernel>> NewestAsync(Workspace workspace, IReadOnlyList<string> series)
    {
        var form = new MatrixForm(KernelSources.Default, Catalog.Default.Probes);
        var matrix = new MatrixLoader(form).Load(workspace.Repository.DefaultMatrix);
        var context = new KernelSourceContext
        {
            Http = workspace.Http,
            Cache = workspace.Images,
            Clock = workspace.Clock,
            Settings = matrix.Sections,
        };
        var resolved = await KernelSources.Default.ResolveAsync(matrix.Kernels, context, CancellationToken.None);
        return [.. series.Select(s => resolved.Kernels.Last(k => k.Kernel.Version!.Series == s).Kernel)];
    }

    private async Task CompileAsync(Repository repository)
    {
        var shared = Path.Combine(repository.Path, "bpf", "shared");
        var source = Path.Combine(repository.Path, "tests", "Toys", "native", "toy.c");
        await new Command("gcc").WithArguments(
        [
            "-O2", "-static", "-std=gnu11", "-D_GNU_SOURCE", "-I", shared, "-o", this["toy"], source,
            .. Directory.EnumerateFiles(shared, "*.c"),
        ]).RunAsync(CancellationToken.None);
    }
}
