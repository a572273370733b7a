using System.Security.Cryptography;
using System.Text;
using CliWrap;
using Harness.Processes;

namespace Harness.Probes.Libbpf;

/// <summary>
/// The content key of a prober: what it is built from and with. The same key gives the same prober, wherever the
/// checkout lies; another compiler, libbpf or source gives another.
/// </summary>
public static class ProberKey
{
    /// <summary>What is linked in, by the names under which gcc finds it; libzstd only where libelf wants it.</summary>
    private static readonly string[] _archives = ["libc.a", "libelf.a", "libz.a", "libzstd.a"];

    /// <param name="sources">The directory <c>bpf</c>.</param>
    /// <exception cref="CommandException">A compiler does not run.</exception>
    public static async Task<string> ComputeAsync(
        string sources, ProberSettings settings, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, "label", settings.Label);
        foreach (var compiler in settings.Compilers)
        {
            Add(hash, compiler, await AnswerAsync(compiler, "--version", cancellation).ConfigureAwait(false));
        }
        foreach (var file in SourcesOf(sources))
        {
            var content = await Hashes.Sha256OfFileAsync(file, cancellation).ConfigureAwait(false);
            Add(hash, Path.GetRelativePath(sources, file), content);
        }
        foreach (var archive in await ArchivesAsync(settings, cancellation).ConfigureAwait(false))
        {
            var content = await Hashes.Sha256OfFileAsync(archive, cancellation).ConfigureAwait(false);
            Add(hash, Path.GetFileName(archive), content);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>All files but documentation, and but the output of a build, which may change meanwhile.</summary>
    private static IEnumerable<string> SourcesOf(string directory) =>
        Directory.EnumerateDirectories(directory).Where(d => Path.GetFileName(d) != "build")
            .SelectMany(d => Directory.EnumerateFiles(d, "*", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(directory))
            .Where(f => Path.GetExtension(f) != ".md" && !Path.GetFileName(f).StartsWith('.'))
            .Order(StringComparer.Ordinal);

    private static async Task<IReadOnlyList<string>> ArchivesAsync(
        ProberSettings settings, CancellationToken cancellation)
    {
        var own = settings.LibbpfDirectory is { } directory
            ? Directory.EnumerateFiles(directory, "libbpf.a", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            : Enumerable.Empty<string>();
        var names = settings.LibbpfDirectory is null ? [.. _archives, "libbpf.a"] : _archives;
        var found = new List<string>(own);
        foreach (var name in names)
        {
            var option = $"-print-file-name={name}";
            var answer = await AnswerAsync(settings.Compilers[0], option, cancellation).ConfigureAwait(false);
            if (answer.Trim() is var path && File.Exists(path))
            {
                found.Add(path);
            }
        }
        return found;
    }

    private static async Task<string> AnswerAsync(string compiler, string option, CancellationToken cancellation)
    {
        var command = new Command(compiler).WithArguments([option]);
        return (await command.RunAsync(cancellation).ConfigureAwait(false)).StandardOutput;
    }

    private static void Add(IncrementalHash hash, string name, string value) =>
        hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{name}\0{value.Length}\0{value}\0")));
}
