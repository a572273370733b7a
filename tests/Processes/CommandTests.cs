using CliWrap;
using FsCheck;
using FsCheck.Fluent;
using Harness.Processes;

namespace Harness.Tests.Processes;

public sealed class CommandTests
{
    /// <summary>Over letters most of which mean something where a command line is put together or split.</summary>
    private static Gen<string[]> ArgumentLists =>
        Gen.Elements('\\', '"', '\'', ' ', '\t', '\n', '\u00a0', '$', 'a').ArrayOf()
            .Select(letters => new string(letters)).ArrayOf();

    [Test]
    public void A_command_is_a_value_that_changes_make_anew()
    {
        var plain = new Command("qemu");
        var full = plain.WithArguments(["-m", "256"]).WithEnvironmentVariable("A", "1");
        Assert.That((plain.ArgumentList().Count, plain.EnvironmentVariables.Count), Is.EqualTo((0, 0)));
        Assert.That(full.WithEnvironmentVariable("B", null).EnvironmentVariables,
            Is.EqualTo(new Dictionary<string, string?> { ["A"] = "1", ["B"] = null }));
    }

    [Test]
    public void Further_variables_leave_the_others_and_may_remove_one()
    {
        var command = new Command("qemu").WithEnvironmentVariable("A", "1").WithEnvironmentVariable("B", "2");
        var further = new Dictionary<string, string?> { ["B"] = "3", ["C"] = "4" };
        Assert.That(command.WithFurtherVariables(further).WithoutEnvironmentVariables(["A"]).EnvironmentVariables,
            Is.EqualTo(new Dictionary<string, string?> { ["A"] = null, ["B"] = "3", ["C"] = "4" }));
    }

    [Test]
    public void It_prints_as_one_would_type_it() =>
        Assert.That(Vng("-r", "/boot/vmlinuz-6.1.0", "a b", "it's", "", "$x", "*").ToShell(),
            Is.EqualTo(@"vng -r /boot/vmlinuz-6.1.0 'a b' 'it'\''s' '' '$x' '*'"));

    [TestCase]
    [TestCase("")]
    [TestCase("", "", "a", "")]
    [TestCase("\"", "\\", "\\\"", "\\\\\"\\", "\\\\ \\\\", "a\\b", " ", "\t", "\n", "\"\"", "a\"b c\"d")]
    public void Arguments_can_be_read_back_as_a_list(params string[] arguments) =>
        Assert.That(Vng(arguments).ArgumentList(), Is.EqualTo(arguments));

    [Test]
    public void Any_arguments_can_be_read_back_as_a_list() =>
        Prop.ForAll(ArgumentLists.ToArbitrary(), arguments => Vng(arguments).ArgumentList().SequenceEqual(arguments))
            .QuickCheckThrowOnFailure();

    [Test]
    public void Programs_are_found_on_the_path()
    {
        Assert.That(CommandExecution.Find("bash"), Does.StartWith("/").And.EndsWith("/bash"));
        Assert.That(CommandExecution.Find("no-such-program"), Is.Null);
    }

    private static Command Vng(params string[] arguments) => new Command("vng").WithArguments(arguments);
}
