using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;

namespace Betar.Blocks.Exchange;

/// <summary>Gets blocks, from the store or from peers. Many who wait for one block make one fetch.</summary>
public interface IBlockSource
{
    /// <returns>Null: nobody who was asked sent it before the time-out.</returns>
    /// <param name="cid">Its name.</param>
    /// <param name="likely">Peers that probably have it, asked first; others who are connected are asked after them.</param>
    /// <param name="cancellationToken">Who gives up leaves the fetch to the others who wait.</param>
    ValueTask<Block?> FetchAsync(Cid cid, IReadOnlyList<PeerId> likely, CancellationToken cancellationToken);
}
