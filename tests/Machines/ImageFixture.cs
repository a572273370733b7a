using Harness.Tests.Support;

namespace Harness.Tests.Machines;

/// <summary>A place for an image that a test makes up: it is new for each test.</summary>
public abstract class ImageFixture
{
    private protected TemporaryDirectory Place { get; private set; } = null!;

    /// <summary>Where the image goes.</summary>
    private protected string Image => Place["image"];

    [SetUp]
    public void Make_a_place() => Place = new TemporaryDirectory();

    [TearDown]
    public void Remove_the_place() => Place.Dispose();
}
