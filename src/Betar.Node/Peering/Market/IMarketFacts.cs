using Betar.Libp2p.Identity;
using Betar.Marketplace.Records;

namespace Betar.Node.Peering.Market;

/// <summary>What a node knows around its listings.</summary>
internal interface IMarketFacts
{
    MarketProgress Progress { get; }

    /// <summary>Records that were not believed, by the reason.</summary>
    IReadOnlyDictionary<RecordFault, long> RecordFaults { get; }

    /// <summary>Where a connected peer was dialled, or says that it is as far as that may be believed; each ends with the peer.</summary>
    Task<IReadOnlyList<string>> AddressesAsync(PeerId peer, CancellationToken cancellationToken);
}
