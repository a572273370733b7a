using Harness.Processes;

namespace Harness.Tests.Processes;

public sealed class CommandTests
{
    [Test]
    public void A_command_is_a_value_that_changes_make_anew()
    {
        var plain = Command.Wrap("qemu");
        var full = plain.WithArguments("-m", "256").WithEnvironmentVariable("A", "1");
        Assert.That((plain.Arguments.Count, plain.EnvironmentVariables.Count), Is.EqualTo((0, 0)));
        Assert.That(full.WithEnvironmentVariable("B", null).EnvironmentVariables, Is.EqualTo(new Dictionary<string, string?> { ["A"] = "1", ["B"] = null }));
    }

    [Test]
    public void It_prints_as_one_would_type_it() =>
        Assert.That(Command.Wrap("vng").WithArguments("-r", "/boot/vmlinuz-6.1.0", "a b", "it's", "", "$x", "*").ToString(),
            Is.EqualTo(@"vng -r /boot/vmlinuz-6.1.0 'a b' 'it'\''s' '' '$x' '*'"));

    [Test]
    public void Programs_are_found_on_the_path()
    {
        Assert.That(CommandExecution.Find("bash"), Does.StartWith("/").And.EndsWith("/bash"));
        Assert.That(CommandExecution.Find("no-such-program"), Is.Null);
    }
}
