namespace Harness.Cli;

/// <summary>Where a cell's text stands in its column.</summary>
internal enum ColumnAlignment
{
    Left,
    Right,
    Centre,
}
