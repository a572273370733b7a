using System.CommandLine;

namespace Harness.Cli;

/// <summary>What makes a verb print JSON instead of text; docs/json.md says what each verb prints.</summary>
internal sealed class JsonOption : Option<bool>
{
    public JsonOption(string description = "For machines")
        : base("--json") => Description = description;
}
