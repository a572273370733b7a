namespace Harness.Bisection;

/// <summary>What a search does next. Kernels are given by their place in version order.</summary>
public abstract record SearchStep
{
    private SearchStep()
    {
    }

    /// <param name="Place">The place of the kernel to test.</param>
    /// <param name="Left">How many tests are left at most, this one included, if each gives a verdict.</param>
    public sealed record Test(int Place, int Left) : SearchStep;

    /// <summary>The verdict changed from <paramref name="Older"/> to <paramref name="Newer"/>.</summary>
    /// <param name="Between">Kernels between them without a useful verdict; with any, the answer is a range.</param>
    public sealed record Answer(int Older, int Newer, IReadOnlyList<int> Between) : SearchStep;
}
