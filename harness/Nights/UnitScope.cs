namespace Harness.Nights;

/// <summary>Which systemd manager runs the nights.</summary>
public enum UnitScope
{
    /// <summary>The one of the user who installs.</summary>
    User,

    /// <summary>The machine's.</summary>
    System,
}
