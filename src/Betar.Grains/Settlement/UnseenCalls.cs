using Betar.Ethereum;

namespace Betar.Grains.Settlement;

/// <summary>
/// What was sent and not seen in a block, of calls that could happen twice: while one of their transactions may wait, none is sent again. What a
/// process before us may have left waiting counts too. Used within one grain's turns, so it needs no lock.
/// </summary>
internal sealed class UnseenCalls(IChainClient chain, Address account)
{
    private readonly Dictionary<string, ulong> _sent = new(StringComparer.Ordinal);
    private ulong? _inherited;

    /// <param name="nonce">Its transaction's nonce; null when it had none yet.</param>
    public void Sent(string name, ulong? nonce)
    {
        if (nonce is { } taken)
            _sent[name] = taken;
    }

    public void Seen(string name) => _sent.Remove(name);

    /// <exception cref="ChainUnavailableException">The chain did not answer.</exception>
    public async Task<bool> MayWaitAsync(string name)
    {
        _inherited ??= await chain.GetTransactionCountAsync(account, BlockTag.Pending, CancellationToken.None);
        ulong included = await chain.GetTransactionCountAsync(account, BlockTag.Latest, CancellationToken.None);
        return included < _inherited || (_sent.TryGetValue(name, out ulong nonce) && included <= nonce);
    }
}
