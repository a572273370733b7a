using Harness.Cli;
using Harness.Matrix;

namespace Harness.Tests.Support;

/// <summary>Matrices as the program reads them, with its own sources and probes.</summary>
internal static class Matrices
{
    public static MatrixForm Form { get; } = Catalog.Default.Matrix;

    public static MatrixSpec Load(string path) => new MatrixLoader(Form).Load(path);
}
