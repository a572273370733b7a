using Harness.Cli;
using Harness.Matrix;
using Harness.Yaml;

namespace Harness.Tests.Fuzz.Targets;

/// <summary>
/// A matrix with its expectations. It is read, or each of its problems is told with file, line and column.
/// </summary>
internal sealed class MatrixTarget : FuzzTarget
{
    private static readonly MatrixLoader _loader = new(Catalog.Default.Matrix);

    private readonly Scratch _scratch = new();

    // Building YamlDotNet's deserializer is most of it.
    protected override long BytesAtLeast => 32 << 20;

    protected override long BytesForEach => 20_000;

    protected override void Run(byte[] input)
    {
        var path = _scratch.Write("kernels.yaml", input);
        try
        {
            var matrix = _loader.Load(path);
            Require(matrix.Kernels.Count > 0, "a matrix has a kernel");
            foreach (var expectation in matrix.Expectations)
            {
                _ = expectation.Cases.Concat(expectation.Kernels).Count(glob => glob.Matches("raw.hash.array.none"));
            }
        }
        catch (YamlFileException e)
        {
            Require(e.Problems.Count > 0 && e.Problems.All(p => p.Contains(": ", StringComparison.Ordinal)),
                "each problem has a place");
        }
    }
}
