using Harness.Kernels;
using Harness.Kernels.Archives;
using Harness.Kernels.Choice;
using Harness.Kernels.Debian;

namespace Harness.Tests.Kernels.Debian;

/// <summary>From rules to kernels that can be had.</summary>
public sealed class DebianKernelsTests : ArchiveFixture
{
    private const string OlderId = "debian-6.1.5-1-cloud-amd64";
    private const string NewerId = "debian-6.1.6-1-cloud-amd64";

    [SetUp]
    public async Task PublishNewer()
    {
        await Archive.AddAsync(Package, "6.1.6-1", TestArchive.Image("6.1.6"));
        await Archive.PublishAsync();
    }

    [Test]
    public async Task A_rule_becomes_a_kernel_with_a_stand_in_and_an_image()
    {
        var pick = (await ResolveAsync(Rule())).Kernels.Single();
        Assert.That((pick.Kernel.Id, pick.StandIns.Single().Id), Is.EqualTo((NewerId, OlderId)));
        var result = await pick.Kernel.Source.AcquireAsync(new Progress<long>(), CancellationToken.None);
        Assert.That(result, Is.InstanceOf<ImageResult.Available>());
        Assert.That(pick.Kernel.Checkout, Is.EqualTo(
            new KernelCheckout("debian", "6.1.6-1", null, null, "cloud-amd64")));
    }

    [Test]
    public async Task A_kernel_that_two_rules_want_comes_once_and_by_name_if_one_names_it()
    {
        var picks = (
            await ResolveAsync(Rule(), Rule() with { Pick = Pick.All },
                Rule() with { Versions = ["6.1.5-1"] })).Kernels;
        Assert.That(picks.Select(p => (p.Kernel.Id, p.Kernel.ByName)),
            Is.EqualTo(new[] { (NewerId, false), (OlderId, true) }));
    }

    [Test]
    public async Task Each_suite_is_read_once_for_all_rules()
    {
        await ResolveAsync(Rule(), Rule() with { Flavour = "amd64" });
        Assert.That(Server.Requests.Count(path => path == InRelease), Is.EqualTo(1));
    }

    [TestCase("rt-amd64", "no kernel of flavour rt-amd64 in bookworm")]
    [TestCase("cloud", "flavour cloud: no architecture that is known has it")]
    public async Task A_rule_that_selects_nothing_is_noted(string flavour, string note)
    {
        var picks = await ResolveAsync(Rule() with { Flavour = flavour });
        Assert.That(picks.Kernels, Is.Empty);
        Assert.That(picks.Notes, Has.Some.Contains(note));
    }

    [Test]
    public async Task What_a_lock_pins_is_what_the_archive_serves()
    {
        var picks = (await ResolveAsync(Rule())).Kernels;
        File.Delete(Archive.PathOf($"pool/main/l/linux/{Package}_6.1.6-1_amd64.deb"));
        var taken = new TakenKernels(picks);
        Assert.That((await taken.ChooseServedAsync(picks[0], CancellationToken.None))?.Id, Is.EqualTo(OlderId));
        File.Delete(Archive.PathOf($"pool/main/l/linux/{Package}_6.1.5-1_amd64.deb"));
        Assert.That(await new TakenKernels(picks).ChooseServedAsync(picks[0], CancellationToken.None), Is.Null);
    }

    private Task<ResolvedKernels> ResolveAsync(params DebianRule[] rules)
    {
        var options = new ArchiveOptions
        {
            Keyring = Key.Keyring,
            Retries = new RetryPolicy { FirstWait = TimeSpan.FromMilliseconds(1) },
        };
        var bases = new ArchiveBases(Server.Address, null, "test");
        return new DebianKernels(bases, Http, new ImageCache(Cache), options, Clock)
            .ResolveAsync(rules, false, CancellationToken.None);
    }

    private static DebianRule Rule() => new(["bookworm"], "cloud-amd64", null, null, Pick.Newest, []);
}
