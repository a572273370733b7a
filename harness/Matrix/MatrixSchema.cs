using Harness.Ktap;
using Harness.Yaml;

namespace Harness.Matrix;

/// <summary>
/// The JSON schemas of a matrix and of a file of expectations, from the types that read them, so that editors complete
/// and check the files.
/// </summary>
/// <param name="form">What a matrix may say.</param>
public sealed class MatrixSchema(MatrixForm form)
{
    /// <summary>The file's name, in the checkout.</summary>
    public const string Name = "kernels.schema.json";

    /// <summary>The name of the schema of files of expectations.</summary>
    public const string ExpectationsName = "expectations.schema.json";

    private readonly YamlSchema _schema = new(
        [form.File, form.KernelEntry, form.ProbeEntry],
        new Dictionary<string, IReadOnlyList<string>>
        {
            [ExpectationReader.Steps] = form.Steps,
            [ProbeEntryReader.Names] = form.OwnQuestions,
            [ExpectationReader.Errnos] = [.. ErrnoNames.All],
        });

    /// <summary>The schema of a matrix.</summary>
    public string Generate() => _schema.Generate(typeof(MatrixFile), "kernels.yaml", mayBeEmpty: false);

    /// <summary>The schema of a file of expectations, which may be empty.</summary>
    public string GenerateForExpectations() =>
        _schema.Generate(typeof(ExpectationsFile), "expectations.yaml", mayBeEmpty: true);
}
