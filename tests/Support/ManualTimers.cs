namespace Harness.Tests.Support;

/// <summary>A clock whose timers ring when a test says so, and never by themselves.</summary>
internal sealed class ManualTimers : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _waiting = [];
    private readonly List<TimeSpan> _asked = [];

    /// <summary>How long each timer was to take, in the order in which they were started.</summary>
    public IReadOnlyList<TimeSpan> Asked
    {
        get
        {
            lock (_gate)
            {
                return [.. _asked];
            }
        }
    }

    /// <summary>How many timers have neither rung nor been given up.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Waits until a timer has been started, and lets it ring.</summary>
    public async Task RingAsync()
    {
        await ProcessTable.UntilAsync(() => Waiting > 0, "something waits");
        Timer first;
        lock (_gate)
        {
            first = _waiting[0];
        }
        first.Ring();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            var timer = new Timer(this, callback, state);
            _asked.Add(dueTime);
            _waiting.Add(timer);
            return timer;
        }
    }

    private sealed class Timer(ManualTimers clock, TimerCallback callback, object? state) : ITimer
    {
        public void Ring()
        {
            Dispose();
            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose()
        {
            lock (clock._gate)
            {
                clock._waiting.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
