using Harness.Kernels;
using Harness.Yaml;

namespace Harness.Tests.Fuzz.Targets;

/// <summary>A lock of kernels: what is read is written and read again as it was.</summary>
internal sealed class LockTarget : FuzzTarget
{
    private static readonly KernelLockFile _locks = new(KernelSources.Default);

    private readonly Scratch _scratch = new();

    protected override long BytesAtLeast => 32 << 20;

    protected override long BytesForEach => 20_000;

    protected override void Run(byte[] input)
    {
        try
        {
            var read = _locks.Read(_scratch.Write("kernels.lock.yaml", input));
            var path = _scratch["again.lock.yaml"];
            _locks.Write(read, path);
            var first = File.ReadAllText(path);
            _locks.Write(_locks.Read(path), path);
            Require(first == File.ReadAllText(path), "a lock is written and read again");
        }
        catch (YamlFileException e)
        {
            Require(e.Problems.Count > 0, "a problem is told");
            Require(!e.Message.Contains("again.lock.yaml", StringComparison.Ordinal), "what was written can be read");
        }
    }
}
