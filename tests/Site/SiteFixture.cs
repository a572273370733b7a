using Harness.Kernels;
using Harness.Site;
using Harness.Tests.History;
using Harness.Tests.Support;

namespace Harness.Tests.Site;

/// <summary>Runs, and a place for the site that is made of them: both are new for each test.</summary>
public abstract class SiteFixture
{
    /// <summary>In MB: what a site may have where a test does not say.</summary>
    private protected const int Room = 300;

    private protected HistoryLab Lab { get; private set; } = null!;

    private protected TemporaryDirectory Place { get; private set; } = null!;

    private protected SitePublisher Publisher() =>
        new(Lab.Results, Place.Path, Samples.Probes, KernelSources.Default.PlaceOf);

    [SetUp]
    public void MakeLab()
    {
        Lab = new HistoryLab();
        Place = new TemporaryDirectory();
    }

    [TearDown]
    public void RemoveLab()
    {
        Lab.Dispose();
        Place.Dispose();
    }
}
