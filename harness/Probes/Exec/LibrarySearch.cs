using System.Globalization;
using Harness.Machines;

namespace Harness.Probes.Exec;

/// <summary>
/// Finds the shared libraries of a program where the dynamic loader would find them (ld.so(8)), and runs nothing of the
/// program. Each library keeps its path, so that the loader in the guest finds the same ones.
/// </summary>
/// <param name="machine">Whose instructions programs and libraries must have.</param>
/// <param name="cache">What ldconfig knows.</param>
/// <param name="placed">Files that are in the guest anyway, by their paths there.</param>
/// <param name="libraryPath">The directories of LD_LIBRARY_PATH, as the guest has them.</param>
internal sealed class LibrarySearch(
    Machine machine, LibraryCache cache, IReadOnlyDictionary<string, string> placed, IReadOnlyList<string> libraryPath)
{
    /// <summary>Musl's loader is its libc, whatever name a program has for that.</summary>
    private const string MuslLoader = "ld-musl-";

    /// <summary>The GNU C library, and what it loads by itself when a thread ends, or a stack is unwound.</summary>
    private const string GnuLibrary = "libc.so.6";

    private const string Unwinder = "libgcc_s.so.1";

    /// <summary>Of one program. That of a desktop looks at some 1,000.</summary>
    private const int MostPlaces = 50_000;

    private readonly Dictionary<string, HostedFile> _found = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private bool _isMusl;
    private int _places;

    /// <summary>The loader found a library in no usual place: it needs its cache.</summary>
    public bool NeedsCache { get; private set; }

    /// <summary>What was found, the loader first.</summary>
    public IReadOnlyList<HostedFile> Found => [.. _found.Values];

    /// <summary>Finds what a program or a library needs, and what that needs in turn.</summary>
    /// <param name="file">The program, as the guest has it.</param>
    /// <param name="elf">What it says of itself.</param>
    /// <returns>What is not there, as the rest of a sentence; <c>null</c> when all is found.</returns>
    /// <exception cref="IOException">A library cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A library may not be read.</exception>
    public string? Add(HostedFile file, ElfFile elf)
    {
        if (elf.Interpreter is { } interpreter)
        {
            if (!Take(HostedFile.Same(interpreter), out _))
            {
                return $"needs the loader {interpreter}, which is not on this machine";
            }
            var name = Path.GetFileName(interpreter);
            _names.Add(name);
            _isMusl |= name.StartsWith(MuslLoader, StringComparison.Ordinal);
        }
        var waiting = new Queue<LoadedLibrary>([new LoadedLibrary(file, elf, null)]);
        while (waiting.TryDequeue(out var loading))
        {
            foreach (var name in loading.Needed.Where(name => !IsLoader(name) && _names.Add(name)))
            {
                if (Find(name, loading) is not { } library)
                {
                    return _places > MostPlaces
                        ? string.Create(CultureInfo.InvariantCulture,
                            $"has its libraries searched in more than {MostPlaces:N0} places")
                        : $"needs the library {name}, which is not on this machine"
                            + (loading.Loader is null ? "" : $" ({Path.GetFileName(loading.File.Guest)} needs it)");
                }
                waiting.Enqueue(library);
                if (name == GnuLibrary && _names.Add(Unwinder) && Find(Unwinder, library) is { } unwinder)
                {
                    waiting.Enqueue(unwinder);
                }
            }
        }
        return null;
    }

    private bool IsLoader(string name) => _isMusl && name.StartsWith("libc.", StringComparison.Ordinal);

    private LoadedLibrary? Find(string name, LoadedLibrary loader)
    {
        if (name.Contains('/', StringComparison.Ordinal))
        {
            return Path.IsPathRooted(name) ? Load(HostedFile.Same(name), loader) : null;
        }
        var usual = loader.WithoutDefaults ? [] : UsualDirectories;
        var named = loader.RPath(Expand).Concat(libraryPath.Select(HostedFile.Same)).Concat(loader.RunPath(Expand));
        return Search(name, named, loader)
            ?? (loader.WithoutDefaults ? null : FromCache(name, loader))
            ?? Search(name, usual.Select(HostedFile.Same), loader);
    }

    private IEnumerable<string> UsualDirectories =>
    [
        $"/lib/{Triplet}", $"/usr/lib/{Triplet}", "/lib64", "/usr/lib64", "/lib", "/usr/lib",
        .. _isMusl ? ["/usr/local/lib"] : Array.Empty<string>(),
    ];

    /// <summary>Debian's name of the directories for libraries of a machine.</summary>
    private string Triplet => $"{machine.Name}-linux-gnu";

    private LoadedLibrary? FromCache(string name, LoadedLibrary loader)
    {
        if (_isMusl)
        {
            return null; // It does not read the cache.
        }
        var library = cache.Find(name).Select(path => Load(HostedFile.Same(path), loader))
            .FirstOrDefault(l => l is not null);
        NeedsCache |= library is not null
            && !UsualDirectories.Contains(library.File.Directory.Guest, StringComparer.Ordinal);
        return library;
    }

    private LoadedLibrary? Search(string name, IEnumerable<HostedFile> directories, LoadedLibrary loader) =>
        directories.TakeWhile(_ => _places <= MostPlaces).Select(directory => Load(directory.At(name), loader))
            .FirstOrDefault(found => found is not null);

    private LoadedLibrary? Load(HostedFile file, LoadedLibrary loader) =>
        Take(file, out var elf) ? new LoadedLibrary(file, elf!, loader) : null;

    /// <summary>The loader passes by what is not for its machine.</summary>
    private bool Take(HostedFile file, out ElfFile? elf)
    {
        var host = placed.GetValueOrDefault(file.Guest, file.Host);
        elf = null;
        _places++;
        if (!File.Exists(host) || Files.IsSpecial(host))
        {
            return false;
        }
        using var content = Files.OpenRegular(host);
        elf = ElfFile.Read(content).File;
        if (elf is null || elf.Machine != machine.ElfMachine)
        {
            return false;
        }
        _found.TryAdd(file.Guest, file with { Host = host });
        return true;
    }

    /// <summary>A directory as a library names it, for which the tokens of ld.so(8) stand.</summary>
    private IEnumerable<HostedFile> Expand(string path, HostedFile origin)
    {
        var start = path.Replace("${ORIGIN}", "$ORIGIN", StringComparison.Ordinal)
            .Replace("${LIB}", "$LIB", StringComparison.Ordinal)
            .Replace("${PLATFORM}", "$PLATFORM", StringComparison.Ordinal)
            .Replace("$PLATFORM", machine.Name, StringComparison.Ordinal);
        return new[] { $"lib/{Triplet}", "lib64", "lib" }
            .Select(lib => start.Replace("$LIB", lib, StringComparison.Ordinal)).Distinct()
            .Where(directory => !directory.Contains('\0', StringComparison.Ordinal))
            .Select(directory => directory.StartsWith("$ORIGIN", StringComparison.Ordinal)
                ? origin.At("." + directory["$ORIGIN".Length..])
                : Path.IsPathRooted(directory) ? HostedFile.Same(Path.GetFullPath(directory)) : null)
            .OfType<HostedFile>();
    }
}
