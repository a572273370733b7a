namespace Harness;

/// <summary>
/// Where this program's own files are: the checkout that it was built in, or the release that it was unpacked with.
/// Both hold the default matrix and the prober, at the same places.
/// </summary>
public sealed record Repository(string Path)
{
    /// <summary>A file that a checkout has, and a release has not.</summary>
    private const string OfCheckout = "Harness.sln";

    /// <summary>A file that both have.</summary>
    private const string OfBoth = "VERSION";

    /// <summary>
    /// It is a release: there are no sources, so that nothing can be built, and it may be a directory that its user
    /// cannot write.
    /// </summary>
    public bool IsRelease { get; init; }

    public string DefaultMatrix => System.IO.Path.Combine(Path, "kernels.yaml");

    /// <summary>Where runs go: into the checkout, or with a release into the current directory.</summary>
    public string Results => System.IO.Path.Combine(IsRelease ? Environment.CurrentDirectory : Path, "results");

    public string ProberSources => System.IO.Path.Combine(Path, "bpf");

    /// <summary>The script that installs through apt what this machine lacks.</summary>
    public string SetUp => System.IO.Path.Combine(Path, "scripts", "setup");

    /// <summary>Where <c>make -C bpf</c> puts the prober.</summary>
    public string Prober => Built("prober");

    /// <summary>Where <c>make -C bpf</c> puts the guest's init.</summary>
    public string Init => Built("init");

    /// <summary>Where a program for guests is once it is built.</summary>
    /// <param name="machine">
    /// The folder of the machine that it is built for (<c>make -C bpf BUILD=build/FOLDER</c>); empty for the machine
    /// that <c>make build</c> builds for.
    /// </param>
    public string Built(string program, string machine = "") =>
        System.IO.Path.Combine(ProberSources, "build", machine, program);

    /// <inheritdoc cref="Above"/>
    public static Repository Find() => Above(AppContext.BaseDirectory);

    /// <summary>The checkout or the release that a directory is in.</summary>
    /// <exception cref="UsageException">The program was moved out of it.</exception>
    internal static Repository Above(string start)
    {
        for (var at = start; at is not null; at = System.IO.Path.GetDirectoryName(at))
        {
            if (File.Exists(System.IO.Path.Combine(at, OfCheckout)))
            {
                return new Repository(at);
            }
            if (File.Exists(System.IO.Path.Combine(at, OfBoth)))
            {
                return new Repository(at) { IsRelease = true };
            }
        }
        throw new UsageException(
            $"{start} is in no checkout and no unpacked release of the harness; run scripts/harness there");
    }
}
