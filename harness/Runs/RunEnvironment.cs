using Harness.Machines;
using Harness.Results;

namespace Harness.Runs;

/// <summary>Facts about this harness and machine that go into the results, and what every guest has.</summary>
/// <param name="Init">The path of the guest's init for a machine, as <c>make -C bpf</c> makes it.</param>
public sealed record RunEnvironment(
    string HarnessVersion, HostInfo Host, string CacheRoot, Func<Machine, string> Init);
