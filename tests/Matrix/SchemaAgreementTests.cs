using System.Globalization;
using System.Text.Json;
using Harness.Matrix;
using Harness.Tests.Matrix.Generated;
using Harness.Tests.Support;
using Harness.Yaml;
using Json.Schema;

namespace Harness.Tests.Matrix;

/// <summary>
/// What the schemas of matrices and expectations accept, the program accepts, and the other way round, of all that a
/// schema can say. docs/matrix.md lists the rest.
/// </summary>
public sealed class SchemaAgreementTests
{
    private const int Count = 2000;

    private static readonly string _files =
        Path.Combine(Repository.Find().Path, "tests", "Fixtures", "matrices");

    private static readonly int _seed =
        Environment.GetEnvironmentVariable("HARNESS_SEED") is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : 1;

    private TemporaryDirectory _directory = null!;
    private MatrixGenerator _generator = null!;

    [SetUp]
    public void Make_a_directory()
    {
        _directory = new TemporaryDirectory();
        _directory.Write("fragment", "CONFIG_NET=y\n");
        _directory.Write("others.yaml", "expectations: []\n");
        _generator = new MatrixGenerator(_seed, "fragment", "others.yaml");
    }

    [TearDown]
    public void Remove_it() => _directory.Dispose();

    [Test]
    public void Schema_and_program_agree_about_matrices() => Agree(
        new MatrixSchema(Matrices.Form).Generate(), _generator.Matrix, "kernels.yaml", path => Matrices.Load(path));

    [Test]
    public void Schema_and_program_agree_about_expectations()
    {
        var matrix = _directory.Write("kernels.yaml", "kernels: [image: a]\nexpectations_file: expectations.yaml\n");
        Agree(new MatrixSchema(Matrices.Form).GenerateForExpectations(), _generator.Expectations, "expectations.yaml",
            _ => Matrices.Load(matrix));
    }

    /// <summary>The files that make test-consumers gives to ajv and yaml-language-server.</summary>
    public static IEnumerable<string> Files => Directory.GetFiles(_files, "*.yaml", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(_files, path)).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Files))]
    public void A_file_is_accepted_or_refused_by_both(string file)
    {
        var path = Path.Combine(_files, file);
        var validator = Validator(new MatrixSchema(Matrices.Form).Generate());
        var accepted = file.StartsWith("accepted", StringComparison.Ordinal);
        Assert.That(Ask(() => Matrices.Load(path)).Accepts, Is.EqualTo(accepted), "the program");
        Assert.That(Ask(() => Validate(validator, File.ReadAllText(path))).Accepts, Is.EqualTo(accepted), "the schema");
    }

    private static JsonSchema Validator(string schema) =>
        // .NET's $ also matches before a line feed that ends the text; JavaScript's does not.
        JsonSchema.FromText(schema.Replace("$\"", "\\\\z\"", StringComparison.Ordinal));

    private void Agree(string schema, Func<string> generate, string name, Action<string> load)
    {
        var validator = Validator(schema);
        var (accepted, disagreements) = (0, new List<string>());
        for (var i = 0; i < Count; i++)
        {
            var text = generate();
            var (program, problem) = Ask(() => load(_directory.Write(name, text)));
            var (editor, complaint) = Ask(() => Validate(validator, text));
            accepted += program ? 1 : 0;
            if (program != editor)
            {
                disagreements.Add($"{text}  program: {problem}\n  schema: {complaint}");
            }
        }
        TestContext.Out.WriteLine($"seed {_seed}: {accepted} of {Count} accepted");
        Assert.That(string.Join('\n', disagreements.Take(10)), Is.Empty,
            $"seed {_seed}: {disagreements.Count} disagreements");
        Assert.That(accepted, Is.InRange(Count / 4, Count * 3 / 4), "a fair share of both");
    }

    private static (bool Accepts, string Problem) Ask(Action check)
    {
        try
        {
            check();
            return (true, "accepted");
        }
        catch (Exception e) when (e is YamlFileException or FormatException)
        {
            return (false, e.Message);
        }
    }

    /// <exception cref="FormatException">The text is refused.</exception>
    private static void Validate(JsonSchema schema, string text)
    {
        var value = JsonSerializer.SerializeToElement(CoreYaml.Read(text));
        var result = schema.Evaluate(value, new EvaluationOptions { OutputFormat = OutputFormat.Flag });
        if (!result.IsValid)
        {
            throw new FormatException("refused");
        }
    }
}
