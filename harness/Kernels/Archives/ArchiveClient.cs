using System.Globalization;
using System.Net;
using System.Security.Cryptography;

namespace Harness.Kernels.Archives;

/// <summary>Downloads files of an archive, over HTTP or from a directory.</summary>
/// <param name="clock">What the waits between attempts go by; the system's when not given.</param>
public sealed class ArchiveClient(HttpClient http, ArchiveOptions options, TimeProvider? clock = null)
{
    private const int BufferSize = 128 * 1024;

    /// <summary>A day, whatever size an index or a lock gives.</summary>
    private const double MostSeconds = 24 * 60 * 60;

    /// <summary>
    /// The address of a file under a base. Escaped as apt does it: some mirrors take a bare + for a space.
    /// </summary>
    public static Uri AddressOf(Uri directory, string path) =>
        new(directory, string.Join('/', path.Split('/').Select(Uri.EscapeDataString)));

    /// <summary>
    /// Downloads to a file, which is overwritten, and hashes it on the way. Failures of the network are tried again.
    /// </summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public async Task<Fetched> FetchAsync(FetchRequest request, string path, CancellationToken cancellation)
    {
        // Silence counts for each attempt, this for all of them: a server that sends a byte now and then never ends.
        var most = options.DownloadTimeout
            + TimeSpan.FromSeconds(Math.Clamp((double)request.Limit / options.SlowestRate, 0, MostSeconds));
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(most);
        try
        {
            var retries = request.IsDispensable ? options.Retries with { Attempts = 1 } : options.Retries;
            var (result, _) = await retries.RunAsync(
                () => TryAsync(request, path, deadline.Token),
                tried => tried.IsTransient ? ((Fetched.Unreachable)tried.Result).Reason : null,
                request.Retrying, clock ?? TimeProvider.System, deadline.Token).ConfigureAwait(false);
            return result;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new Fetched.Unreachable(string.Create(CultureInfo.InvariantCulture,
                $"{request.Uri.Host} is too slow: ")
                + string.Create(CultureInfo.InvariantCulture,
                    $"{request.Uri.AbsolutePath} is not whole after {most.TotalSeconds:0} s"));
        }
    }

    /// <summary>Whether the server has the file; <c>null</c> when it cannot be asked.</summary>
    public async Task<bool?> ExistsAsync(Uri uri, CancellationToken cancellation)
    {
        if (uri.IsFile)
        {
            return File.Exists(uri.LocalPath);
        }
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(options.StallTimeout);
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Head, uri);
            using var response = await SendAsync(message, HttpCompletionOption.ResponseContentRead, patience.Token)
                .ConfigureAwait(false);
            return response.IsSuccessStatusCode ? true : IsMissing(response.StatusCode) ? false : null;
        }
        catch (Exception e) when (e is HttpRequestException
            || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }

    private async Task<(Fetched Result, bool IsTransient)> TryAsync(
        FetchRequest request, string path, CancellationToken cancellation)
    {
        // Reset at every piece received: only silence counts, however slow the line.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(options.StallTimeout);
        try
        {
            return request.Uri.IsFile
                ? (await CopyFileAsync(request, path, patience).ConfigureAwait(false), false)
                : await DownloadAsync(request, path, patience).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            return (new Fetched.Unreachable(e.Message), true);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (new Fetched.Unreachable(string.Create(CultureInfo.InvariantCulture,
                $"nothing received from {request.Uri.Host} for {options.StallTimeout.TotalSeconds:0} s")), true);
        }
    }

    private async Task<(Fetched Result, bool IsTransient)> DownloadAsync(
        FetchRequest request, string path, CancellationTokenSource patience)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, request.Uri);
        if (request.Known is { } known)
        {
            message.Headers.IfModifiedSince = known.LastModified;
            _ = known.ETag is not null && message.Headers.TryAddWithoutValidation("If-None-Match", known.ETag);
        }
        using var response = await SendAsync(message, HttpCompletionOption.ResponseHeadersRead, patience.Token)
            .ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotModified)
        {
            return (new Fetched.NotModified(), false);
        }
        if (!response.IsSuccessStatusCode)
        {
            var reason = string.Create(CultureInfo.InvariantCulture,
                $"{request.Uri.Host} answers HTTP {(int)response.StatusCode} for {request.Uri.AbsolutePath}");
            return IsMissing(response.StatusCode) ? (new Fetched.NotServed(reason), false)
                : (new Fetched.Unreachable(reason), IsTransient(response.StatusCode));
        }
        await using var body = await response.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
        var (size, sha256) = await StoreAsync(body, request, path, patience).ConfigureAwait(false);
        return (new Fetched.Stored(size, sha256, ValidatorOf(response)), false);
    }

    private async Task<Fetched> CopyFileAsync(FetchRequest request, string path, CancellationTokenSource patience)
    {
        try
        {
            if (Files.IsSpecial(request.Uri.LocalPath))
            {
                return new Fetched.Unreachable($"{request.Uri.LocalPath} is no regular file");
            }
            await using var file = File.OpenRead(request.Uri.LocalPath);
            var (size, sha256) = await StoreAsync(file, request, path, patience).ConfigureAwait(false);
            return new Fetched.Stored(size, sha256, new Validator(null, null));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new Fetched.NotServed(e.Message);
        }
    }

    private async Task<(long Size, string Sha256)> StoreAsync(
        Stream body, FetchRequest request, string path, CancellationTokenSource patience)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferSize];
        var size = 0L;
        while (size <= request.Limit
            && await ReadAsync(body, buffer, patience.Token).ConfigureAwait(false) is > 0 and var count)
        {
            patience.CancelAfter(options.StallTimeout);
            hash.AppendData(buffer, 0, count);
            await file.WriteAsync(buffer.AsMemory(0, count), patience.Token).ConfigureAwait(false);
            size += count;
            request.Received?.Report(size);
        }
        return (size, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>
    /// Whatever a server answers is the server's: .NET throws other exceptions than HttpRequestException for some
    /// answers, such as NotSupportedException for a redirect to <c>file:</c>.
    /// </summary>
    /// <exception cref="HttpRequestException">There is no answer, or it makes no sense.</exception>
    private async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage message, HttpCompletionOption completion, CancellationToken cancellation)
    {
        var host = message.RequestUri!.Host;
        try
        {
            return await http.SendAsync(message, completion, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not (HttpRequestException or OperationCanceledException))
        {
            throw new HttpRequestException($"{host} gives an answer that cannot be followed: {e.Message}", e);
        }
    }

    // A connection that breaks is the network's failure, not the disk's; both are IOExceptions.
    private static async Task<int> ReadAsync(Stream body, byte[] buffer, CancellationToken cancellation)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not (HttpRequestException or OperationCanceledException))
        {
            throw new HttpRequestException(e.Message, e);
        }
    }

    private static Validator ValidatorOf(HttpResponseMessage response) =>
        new(response.Headers.ETag?.ToString(), response.Content.Headers.LastModified);

    private static bool IsMissing(HttpStatusCode status) => status is HttpStatusCode.NotFound or HttpStatusCode.Gone;

    private static bool IsTransient(HttpStatusCode status) =>
        (int)status >= 500 || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests;
}
