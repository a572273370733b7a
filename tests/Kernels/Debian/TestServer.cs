using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Harness.Tests.Kernels.Debian;

/// <summary>Serves a directory over HTTP on this machine, as badly as a test wants.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly string _root;
    private readonly Task _loop;

    public TestServer(string root)
    {
        _root = root;
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
        }
        _listener.Prefixes.Add(Address.AbsoluteUri);
        _listener.Start();
        _loop = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>The paths asked for, in their order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>What to do instead of serving the file; returns whether that is all.</summary>
    public Func<HttpListenerContext, string, Task<bool>> Interfere { get; set; } = (_, _) => Task.FromResult(false);

    /// <summary>Announces the whole file and breaks off in the middle.</summary>
    public static async Task BreakOffAsync(HttpListenerContext context, long announced, byte[] sent)
    {
        context.Response.ContentLength64 = announced;
        await context.Response.OutputStream.WriteAsync(sent);
        await context.Response.OutputStream.FlushAsync();
        context.Response.Abort();
    }

    public static bool Answer(HttpListenerContext context, HttpStatusCode status)
    {
        context.Response.StatusCode = (int)status;
        context.Response.Close();
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _loop;
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                _ = Task.Run(() => ServeAsync(context));
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(HttpListenerContext context)
    {
        var path = Uri.UnescapeDataString(context.Request.Url!.AbsolutePath).TrimStart('/');
        Requests.Enqueue(path);
        try
        {
            if (await Interfere(context, path))
            {
                return;
            }
            var file = Path.Combine(_root, path);
            if (!File.Exists(file))
            {
                Answer(context, HttpStatusCode.NotFound);
                return;
            }
            var bytes = await File.ReadAllBytesAsync(file);
            var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\"";
            if (context.Request.Headers["If-None-Match"] == tag)
            {
                Answer(context, HttpStatusCode.NotModified);
                return;
            }
            context.Response.Headers["ETag"] = tag;
            context.Response.ContentLength64 = bytes.Length;
            await context.Response.OutputStream.WriteAsync(context.Request.HttpMethod == "HEAD" ? [] : bytes);
            context.Response.Close();
        }
        catch (Exception e)
            when (e is HttpListenerException or ObjectDisposedException or IOException or InvalidOperationException)
        {
            // The client went away.
        }
    }
}
