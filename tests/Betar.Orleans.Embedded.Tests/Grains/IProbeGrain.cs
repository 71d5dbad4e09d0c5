using Orleans;
using Orleans.Concurrency;

namespace Betar.Orleans.Embedded.Tests;

public interface IProbeGrain : IGrainWithStringKey
{
    Task<string> Where();

    Task<int> Add(int amount);

    Task AddQuietly(int amount);

    Task<int> Forward(IProbeGrain other, int amount);

    Task Tell(IProbeGrain other, string text);

    Task<string> Wait(TimeSpan time);

    [ResponseTimeout("00:00:05")]
    Task WaitWithShortTimeout(TimeSpan time);

    Task WaitThenNote(TimeSpan time, string text);

    Task WaitUntilCancelled(CancellationToken token);

    Task<int> AddUnlessCancelled(int amount, CancellationToken token);

    /// <summary>Calls the other, cancels the call after a while, and notes when it was free.</summary>
    Task CancelCallTo(IProbeGrain other, TimeSpan after);

    /// <summary>Hands the token on from grain to grain; the last one waits for it.</summary>
    Task ForwardWaiting(IProbeGrain[] others, CancellationToken token);

    Task CancelItself();

    Task<string?> ContextOf(IProbeGrain other, string key);

    Task SetContext(string key, string value);

    /// <summary>Puts a list into the context, has the other add to it, and counts its own.</summary>
    Task<int> ShareListWith(IProbeGrain other);

    Task AddToContextList();

    Task StartContextTimer(string key, TimeSpan due);

    [OneWay]
    Task NoteContext(string key);

    IAsyncEnumerable<string> ContextTwice(string key);

    [AlwaysInterleave]
    Task<string> Peek();

    [ReadOnly]
    Task<string> Read(TimeSpan time);

    [OneWay]
    Task Note(string text);

    [OneWay]
    Task FailUnheard(string message);

    Task HaveFailUnheard(IProbeGrain other, string message);

    Task End();

    Task Delay(TimeSpan time);

    Task<string> CallBack(string other, bool allow);

    /// <summary>Opens the chain so many times within one another, then waits.</summary>
    Task OpenAndWait(TimeSpan time, int sections);

    /// <summary>Has itself called back when its section is over.</summary>
    Task<string> CallBackAfterwards(string other);

    /// <summary>Has itself called back when the inner of two sections is over.</summary>
    Task<string> CallBackInside(string other);

    /// <summary>Opens the chain and has another open and close a section of its own before it is called back.</summary>
    Task<string> CallBackAfterwardsElsewhere(string other, string third);

    Task<string> CallBackSuppressed(string other);

    Task<string> CallBackThrough(string other, string between);

    Task<string> RelaySuppressed(IProbeGrain target);

    Task<string> RelayThrough(IProbeGrain between, IProbeGrain target);

    Task<string> Relay(IProbeGrain target);

    Task<string?> Context(string key);

    Task Fail(string message);

    Task StartTimer(TimeSpan due, TimeSpan period, bool keepAlive, bool interleave);

    IAsyncEnumerable<int> Numbers(int count, TimeSpan pause);

    IAsyncEnumerable<int> NumbersThenFailure(int count);
}
