using System.Collections.Concurrent;
using Harness.Processes;

namespace Harness.Vm;

/// <summary>Makes the keys of snapshots, of files that do not change while the harness runs.</summary>
/// <param name="versions">By the machine's name, what its QEMU program answers to <c>--version</c>.</param>
internal sealed class SnapshotKeys(IReadOnlyDictionary<string, string>? versions)
{
    private static readonly Lazy<string> _host = new(() => SnapshotHost.Of());

    /// <summary>By path.</summary>
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _hashes = new(StringComparer.Ordinal);

    /// <returns><c>null</c> where there is no QEMU.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public async Task<IReadOnlyList<string>?> OfAsync(VmSpec spec)
    {
        if (CommandExecution.Find(spec.Machine.QemuProgram) is not { } qemu)
        {
            return null;
        }
        var hash = await OnceAsync(qemu, Hashes.Sha256OfFileAsync).ConfigureAwait(false);
        var version = versions?.GetValueOrDefault(spec.Machine.Name);
        var loaded = await OnceAsync($"beside {qemu}", (_, _) => Task.FromResult(SnapshotHost.LoadedBy(qemu)))
            .ConfigureAwait(false);
        var programs = new SnapshotPrograms(
            $"{hash} {loaded} {version}",
            await OnceAsync(VirtmeHost.Package, Sha256OfPackageAsync).ConfigureAwait(false),
            await OnceAsync(spec.Waiting!.Initramfs, Hashes.Sha256OfFileAsync).ConfigureAwait(false),
            _host.Value);
        return SnapshotKey.Of(spec, spec.Waiting, programs);
    }

    private static async Task<string> Sha256OfPackageAsync(string package, CancellationToken cancellation)
    {
        var hashes = new List<string>();
        foreach (var file in Directory.EnumerateFiles(package, "*.py", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal))
        {
            hashes.Add($"{file} {await Hashes.Sha256OfFileAsync(file, cancellation).ConfigureAwait(false)}");
        }
        return Hashes.Sha256OfText(string.Join('\n', hashes));
    }

    /// <summary>Only what succeeds is kept: files may run short for a moment.</summary>
    private async Task<string> OnceAsync(string path, Func<string, CancellationToken, Task<string>> make)
    {
        var once = _hashes.GetOrAdd(path, file => new Lazy<Task<string>>(() => make(file, CancellationToken.None)));
        try
        {
            return await once.Value.ConfigureAwait(false);
        }
        catch
        {
            _hashes.TryRemove(KeyValuePair.Create(path, once));
            throw;
        }
    }
}
