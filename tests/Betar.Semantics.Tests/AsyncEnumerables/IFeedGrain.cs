namespace Betar.Semantics.Tests.AsyncEnumerables;

public interface IFeedGrain : IGrainWithStringKey, IPlaced
{
    IAsyncEnumerable<int> Count(int to);

    /// <summary>Yields the numbers and waits for the gate of each.</summary>
    IAsyncEnumerable<int> CountByGates(int to);

    IAsyncEnumerable<int> CountThenFail(int to);

    IAsyncEnumerable<string> Endless(CancellationToken cancellationToken = default);

    IAsyncEnumerable<Reading> Readings(int to);

    Task<int> SumOf(IFeedGrain other, int to);

    Task<string> Ping();
}
