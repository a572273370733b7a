namespace Harness.Results;

/// <summary>A case's id, taken apart: <c>LAYER.OUTER.INNER.TEMPLATE.CANDIDATE[.VARIANT…]</c>.</summary>
/// <param name="Variant">The rest, with its dots (a toolchain is a last part of its own); empty when there is none.</param>
public sealed record CaseId(string Layer, string Outer, string Inner, string Template, string Candidate, string Variant)
{
    private const int Parts = 5;

    /// <summary>What is asked, whatever the map types: <c>struct.none</c>, <c>none.none.max_entries</c>.</summary>
    public string Question => Variant.Length == 0 ? $"{Template}.{Candidate}" : $"{Template}.{Candidate}.{Variant}";

    /// <summary>An id that is not of this form is kept whole as its layer, so that no report loses a case.</summary>
    public static CaseId Parse(string id)
    {
        var parts = id.Split('.', Parts + 1);
        return parts.Length < Parts
            ? new CaseId(id, "", "", "", "", "")
            : new CaseId(parts[0], parts[1], parts[2], parts[3], parts[4], parts.Length > Parts ? parts[Parts] : "");
    }

    public override string ToString() =>
        string.Join('.', new[] { Layer, Outer, Inner, Template, Candidate, Variant }.Where(part => part.Length > 0));
}
