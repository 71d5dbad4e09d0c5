namespace Betar.Semantics.Tests.Timers;

public interface ITimerGrain : IGrainWithStringKey
{
    /// <summary>Starts a timer that notes "name" at each tick.</summary>
    Task Start(string name, TimeSpan due, TimeSpan period, bool interleave);

    /// <summary>Each tick notes its begin, waits for the gate of its name and notes its end.</summary>
    Task StartHeld(string name, bool interleave);

    /// <summary>Starts a plain timer and an interleaving one and keeps the turn until the gate opens.</summary>
    Task StartAndHold(string gate);

    Task StartWithState(string name, string state);

    Task StartFailing(string name);

    /// <summary>Disposes of itself in its first tick.</summary>
    Task StartOnce(string name);

    Task StartAndNoteScheduler(string name);

    Task Change(string name, TimeSpan due, TimeSpan period);

    Task Dispose(string name);

    [AlwaysInterleave]
    Task DisposeAtOnce(string name);

    Task Plain(string name);

    Task Leave();
}
