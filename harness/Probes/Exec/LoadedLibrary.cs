namespace Harness.Probes.Exec;

/// <summary>A program or a library, as the dynamic loader has it.</summary>
/// <param name="Loader">What needed it first; <c>null</c> for the program.</param>
internal sealed record LoadedLibrary(HostedFile File, ElfFile Elf, LoadedLibrary? Loader)
{
    public IReadOnlyList<string> Needed => Elf.Dynamic?.Needed ?? [];

    public bool WithoutDefaults => Elf.Dynamic?.WithoutDefaults ?? false;

    /// <summary>The directories of DT_RUNPATH.</summary>
    /// <param name="expand">What a path comes to for a library in a directory.</param>
    public IEnumerable<HostedFile> RunPath(Func<string, HostedFile, IEnumerable<HostedFile>> expand) =>
        Paths(Elf.Dynamic?.RunPath).SelectMany(path => expand(path, File.Directory));

    /// <summary>
    /// The directories of DT_RPATH, its own and those of what needed it. A file that has a DT_RUNPATH has no DT_RPATH,
    /// and does not take over those of others (ld.so(8)).
    /// </summary>
    /// <param name="expand">What a path comes to for a library in a directory.</param>
    public IEnumerable<HostedFile> RPath(Func<string, HostedFile, IEnumerable<HostedFile>> expand)
    {
        if (HasRunPath)
        {
            yield break;
        }
        for (var file = this; file is not null; file = file.Loader)
        {
            foreach (var directory in file.HasRunPath ? [] : Paths(file.Elf.Dynamic?.RPath))
            {
                foreach (var place in expand(directory, file.File.Directory))
                {
                    yield return place;
                }
            }
        }
    }

    private bool HasRunPath => Elf.Dynamic?.RunPath.Length > 0;

    private static IReadOnlyList<string> Paths(string? list) => ElfDynamic.Paths(list ?? "");
}
