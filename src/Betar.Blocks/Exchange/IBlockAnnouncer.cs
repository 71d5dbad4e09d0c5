using Betar.Libp2p.Multiformats;

namespace Betar.Blocks.Exchange;

/// <summary>Tells those who wait for a block that it is here now. Nobody else learns of it, and they would ask again only much later.</summary>
public interface IBlockAnnouncer
{
    /// <summary>These blocks are published that were not.</summary>
    Task AnnounceAsync(IReadOnlyList<Cid> cids, CancellationToken cancellationToken = default);
}
