using System.CommandLine;

namespace Harness.Cli;

/// <summary>The directory that a verb writes.</summary>
internal sealed class OutOption : Option<string?>
{
    public OutOption(string description)
        : base("--out")
    {
        Description = description;
        HelpName = "DIR";
    }
}
