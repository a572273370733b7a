using System.CommandLine;

namespace Harness.Cli;

/// <summary><c>--max-mb N</c>: how large the site may be, in megabytes.</summary>
internal sealed class SiteSizeOption : Option<int>
{
    /// <summary>A third of what GitHub Pages takes (1 GB, docs.github.com, "GitHub Pages limits").</summary>
    private const int DefaultMegabytes = 300;

    public SiteSizeOption()
        : base("--max-mb")
    {
        Description = "How large the site may be, in MB. Runs but the newest have their files for machines "
            + "compressed; where there is no room for them, the oldest go first, and pages say so";
        HelpName = "N";
        DefaultValueFactory = _ => DefaultMegabytes;
    }

    /// <exception cref="UsageException">It is no size.</exception>
    public int Of(ParseResult parsed) =>
        parsed.GetValue(this) is >= 1 and var size ? size : throw new UsageException($"{Name} must be at least 1");
}
