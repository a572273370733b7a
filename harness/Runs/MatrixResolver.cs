using Harness.Kernels;
using Harness.Matrix;
using Harness.Yaml;

namespace Harness.Runs;

/// <summary>Reads a matrix and finds out which kernels it stands for today.</summary>
/// <param name="form">What a matrix may say, and where its kernels can come from.</param>
public sealed class MatrixResolver(Workspace workspace, MatrixForm form)
{
    /// <summary>The path of the matrix, as it was given or in the checkout.</summary>
    /// <exception cref="UsageException">The default matrix is needed, and the program is in no checkout.</exception>
    public string PathOf(MatrixSelection selection) => selection.File ?? workspace.Repository.DefaultMatrix;

    /// <exception cref="YamlFileException">The matrix cannot be read, or has mistakes.</exception>
    public MatrixSpec Load(MatrixSelection selection) => new MatrixLoader(form).Load(PathOf(selection));

    /// <summary>
    /// The kernels of the matrix, or of its lock, that <c>--only</c> selects, and rows for what could not be looked
    /// for.
    /// </summary>
    /// <exception cref="UsageException">There is no lock, no kernel is selected, or the mirror is no URI.</exception>
    /// <exception cref="YamlFileException">A kernel cannot be resolved.</exception>
    public async Task<ResolvedKernels> ResolveAsync(
        MatrixSpec matrix, MatrixSelection selection, CancellationToken cancellation)
    {
        var mirror = selection.Mirror;
        if (mirror is not null && !Uri.TryCreate(mirror, UriKind.Absolute, out _))
        {
            throw new UsageException($"--mirror: '{mirror}' is not a URI, such as http://host/debian");
        }
        if (selection.Keyring is { } keyring && (!File.Exists(keyring) || Files.IsSpecial(keyring)))
        {
            throw new UsageException(
                $"--keyring: {keyring}: {(File.Exists(keyring) ? "is no regular file" : "no such file")}");
        }
        var context = new KernelSourceContext
        {
            Http = workspace.Http,
            Cache = workspace.Images,
            Clock = workspace.Clock,
            Variable = workspace.Variable,
            Mirror = mirror,
            Keyring = selection.Keyring,
            Refresh = selection.Refresh,
            Settings = matrix.Sections,
            KernelOptions = matrix.OptionsOfBuilds(form.Probes),
        };
        var resolved = selection.LockOf(matrix.Path) is { } pins
            ? await UnlockAsync(pins, context, cancellation).ConfigureAwait(false)
            : await form.Sources.ResolveAsync(matrix.Kernels, context, cancellation).ConfigureAwait(false);
        var globs = GlobList.Parse("--only", selection.Only);
        // What could not be looked for may have been what the patterns select.
        IReadOnlyList<PlannedKernel> kernels =
            [.. resolved.Kernels.Where(k => globs.Choose(k.Kernel.Id) || k.Kernel.Source.Failure is not null)];
        return kernels.Count > 0
            ? resolved with { Kernels = kernels }
            : throw new UsageException(NothingSelected(matrix, resolved, selection.Only));
    }

    /// <summary>The path of a matrix's lock: <c>kernels.lock.yaml</c> beside <c>kernels.yaml</c>.</summary>
    public static string LockPath(string matrix) => Path.ChangeExtension(matrix, ".lock.yaml");

    private Task<ResolvedKernels> UnlockAsync(
        string path, KernelSourceContext context, CancellationToken cancellation)
    {
        var pinned = new KernelLockFile(form.Sources).Read(path);
        return form.Sources.UnlockAsync(pinned, context, cancellation);
    }

    private static string NothingSelected(MatrixSpec matrix, ResolvedKernels resolved, IReadOnlyList<string> only)
    {
        var notes = string.Concat(resolved.Notes.Select(n => "\n  " + n));
        return resolved.Kernels.Count == 0
            ? $"{matrix.Kernels[0].At}: the matrix selects no kernel{notes}"
            : $"--only {string.Join(" --only ", only)} matches none of the {resolved.Kernels.Count} kernels of"
                + $" {matrix.Path}; `harness list` shows them"
                + NearMatches.Hint(only[0], resolved.Kernels.Select(k => k.Kernel.Id));
    }
}
