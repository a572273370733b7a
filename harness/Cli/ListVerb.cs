using Harness.Runs;
using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Harness.Cli;

/// <summary>One kernel as <c>list --json</c> gives it.</summary>
/// <param name="Size">Bytes to download; <c>null</c> for a local image.</param>
internal sealed record ListedKernel(string Id, string? Version, string Arch, string Source, long? Size,
    bool Cached, string? Note);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<ListedKernel>))]
internal sealed partial class ListJson : JsonSerializerContext;

/// <summary><c>harness list</c>: what the matrix comes to today.</summary>
internal static class ListVerb
{
    public static System.CommandLine.Command Create(VerbContext context)
    {
        var terminal = context.Terminal;
        var matrix = new MatrixOptions();
        var json = new Option<bool>("--json") { Description = "For machines" };
        var command = new System.CommandLine.Command("list",
            "Lists the kernels that the matrix comes to today: id, version, source, size, cached or not.") { json };
        matrix.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var resolver = new MatrixResolver(context.Workspace, context.Catalog.Matrix);
            var selection = matrix.Read(parsed);
            var spec = resolver.Load(selection);
            var resolved = await resolver.ResolveAsync(spec, selection, cancellation).ConfigureAwait(false);
            var kernels = resolved.Kernels.Select(k => k.Kernel).ToList();
            if (parsed.GetValue(json))
            {
                IReadOnlyList<ListedKernel> listed = [.. kernels.Select(k => new ListedKernel(
                    k.Id, k.Version?.ToString(), k.Arch, k.Description, k.DownloadSize, k.Source.IsCached, k.Note))];
                terminal.Out.WriteLine(JsonSerializer.Serialize(listed, ListJson.Default.IReadOnlyListListedKernel));
                return ExitCodes.AsExpected;
            }
            KernelTable.Write(terminal, kernels, resolved.Notes);
            return ExitCodes.AsExpected;
        });
        return command;
    }
}
