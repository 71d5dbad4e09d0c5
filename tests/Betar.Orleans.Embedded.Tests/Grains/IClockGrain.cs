using Orleans;
using Orleans.Concurrency;

namespace Betar.Orleans.Embedded.Tests;

/// <summary>Has timers; each tick is noted with the second of the minute.</summary>
public interface IClockGrain : IGrainWithStringKey
{
    Task Start(string name, TimeSpan due, TimeSpan period, TimeSpan takes = default, bool interleave = false, bool keepAlive = false);

    Task StartChangingItself(string name, TimeSpan firstDue, TimeSpan due, TimeSpan period);

    Task StartFailing(string name, TimeSpan due, TimeSpan period);

    Task StartWaitingForever(string name, bool interleave);

    Task Change(string name, TimeSpan due, TimeSpan period);

    [AlwaysInterleave]
    Task Stop(string name);

    /// <summary>Keeps the turn for a while, then disposes of the timer.</summary>
    Task HoldThenStop(string name, TimeSpan time);

    Task StayFor(TimeSpan time);

    [AlwaysInterleave]
    Task Leave();
}
