using Harness.Doctor;
using Harness.Tests.Support;

namespace Harness.Tests.Doctor;

/// <summary>What <c>harness doctor --install</c> does before it looks: it runs scripts/setup.</summary>
public sealed class MachineSetUpTests
{
    [TestCase(0)]
    [TestCase(1)]
    public async Task The_script_of_this_tree_is_run_and_what_it_says_is_told(int code)
    {
        using var tree = new TemporaryDirectory();
        var script = tree.Write("scripts/setup", $"#!/bin/sh\necho installing: \"$#\"\necho oops >&2\nexit {code}\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var told = new List<string>();
        await MachineSetUp.RunAsync(new Repository(tree.Path), Tell, CancellationToken.None);
        Assert.That(told, Is.EquivalentTo(new[] { "installing: 0", "oops" }));

        void Tell(string line)
        {
            lock (told)
            {
                told.Add(line);
            }
        }
    }
}
