namespace Harness.Nights;

/// <summary>What happens in a night, as it happens; the command line prints it.</summary>
public abstract record NightEvent
{
    private NightEvent()
    {
    }

    /// <summary>A verb or the notify command has ended.</summary>
    /// <param name="Output">What it wrote, line ends included.</param>
    public sealed record StepEnded(string Output) : NightEvent;

    /// <summary>Something went wrong, and the night goes on.</summary>
    /// <param name="Problem">One line.</param>
    public sealed record Warned(string Problem) : NightEvent;

    /// <summary>The night has ended but for the notification.</summary>
    /// <param name="Text">Lines, the last one ended, ready for a mail or a chat.</param>
    public sealed record Summarised(string Text) : NightEvent;
}
