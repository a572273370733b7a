using System.CommandLine;
using Harness.Kernels;
using Harness.Matrix;
using Harness.Runs;

namespace Harness.Cli;

/// <summary>The options by which every verb that needs a matrix names it.</summary>
internal sealed class MatrixOptions
{
    private static readonly HttpClient _http = CreateHttp();

    private readonly Option<string?> _kernels = new("--kernels") { Description = "The matrix. Default: the checkout's kernels.yaml", HelpName = "FILE" };
    private readonly Option<string[]> _only = new("--only") { Description = "Just the kernels with such an id, such as 'debian-6.1.*' (repeatable)", HelpName = "GLOB" };
    private readonly Option<string?> _mirror = new("--mirror") { Description = "The Debian archive to use instead of this machine's own", HelpName = "URL" };
    private readonly Option<bool> _locked = new("--locked") { Description = "Just what the lock beside the matrix pins" };
    private readonly Option<bool> _refresh = new("--refresh") { Description = "Ask the archive for new kernels even when its index was read in the last 12 hours" };

    public void AddTo(System.CommandLine.Command command, bool withLock = true)
    {
        command.Add(_kernels);
        command.Add(_only);
        command.Add(_mirror);
        command.Add(_refresh);
        if (withLock)
        {
            command.Add(_locked);
        }
    }

    public static ImageCache Cache { get; } = new(ImageCache.DefaultRoot());

    public bool IsLocked(ParseResult parsed) => parsed.GetValue(_locked);

    public IReadOnlyList<string> Only(ParseResult parsed) => parsed.GetValue(_only) ?? [];

    public string Path(ParseResult parsed, Repository repository) => parsed.GetValue(_kernels) ?? repository.DefaultMatrix;

    /// <summary>Whether the user named the matrix.</summary>
    public bool IsNamed(ParseResult parsed) => parsed.GetValue(_kernels) is not null;

    public static KernelResolver Resolver() => new(_http, Cache, TimeProvider.System);

    public Task<ResolvedMatrix> ResolveAsync(MatrixSpec matrix, ParseResult parsed, CancellationToken cancellation) =>
        ResolveAsync(matrix, parsed, IsLocked(parsed), Only(parsed), cancellation);

    /// <summary>What the matrix comes to, after <c>--locked</c> and <c>--only</c>.</summary>
    /// <exception cref="UsageException">There is no lock, or nothing is selected.</exception>
    public async Task<ResolvedMatrix> ResolveAsync(
        MatrixSpec matrix, ParseResult parsed, bool locked, IReadOnlyList<string> only, CancellationToken cancellation)
    {
        var mirror = parsed.GetValue(_mirror);
        if (mirror is not null && !Uri.TryCreate(mirror, UriKind.Absolute, out _))
        {
            throw new UsageException($"--mirror: '{mirror}' is not a URI, such as http://host/debian");
        }
        var resolved = locked
            ? new ResolvedMatrix(await Resolver().LockedAsync(KernelLockFile.Read(LockPath(matrix.Path)), matrix, mirror, cancellation).ConfigureAwait(false), [])
            : await Resolver().ResolveAsync(matrix, mirror, parsed.GetValue(_refresh), cancellation).ConfigureAwait(false);
        var globs = Globs("--only", only);
        IReadOnlyList<PlannedKernel> kernels = [.. resolved.Kernels.Where(k => globs.Choose(k.Kernel.Id))];
        if (kernels.Count == 0)
        {
            throw new UsageException(NothingSelected(matrix, resolved, only));
        }
        return resolved with { Kernels = kernels };
    }

    /// <summary>The lock's place: <c>kernels.lock.yaml</c> beside <c>kernels.yaml</c>.</summary>
    public static string LockPath(string matrix) => System.IO.Path.ChangeExtension(matrix, ".lock.yaml");

    public static IReadOnlyList<Glob> Globs(string option, IReadOnlyList<string> patterns)
    {
        try
        {
            return [.. patterns.Select(p => new Glob(p))];
        }
        catch (FormatException e)
        {
            throw new UsageException($"{option}: {e.Message}");
        }
    }

    private static string NothingSelected(MatrixSpec matrix, ResolvedMatrix resolved, IReadOnlyList<string> only)
    {
        var notes = string.Concat(resolved.Notes.Select(n => "\n  " + n));
        return resolved.Kernels.Count == 0
            ? $"{matrix.Kernels[0].At}: the matrix selects no kernel{notes}"
            : $"--only {string.Join(" --only ", only)} matches none of the {resolved.Kernels.Count} kernels of {matrix.Path}; `harness list` shows them";
    }

    private static HttpClient CreateHttp()
    {
        var http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(15), MaxConnectionsPerServer = 8 })
        {
            Timeout = Timeout.InfiniteTimeSpan, // Downloads have a stall timeout of their own.
        };
        http.DefaultRequestHeaders.UserAgent.ParseAdd("kernel-harness");
        return http;
    }
}
