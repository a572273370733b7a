using System.Globalization;
using Harness.Kernels.Archives;

namespace Harness.Kernels.Debian;

/// <summary>What <c>doctor</c> checks of the Debian archive.</summary>
internal static class DebianDoctor
{
    /// <summary>How long the answer to one small request may take.</summary>
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(10);

    /// <summary>The keys that may sign the archive's indexes.</summary>
    public static SourceCheck Keyring()
    {
        const string Name = "archive keyring";
        var keyring = new ArchiveOptions().Keyring;
        return File.Exists(keyring)
            ? new SourceCheck(Name, SourceHealth.Good, "installed")
            : new SourceCheck(Name, SourceHealth.Broken, $"{keyring} is missing", "run scripts/setup");
    }

    /// <summary>Whether the machine's own mirror answers.</summary>
    public static async Task<SourceCheck> ArchiveAsync(CancellationToken cancellation)
    {
        const string Name = "Debian archive";
        var bases = await AptSources.FindAsync(null, null, cancellation).ConfigureAwait(false);
        if (bases.Main is null)
        {
            return new SourceCheck(Name, SourceHealth.Broken, "no mirror is known",
                "give one with --mirror, HARNESS_MIRROR or the matrix");
        }
        try
        {
            using var http = new HttpClient { Timeout = _timeout };
            using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(bases.Main, "dists/stable/InRelease"));
            using var response = await http.SendAsync(request, cancellation).ConfigureAwait(false);
            return response.IsSuccessStatusCode
                ? new SourceCheck(Name, SourceHealth.Good, $"answers; the mirror comes from {bases.Origin}"
                    + (bases.Security is null ? "; no security archive is known, its suites are left out" : ""))
                : new SourceCheck(Name, SourceHealth.Limited, string.Create(CultureInfo.InvariantCulture,
                    $"answers {(int)response.StatusCode}; only cached kernels can be tested"), "check the mirror");
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            return new SourceCheck(Name, SourceHealth.Limited,
                $"cannot be reached ({e.Message}); only cached kernels can be tested", "check the network");
        }
    }
}
