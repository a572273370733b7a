namespace Harness.Yaml;

/// <summary>
/// A YAML file that cannot be used: a matrix, expectations, a lock, a list of causes. It holds every problem that was
/// found, each with file, line and column. Nothing was run.
/// </summary>
public sealed class YamlFileException(IReadOnlyList<string> problems)
    : HarnessException(string.Join('\n', problems), ExitCodes.Usage)
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
