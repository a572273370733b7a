using Harness.Kernels;
using Harness.Results;

namespace Harness.Runs;

/// <summary>
/// What the machine and its user provide: the cache, the checkout, the clock, the network, the environment. It is made
/// once and handed down. Everything in it is made when it is first asked for, so that <c>--help</c> costs nothing.
/// </summary>
public sealed class Workspace : IDisposable
{
    private HttpClient? _http;
    private Task<HostInfo>? _host;

    /// <summary>The user's cache directory, absolute.</summary>
    public string CacheRoot { get => field ??= ImageCache.DefaultRoot(); init; }

    /// <summary>Verified kernel images, in the cache.</summary>
    public ImageCache Images => field ??= new ImageCache(CacheRoot);

    /// <summary>The checkout. Only verbs that need it ask for it.</summary>
    /// <exception cref="UsageException">The program was moved out of its checkout.</exception>
    public Repository Repository { get => field ??= Repository.Find(); init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The value of an environment variable; <c>null</c> when it is not set.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Versions of the programs on this machine.</summary>
    internal ToolVersions Tools => field ??= new ToolVersions(CacheRoot);

    /// <summary>For every download. It has no time-out: each download watches for a stall by itself.</summary>
    public HttpClient Http => _http ??= CreateHttp();

    /// <summary>What the results record about this machine; read once.</summary>
    /// <param name="cancellation">Of the first call.</param>
    public Task<HostInfo> HostAsync(CancellationToken cancellation) =>
        _host ??= HostFacts.ReadAsync(Tools, cancellation);

    public void Dispose() => _http?.Dispose();

    private static HttpClient CreateHttp()
    {
        var handler = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(15), MaxConnectionsPerServer = 8 };
        var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.UserAgent.ParseAdd("kernel-harness");
        return http;
    }
}
