using Harness.Processes;

namespace Harness.Kernels.Modules;

/// <summary>The modules that a kernel loads to get some abilities, each behind those that it needs.</summary>
/// <param name="Loaded">In the order of loading.</param>
/// <param name="Missing">The names of those that are neither built in nor among the kernel's files.</param>
public sealed record ModuleSet(IReadOnlyList<(string Name, byte[] Content)> Loaded, IReadOnlyList<string> Missing)
{
    /// <summary>What is wrong with a file of a module, with its path; <c>null</c> where nothing is.</summary>
    public string? Problem { get; init; }

    /// <param name="wanted">The names of the modules.</param>
    /// <exception cref="IOException">A module cannot be read.</exception>
    /// <exception cref="CommandException">The program that unpacks modules is not installed.</exception>
    public static async Task<ModuleSet> OfAsync(
        KernelFiles files, IEnumerable<string> wanted, CancellationToken cancellation)
    {
        var loaded = new List<(string, byte[])>();
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? problem = null;
        foreach (var name in wanted)
        {
            await AddAsync(name).ConfigureAwait(false);
        }
        return new ModuleSet(loaded, [.. missing]) { Problem = problem };

        async Task AddAsync(string name)
        {
            if (!seen.Add(name) || files.BuiltIn?.Contains(name) == true)
            {
                return;
            }
            if (!files.Modules.TryGetValue(name, out var path))
            {
                missing.Add(name);
                return;
            }
            var (module, wrong) = await ModuleFile.ReadAsync(path, cancellation).ConfigureAwait(false);
            if (module is null)
            {
                problem ??= $"{path} {wrong}";
                return;
            }
            foreach (var needed in module.Needs)
            {
                await AddAsync(needed).ConfigureAwait(false);
            }
            loaded.Add((name, module.Content));
        }
    }
}
