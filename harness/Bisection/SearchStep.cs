namespace Harness.Bisection;

/// <summary>What a search says next, about kernels by their place in version order.</summary>
public abstract record SearchStep
{
    private SearchStep()
    {
    }

    /// <param name="Place">The kernel to test.</param>
    /// <param name="Left">At most so many tests to the answer, this one included, if all of them give a verdict.</param>
    public sealed record Test(int Place, int Left) : SearchStep;

    /// <summary>The verdict changed from <paramref name="Older"/> to <paramref name="Newer"/>.</summary>
    /// <param name="Between">Kernels between them that tell nothing: when there are some, the answer is a range.</param>
    public sealed record Answer(int Older, int Newer, IReadOnlyList<int> Between) : SearchStep;
}
