using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CliWrap;
using Harness.Processes;

namespace Harness.Tests.Kernels.Sources;

/// <summary>A registry of images of containers on this machine (Debian's docker-registry), without TLS.</summary>
internal sealed class Registry : IAsyncDisposable
{
    /// <summary>Below the directory that it names, skopeo finds registries.conf(5).</summary>
    private const string Variable = "HOME";

    private readonly CancellationTokenSource _end = new();
    private readonly string? _before = Environment.GetEnvironmentVariable(Variable);
    private readonly Task _server;

    private Registry(SourceLab lab, int port)
    {
        Address = string.Create(CultureInfo.InvariantCulture, $"localhost:{port}");
        var configuration = lab.Write("registry.yml",
            $"version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: {lab["registry"]}\nhttp:\n  addr: {Address}\n");
        lab.Write("home/.config/containers/registries.conf",
            $"unqualified-search-registries = []\n[[registry]]\nlocation = \"{Address}\"\ninsecure = true\n");
        Environment.SetEnvironmentVariable(Variable, lab["home"]);
        _server = new Command("docker-registry").WithArguments(["serve", configuration]).TryRunAsync(_end.Token);
    }

    public string Address { get; }

    public static Command Skopeo(params string[] arguments) =>
        new Command("skopeo").WithArguments(["--insecure-policy", .. arguments]);

    public static async Task<Registry> StartAsync(SourceLab lab)
    {
        int port;
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }
        var registry = new Registry(lab, port);
        using var http = new HttpClient();
        for (var answers = false; !answers;)
        {
            Assert.That(registry._server.IsCompleted, Is.False, "docker-registry does not run");
            try
            {
                answers = (await http.GetAsync(new Uri($"http://{registry.Address}/v2/"))).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(20);
            }
        }
        return registry;
    }

    public Task PushAsync(string image, string name) =>
        Skopeo("copy", image, $"docker://{Address}/{name}").RunAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _server.ContinueWith(_ => { }, TaskScheduler.Default);
        _end.Dispose();
        Environment.SetEnvironmentVariable(Variable, _before);
    }
}
