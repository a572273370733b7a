using System.Globalization;
using System.Text.RegularExpressions;
using Harness.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace Harness.Tests.Ci;

/// <summary>
/// An action of GitHub's that is made of steps. Its own steps are run as GitHub's runner would, and those of other
/// actions left out (https://docs.github.com/actions/reference/workflows-and-actions/metadata-syntax).
/// </summary>
internal sealed partial class CompositeAction
{
    private readonly string _directory;

    private CompositeAction(
        string directory, IReadOnlyDictionary<string, string> inputs, IReadOnlyDictionary<string, string> outputs,
        IReadOnlyList<ActionStep> steps) =>
        (_directory, Inputs, Outputs, Steps) = (directory, inputs, outputs, steps);

    /// <summary>Each input with its default.</summary>
    public IReadOnlyDictionary<string, string> Inputs { get; }

    /// <summary>Each output with its expression.</summary>
    public IReadOnlyDictionary<string, string> Outputs { get; }

    public IReadOnlyList<ActionStep> Steps { get; }

    /// <param name="directory">Where <c>action.yml</c> is.</param>
    public static CompositeAction Read(string directory)
    {
        var yaml = new YamlStream();
        using var text = File.OpenText(Path.Combine(directory, "action.yml"));
        yaml.Load(text);
        var root = (YamlMappingNode)yaml.Documents[0].RootNode;
        var steps = (YamlSequenceNode)((YamlMappingNode)root["runs"])["steps"];
        return new CompositeAction(
            directory, Texts(root["inputs"], "default"), Texts(root["outputs"], "value"),
            [.. steps.Cast<YamlMappingNode>().Select(Step)]);
    }

    /// <summary>The parts of every expression in a text, such as <c>inputs.objects</c>.</summary>
    public static IEnumerable<string> References(string text) =>
        ReferencePattern().Matches(text).Select(match => match.Value);

    /// <summary>Runs the steps in order; after one that failed no other is run.</summary>
    /// <param name="given">The inputs that a workflow gives.</param>
    /// <param name="directory">The job's: its workspace, temporary directory and files for commands are in it.</param>
    public async Task<ActionRun> RunAsync(IReadOnlyDictionary<string, string> given, TemporaryDirectory directory)
    {
        var workspace = Directory.CreateDirectory(directory["workspace"]).FullName;
        var temporary = Directory.CreateDirectory(directory["temporary"]).FullName;
        var values = Inputs.ToDictionary(i => $"inputs.{i.Key}", i => given.GetValueOrDefault(i.Key, i.Value));
        var (log, summary, code) = ("", "", 0);
        foreach (var step in Steps.Where(step => step.Run is not null).TakeWhile(_ => code == 0))
        {
            var (output, written) = (directory.Write("files/output", ""), directory.Write("files/summary", ""));
            var result = await CiShell.RunAsync(step.Run!, workspace,
            [
                .. step.Environment.Select(v => KeyValuePair.Create<string, string?>(v.Key, Fill(v.Value, values))),
                new("CI", "true"), new("GITHUB_ACTIONS", "true"), new("GITHUB_ACTION_PATH", _directory),
                new("GITHUB_WORKSPACE", workspace), new("RUNNER_TEMP", temporary),
                new("GITHUB_OUTPUT", output), new("GITHUB_STEP_SUMMARY", written),
            ]);
            (log, code) = (log + result.StandardOutput + result.StandardError, result.ExitCode);
            summary += await File.ReadAllTextAsync(written);
            foreach (var pair in (await File.ReadAllLinesAsync(output)).Select(line => line.Split('=', 2)))
            {
                values[$"steps.{step.Id}.outputs.{pair[0]}"] = pair[1];
            }
        }
        return new ActionRun(code, log, summary, Outputs.ToDictionary(o => o.Key, o => Fill(o.Value, values)));
    }

    /// <summary>What is not known is empty, as on GitHub.</summary>
    private static string Fill(string text, Dictionary<string, string> values) =>
        ExpressionPattern().Replace(text, match => values.GetValueOrDefault(match.Groups[1].Value, ""));

    private static ActionStep Step(YamlMappingNode step) => new(
        Text(step, "id"), Text(step, "if"), Text(step, "run"),
        step.Children.TryGetValue("env", out var variables)
            ? ((YamlMappingNode)variables).ToDictionary(v => v.Key.ToString(), v => v.Value.ToString())
            : [],
        string.Join('\n', step.AllNodes.OfType<YamlScalarNode>().Select(n => n.Value)));

    private static Dictionary<string, string> Texts(YamlNode named, string key) => ((YamlMappingNode)named)
        .ToDictionary(n => n.Key.ToString(), n => Text((YamlMappingNode)n.Value, key) ?? "");

    private static string? Text(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var value) ? string.Create(CultureInfo.InvariantCulture, $"{value}") : null;

    [GeneratedRegex(@"\$\{\{\s*([\w.-]+)\s*\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex ExpressionPattern();

    [GeneratedRegex(@"\b(inputs|steps)\.[\w-]+", RegexOptions.CultureInvariant)]
    private static partial Regex ReferencePattern();
}
