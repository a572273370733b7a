using System.Text.Json;
using System.Text.Json.Serialization;
using Harness.Runs;

namespace Harness.Cli;

/// <summary><c>harness list</c>: what the matrix comes to today.</summary>
internal static class ListVerb
{
    private const string Description =
        "Lists the kernels that the matrix comes to today: id, version, source, size, cached or not. Exit code 3: some"
        + " could not be looked for.";

    public static System.CommandLine.Command Create(VerbContext context)
    {
        var terminal = context.Terminal;
        var matrix = new MatrixOptions();
        var json = new JsonOption();
        var command = new System.CommandLine.Command("list", Description) { json };
        matrix.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var resolver = new MatrixResolver(context.Workspace, context.Catalog.Matrix);
            var selection = matrix.Read(parsed);
            var spec = resolver.Load(selection);
            var resolved = await resolver.ResolveAsync(spec, selection, cancellation).ConfigureAwait(false);
            var kernels = resolved.Kernels.Select(k => k.Kernel).ToList();
            var failed = KernelTable.WriteFailures(terminal, kernels);
            var exitCode = failed ? ExitCodes.NotTestable : ExitCodes.AsExpected;
            if (parsed.GetValue(json))
            {
                IReadOnlyList<ListedKernel> listed = [.. kernels.Select(ListedKernel.Of)];
                terminal.Out.WriteLine(JsonSerializer.Serialize(listed, ListJson.Default.IReadOnlyListListedKernel));
                return exitCode;
            }
            KernelTable.Write(terminal, kernels, resolved.Notes);
            return exitCode;
        });
        return command;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<ListedKernel>))]
internal sealed partial class ListJson : JsonSerializerContext;
