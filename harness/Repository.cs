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
