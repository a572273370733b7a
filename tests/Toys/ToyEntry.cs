using Harness.Kernels;

namespace Harness.Toys;

/// <summary>An entry that passed validation.</summary>
public sealed record ToyEntry(string At, string Image, KernelVersion Version) : KernelEntry(At)
{
    public string Id => $"toy-{Version}";

    public override IEnumerable<(string At, string Id)> Named => [(At, Id)];
}
