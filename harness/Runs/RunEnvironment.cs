using Harness.Results;

namespace Harness.Runs;

/// <summary>Facts about this harness and machine that go into the results, and what every guest has.</summary>
/// <param name="Init">The path of the guest's init, as <c>make build</c> made it.</param>
public sealed record RunEnvironment(string HarnessVersion, HostInfo Host, string CacheRoot, string Init);
