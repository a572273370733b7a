namespace Harness;

/// <summary>
/// What a kernel is a point release of, as its source tells from the kernel's id. When a point release is replaced by
/// the next, a later run has another id at the same place.
/// </summary>
/// <param name="Line">Whose kernels such ids name.</param>
/// <param name="Name">Equal for kernels that may replace each other within an upstream series.</param>
/// <param name="Order">Orders the point releases of one place.</param>
public sealed record KernelPlace(string Line, string Name, IComparable Order);
