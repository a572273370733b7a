using Harness.Ktap;

namespace Harness.Tests.Ktap;

public sealed class FieldsTests
{
    [Test]
    public void Words_with_an_equals_sign_are_fields() =>
        Assert.That(Fields.Parse("want=accept outcome=reject  step=update errno=EINVAL"),
            Is.EqualTo(new Dictionary<string, string>
            {
                ["want"] = "accept",
                ["outcome"] = "reject",
                ["step"] = "update",
                ["errno"] = "EINVAL",
            }));

    [Test]
    public void The_reason_takes_the_rest_of_the_line()
    {
        var fields = Fields.Parse(
            "outcome=null errno=E2BIG reason=the kernel's btf_id=7 is unknown, errno=0 reason=twice ");
        Assert.That(fields["reason"], Is.EqualTo("the kernel's btf_id=7 is unknown, errno=0 reason=twice"));
        Assert.That(fields["errno"], Is.EqualTo("E2BIG"));
    }

    [Test]
    public void A_reason_may_stand_alone() =>
        Assert.That(Fields.Parse("reason=a b"), Is.EqualTo(new Dictionary<string, string> { ["reason"] = "a b" }));

    [Test]
    public void A_key_that_only_ends_like_reason_takes_nothing() =>
        Assert.That(Fields.Parse("treason=high want=accept"),
            Is.EqualTo(new Dictionary<string, string> { ["treason"] = "high", ["want"] = "accept" }));

    [TestCase("")]
    [TestCase("no fields here")]
    public void Words_without_an_equals_sign_are_left_out(string diagnostic) =>
        Assert.That(Fields.Parse(diagnostic), Is.Empty);

    [Test]
    public void A_value_may_hold_an_equals_sign() =>
        Assert.That(Fields.Parse("release=6.1=x")["release"], Is.EqualTo("6.1=x"));
}
