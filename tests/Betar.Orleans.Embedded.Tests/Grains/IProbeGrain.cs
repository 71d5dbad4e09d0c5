using Orleans;
using Orleans.Concurrency;

namespace Betar.Orleans.Embedded.Tests;

public interface IProbeGrain : IGrainWithStringKey
{
    Task<string> Where();

    Task<int> Add(int amount);

    Task<string> Wait(TimeSpan time);

    [ResponseTimeout("00:00:05")]
    Task WaitWithShortTimeout(TimeSpan time);

    Task WaitUntilCancelled(CancellationToken token);

    [AlwaysInterleave]
    Task<string> Peek();

    [ReadOnly]
    Task<string> Read(TimeSpan time);

    [OneWay]
    Task Note(string text);

    Task End();

    Task Delay(TimeSpan time);

    Task<string> CallBack(string other, bool allow);

    Task<string> Relay(IProbeGrain target);

    Task<string?> Context(string key);

    Task Fail(string message);

    Task StartTimer(TimeSpan due, TimeSpan period, bool keepAlive, bool interleave);

    IAsyncEnumerable<int> Numbers(int count, TimeSpan pause);
}
