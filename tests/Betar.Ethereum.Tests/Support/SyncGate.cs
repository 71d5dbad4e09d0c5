namespace Betar.Ethereum.Tests.Support;

/// <summary>Holds a sync until the test lets it go.</summary>
internal sealed class SyncGate : IDisposable
{
    readonly SemaphoreSlim _arrived = new(0);
    readonly SemaphoreSlim _open = new(0);

    internal Task ArrivedAsync() => _arrived.WaitAsync();

    internal void Open(int times = 1) => _open.Release(times);

    internal void Pass()
    {
        _arrived.Release();
        _open.Wait();
    }

    public void Dispose()
    {
        _arrived.Dispose();
        _open.Dispose();
    }
}
