using System.Text.Json;
using System.Text.Json.Nodes;
using CliWrap;
using Harness.Processes;
using Harness.Tests.Boot;
using Harness.Tests.Support;
using Json.Schema;

namespace Harness.Tests.Scripts;

/// <summary>scripts/lib/sbom.py, and the .NET tool whose document it completes: what a release says is in it.</summary>
public sealed class SbomTests
{
    private const string Rid = "linux-x64";

    private const string RuntimeConfig = """
        {"runtimeOptions": {"includedFrameworks": [{"name": "Microsoft.NETCore.App", "version": "10.0.9"}]}}
        """;

    private static readonly string _repository = RealRun.Repository.Path;

    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void Make()
    {
        _directory = new TemporaryDirectory();
        _directory.Write("published/harness.runtimeconfig.json", RuntimeConfig);
    }

    [TearDown]
    public void Remove() => _directory.Dispose();

    [Test]
    public async Task It_lists_every_package_and_is_of_the_form_that_CycloneDX_prescribes()
    {
        File.Copy(
            Path.Combine(_repository, "harness", "bin", "Release", "publish", "harness.deps.json"),
            _directory["published", "harness.deps.json"]);
        await DotNetAsync("tool", "restore");
        await DotNetAsync(
            "tool", "run", "dotnet-CycloneDX", "--", "harness/Harness.csproj", "--disable-package-restore", "--runtime",
            Rid, "--no-serial-number", "--set-name", "kernel-harness", "--set-version", "1.0.0", "--output",
            _directory.Path, "--filename", "sbom.json", "--output-format", "Json");
        var completed = await CompleteAsync();
        Assert.That(completed.ExitCode, Is.Zero, completed.Describe());

        var text = await File.ReadAllTextAsync(_directory["sbom.json"]);
        var document = JsonNode.Parse(text)!;
        var components = document["components"]!.AsArray().Select(c => (string)c!["purl"]!).ToList();
        Assert.That(components, Has.Some.EqualTo("pkg:nuget/CliWrap@3.10.5"));
        Assert.That(components, Has.Some.EqualTo($"pkg:nuget/Microsoft.NETCore.App.Runtime.{Rid}@10.0.9"));
        Assert.That(components, Has.Some.Match("^pkg:deb/.*/libbpf-dev@"));
        Assert.That(components, Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
        Assert.That((string?)document["metadata"]!["timestamp"], Is.EqualTo("2026-01-31T23:59:59Z"));
        var schema = Schema((string)document["specVersion"]!);
        var judged = schema.Evaluate(
            JsonDocument.Parse(text).RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        Assert.That(judged.IsValid, string.Join('\n', (judged.Details ?? []).Where(d => d.Errors is not null)
            .Select(d => $"{d.InstanceLocation}: {string.Join("; ", d.Errors!.Values)}")));
    }

    [TestCase("One/1.0.0", "package")]
    [TestCase("runtimepack.Microsoft.AspNetCore.App.Runtime.linux-x64/10.0.9", "runtimepack")]
    public async Task What_is_in_the_release_and_not_in_the_list_is_an_error(string library, string type)
    {
        _directory.Write("sbom.json", """{"components": [], "metadata": {}}""");
        _directory.Write("published/harness.deps.json", $$"""
            {
              "libraries": {
                "harness/1.0.0": { "type": "project" },
                "{{library}}": { "type": "{{type}}" },
                "runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/10.0.9": { "type": "runtimepack" }
              }
            }
            """);
        var completed = await CompleteAsync();
        Assert.That((completed.ExitCode, completed.StandardError), Is.EqualTo((1,
            $"sbom: the release has what {_directory["sbom.json"]} does not list:"
            + $" {library.Replace("runtimepack.", "", StringComparison.Ordinal)}\n")));
    }

    private Task<FinishedCommand> CompleteAsync() => new Command("python3").WithArguments(
        [
            Path.Combine(_repository, "scripts", "lib", "sbom.py"), _directory["sbom.json"], _directory["published"],
            Rid, "1769903999",
        ])
        .TryRunAsync(CancellationToken.None);

    private static async Task DotNetAsync(params IReadOnlyList<string> arguments) =>
        await new Command("dotnet").WithArguments(arguments).WithWorkingDirectory(_repository)
            .RunAsync(CancellationToken.None);

    /// <summary>The schema of a version of CycloneDX: those schemas, and what they refer to, are in the tool.</summary>
    private static JsonSchema Schema(string version)
    {
        var tools = JsonNode.Parse(File.ReadAllText(Path.Combine(_repository, ".config", "dotnet-tools.json")))!;
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var core = Directory.GetFiles(
            Path.Combine(packages, "cyclonedx", (string)tools["tools"]!["cyclonedx"]!["version"]!),
            "CycloneDX.Core.dll", SearchOption.AllDirectories)[0]; // One for each runtime, all with the same schemas.
        var assembly = System.Reflection.Assembly.LoadFrom(core);
        foreach (var other in new[] { "spdx", "jsf-0.82", "cryptography-defs" })
        {
            Read(other);
        }
        return Read($"bom-{version}");

        JsonSchema Read(string name)
        {
            using var stream = assembly.GetManifestResourceStream($"CycloneDX.Core.Schemas.{name}.schema.json")!;
            using var reader = new StreamReader(stream);
            return JsonSchema.FromText(reader.ReadToEnd());
        }
    }
}
