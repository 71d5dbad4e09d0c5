using Betar.Ethereum;

namespace Betar.Grains.Settlement;

/// <summary>
/// Hands out the transaction nonces of one account. After a send that may not have arrived it waits until nothing is on its way
/// and reads the next nonce from the chain again. Used within one grain's turns, so it needs no lock.
/// </summary>
internal sealed class TransactionNonces(IChainClient chain, Address account)
{
    private ulong? _next;
    private readonly HashSet<ulong> _inFlight = [];
    private Task<bool>? _reading;
    private TaskCompletionSource? _idle;

    /// <returns>A nonce that nobody else gets, or null when the chain cannot be asked.</returns>
    public async ValueTask<ulong?> TakeAsync()
    {
        while (true)
        {
            if (_next is { } next)
            {
                _next = next + 1;
                _inFlight.Add(next);
                return next;
            }
            if (_inFlight.Count > 0)
            {
                _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                await _idle.Task;
            }
            else if (!await ReadOnceAsync())
            {
                return null;
            }
        }
    }

    /// <summary>One of ours is on its way with it.</summary>
    public bool IsInFlight(ulong nonce) => _inFlight.Contains(nonce);

    /// <summary>The next nonce is asked of the chain, once nothing is on its way.</summary>
    public void Reread() => _next = null;

    /// <param name="nonce">The nonce that was taken.</param>
    /// <param name="arrived">False when the chain may not have got the transaction.</param>
    public void Done(ulong nonce, bool arrived)
    {
        _inFlight.Remove(nonce);
        if (!arrived)
            _next = null;
        if (_inFlight.Count > 0)
            return;
        _idle?.SetResult();
        _idle = null;
    }

    /// <summary>All who wait share one reading. A finished one is never kept, even when it finished before it was awaited.</summary>
    private async Task<bool> ReadOnceAsync()
    {
        Task<bool> reading = _reading is { IsCompleted: false } underWay ? underWay : _reading = ReadAsync();
        return await reading;
    }

    private async Task<bool> ReadAsync()
    {
        try
        {
            _next = await chain.GetTransactionCountAsync(account, BlockTag.Pending, CancellationToken.None);
            return true;
        }
        catch (ChainUnavailableException)
        {
            return false;
        }
    }
}
