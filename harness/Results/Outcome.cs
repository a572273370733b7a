namespace Harness.Results;

public enum Outcome
{
    Accept,
    Reject,
}
