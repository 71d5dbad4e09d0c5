using Orleans;

namespace Betar.Orleans.Embedded.Tests;

/// <summary>Keeps reminders; what they do is in the journal.</summary>
public interface IAlarmGrain : IGrainWithStringKey
{
    Task Set(string name, TimeSpan due, TimeSpan period);

    Task<bool> Remove(string name);

    Task<string[]> Names();

    /// <summary>From now on every tick takes so long.</summary>
    Task BeSlow(TimeSpan time);

    /// <summary>From now on every tick fails.</summary>
    Task BeBroken();
}
