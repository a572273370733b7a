using Harness.Runs;

namespace Harness.Cli;

/// <summary>What every verb is given.</summary>
internal sealed record VerbContext(Terminal Terminal, Workspace Workspace, Catalog Catalog);
