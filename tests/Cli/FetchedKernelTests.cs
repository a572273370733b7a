using Harness.Cli;
using Harness.Kernels;
using Harness.Tests.Support;

namespace Harness.Tests.Cli;

/// <summary><c>fetch</c> and <c>fetch --json</c> say the same of an image.</summary>
public sealed class FetchedKernelTests
{
    private static readonly BootImage _image = new("/images/vmlinuz", Samples.Sha256);

    public static IEnumerable<TestCaseData> Results =>
    [
        new(new ImageResult.Available(_image, FromCache: true), "here", "here"),
        new(new ImageResult.Available(_image, FromCache: false), "downloaded", "downloaded and verified"),
        new(new ImageResult.Unavailable("HTTP 404"), "unavailable", "unavailable: HTTP 404"),
        new(new ImageResult.Failed("no space left"), "failed", "failed: no space left"),
    ];

    [TestCaseSource(nameof(Results))]
    public void A_state_has_a_word_for_programs_and_words_for_people(ImageResult result, string word, string words)
    {
        var kernel = RunLab.Of("6.1.5", new FixedSource(result)).Kernel;
        var fetched = FetchedKernel.Of(kernel with { Note = "stands in for another" }, result);
        Assert.That(fetched.Status, Is.EqualTo(word));
        Assert.That(fetched.InWords, Is.EqualTo($"debian-6.1.5: {words} (stands in for another)"));
        Assert.That(FetchedKernel.Of(kernel, result).InWords, Is.EqualTo($"debian-6.1.5: {words}"));
    }
}
