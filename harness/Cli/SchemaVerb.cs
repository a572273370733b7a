using System.CommandLine;
using Harness.Matrix;

namespace Harness.Cli;

/// <summary>
/// <c>harness schema</c>: the JSON schemas of the files that people write, for editors. A test checks that the
/// committed ones are current.
/// </summary>
internal static class SchemaVerb
{
    private const string Matrix = "matrix";
    private const string Expectations = "expectations";

    public static System.CommandLine.Command Create(VerbContext context)
    {
        var terminal = context.Terminal;
        var file = new Argument<string>("FILE")
        {
            Description = "Of which files: matrix or expectations. Default: matrix",
            DefaultValueFactory = _ => Matrix,
        };
        file.AcceptOnlyFromAmong(Matrix, Expectations);
        var command = new System.CommandLine.Command(
            "schema", "Prints the JSON schema of matrices or of expectations, generated from the types that read them.")
        {
            file,
        };
        command.SetAction(parsed =>
        {
            var schema = new MatrixSchema(context.Catalog.Matrix);
            terminal.Out.Write(parsed.GetValue(file) == Expectations
                ? schema.GenerateForExpectations()
                : schema.Generate());
            return ExitCodes.AsExpected;
        });
        return command;
    }
}
