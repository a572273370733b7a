using Harness.Matrix;
using Harness.Results;

namespace Harness.Tests.Support;

/// <summary>Expectations as a matrix has them.</summary>
internal static class Expect
{
    public static Expectation Case(
        string cases, CaseStatus status, string? versions = null, string? kernels = null, string? step = null,
        string? errno = null) =>
        new("m.yaml:1:1", [new Glob(cases)], kernels is null ? [] : [new Glob(kernels)], versions is null
            ? null
            : new VersionCondition(versions),
            status, null, step, errno, $"{cases} is foreseen", null, "another way");

    public static Expectation Complaint(string text, string? versions = null) =>
        new("m.yaml:3:1", [], [], versions is null ? null : new VersionCondition(versions),
            null, null, null, null, "a known bug", null, null)
        {
            Complaints = [new Glob(text)],
        };

    public static Expectation Kernel(KernelStatus status, string? versions = null, string? kernels = null) =>
        new("m.yaml:2:1", [], kernels is null ? [] : [new Glob(kernels)], versions is null
            ? null
            : new VersionCondition(versions),
            null, status, null, null, "a known bug", null, null);
}
