namespace Harness;

/// <summary>
/// The checkout that this program was built in. It holds the default matrix, the prober and the results.
/// </summary>
public sealed record Repository(string Path)
{
    public string DefaultMatrix => System.IO.Path.Combine(Path, "kernels.yaml");

    public string Results => System.IO.Path.Combine(Path, "results");

    public string ProberSources => System.IO.Path.Combine(Path, "bpf");

    /// <summary>Where <c>make -C bpf</c> puts the prober.</summary>
    public string Prober => System.IO.Path.Combine(ProberSources, "build", "prober");

    /// <summary>Where <c>make -C bpf</c> puts the guest's init.</summary>
    public string Init => System.IO.Path.Combine(ProberSources, "build", "init");

    /// <exception cref="UsageException">The program was moved out of its checkout.</exception>
    public static Repository Find()
    {
        var directory = AppContext.BaseDirectory;
        while (directory is not null)
        {
            if (File.Exists(System.IO.Path.Combine(directory, "Harness.sln")))
            {
                return new Repository(directory);
            }
            directory = System.IO.Path.GetDirectoryName(directory);
        }
        throw new UsageException(
            $"{AppContext.BaseDirectory} is in no checkout of the harness; run scripts/harness there");
    }
}
