using Betar.Ethereum;

namespace Betar.Grains.Settlement.Batches;

/// <summary>Which transfers went in a batch, and under which transaction nonce. Used within one grain's turns, so it needs no lock.</summary>
internal sealed class BatchMemory(IChainClient chain, Address account)
{
    private readonly Dictionary<string, ulong> _sent = new(StringComparer.Ordinal);

    public void Sent(IEnumerable<IChainOrder> orders, ulong nonce)
    {
        foreach (IChainOrder order in orders)
            _sent[order.Name] = nonce;
    }

    public bool Knows(string name) => _sent.ContainsKey(name);

    public void Forget(string name) => _sent.Remove(name);

    /// <summary>
    /// Whether a block could still take the batch: its place is not taken, and the node has something there. A place that is empty is the next to
    /// be filled, so of what is sent then and what was lost a block can take one only.
    /// </summary>
    /// <exception cref="ChainUnavailableException">The chain did not answer.</exception>
    public async Task<bool> MayWaitAsync(string name)
    {
        if (!_sent.TryGetValue(name, out ulong nonce))
            return false;
        ulong waiting = await chain.GetTransactionCountAsync(account, BlockTag.Pending, CancellationToken.None);
        return waiting > nonce && await chain.GetTransactionCountAsync(account, BlockTag.Latest, CancellationToken.None) <= nonce;
    }
}
