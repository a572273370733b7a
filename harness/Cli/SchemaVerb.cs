using Harness.Matrix;

namespace Harness.Cli;

/// <summary>
/// <c>harness schema</c>: the JSON schema of matrices, for editors. A test checks that the committed one is current.
/// </summary>
internal static class SchemaVerb
{
    public static System.CommandLine.Command Create(VerbContext context)
    {
        var terminal = context.Terminal;
        var command = new System.CommandLine.Command(
            "schema", "Prints the JSON schema of kernels.yaml, generated from the types that read it.");
        command.SetAction(_ =>
        {
            terminal.Out.Write(new MatrixSchema(context.Catalog.Matrix).Generate());
            return ExitCodes.AsExpected;
        });
        return command;
    }
}
