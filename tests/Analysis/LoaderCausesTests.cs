using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Analysis;

/// <summary>
/// What a loader makes of a declaration, and who asks, as a real run of the default matrix showed it on 6.1, where a
/// struct against no BTF is refused.
/// </summary>
public sealed class LoaderCausesTests
{
    private const string Array = "libbpf.array_of_maps.array.";
    private const string Queue = "libbpf.array_of_maps.queue.";
    private const string Raw = "raw.hash_of_maps.hash.";

    private static readonly IReadOnlyList<CaseResult> _cases =
        Samples.Explain([CauseCapturedRun.On("6.1.192")]).Single().Cases;

    [TestCase(Queue + "struct.struct.untyped", "libbpf dropped the BTF of the template")]
    [TestCase(Array + "struct.none.skeleton", "A skeleton makes the same maps")]
    [TestCase(Array + "struct.none.light_skeleton", "A skeleton makes the same maps")]
    [TestCase(Array + "struct.struct.reused_outer", "The outer map that bpf_map__reuse_fd() put in place")]
    [TestCase(Array + "bytes.none.pinned_by_struct", "The pinned outer map keeps the template that it was made with")]
    [TestCase(Raw + "struct.none.as_cap_bpf", "The template's BTF says that the value is a struct")]
    public void What_the_declaration_does_not_say_has_a_cause(string id, string cause)
    {
        var result = Case(id);
        Assert.That((result.Status, result.Step, result.Errno), Is.EqualTo((CaseStatus.Fail, "update", "EINVAL")));
        Assert.That(result.Cause, Does.StartWith(cause));
        Assert.That(result.Workaround, Is.Not.Null);
    }

    /// <summary>By its declaration alone, each of them would be refused here, as its opposite above.</summary>
    [TestCase(Queue + "struct.none.untyped")]
    [TestCase(Queue + "struct.struct.values")]
    [TestCase(Array + "struct.none.reused_outer")]
    [TestCase(Array + "struct.none.pinned_by_bytes")]
    public void The_template_that_the_kernel_has_decides(string id) =>
        Assert.That((Case(id).Status, Case(id).Outcome), Is.EqualTo((CaseStatus.Pass, Outcome.Accept)));

    [TestCase("none.none.as_user", null, null)]
    [TestCase("struct.struct.as_user", "btf_load", "EPERM")]
    [TestCase("none.none.as_user_denied", "template", "EPERM")]
    [TestCase("struct.struct.as_cap_bpf", null, null)]
    public void Who_lacks_a_right_is_refused_where_it_is_asked_for(string question, string? step, string? errno)
    {
        var result = Case(Raw + question);
        Assert.That((result.Status, result.Step, result.Errno), Is.EqualTo((CaseStatus.Pass, step, errno)));
    }

    private static CaseResult Case(string id) => _cases.Single(c => c.Id == id);
}
