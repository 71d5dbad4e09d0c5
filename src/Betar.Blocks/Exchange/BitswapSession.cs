using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;

namespace Betar.Blocks.Exchange;

/// <summary>Remembers who sent blocks of one thing, last one first.</summary>
internal sealed class BitswapSession(BitswapExchange exchange) : IBlockSource
{
    private const int MaxPeers = 16;

    private readonly Lock _lock = new();
    private readonly LinkedList<PeerId> _useful = [];

    public async ValueTask<Block?> FetchAsync(Cid cid, IReadOnlyList<PeerId> likely, CancellationToken cancellationToken)
    {
        if (await exchange.FetchFromAsync(cid, With(likely), cancellationToken) is not { } fetched)
            return null;
        if (fetched.From is { } peer)
            Remember(peer);
        return fetched.Block;
    }

    private PeerId[] With(IReadOnlyList<PeerId> likely)
    {
        lock (_lock)
            return [.. likely.Union(_useful)];
    }

    private void Remember(PeerId peer)
    {
        lock (_lock)
        {
            _useful.Remove(peer);
            _useful.AddFirst(peer);
            if (_useful.Count > MaxPeers)
                _useful.RemoveLast();
        }
    }
}
