using Betar.Libp2p.Multiformats;
using Betar.Libp2p;
using Betar.Marketplace.Exchange;
using Betar.Node.Errors;
using Betar.Node.Selling;

namespace Betar.Node.Peering;

/// <summary>Asks a seller what it lists.</summary>
internal static class ListingQuery
{
    public static async Task<Checked<IReadOnlyList<Listing>>> AskAsync(Libp2pHost host, Multiaddr seller, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await host.OpenStreamAsync(seller, MarketFrames.Protocol, cancellationToken);
            return await InfoProtocol.AskAsync(stream, cancellationToken) is { } listings
                ? Checked.Of(listings)
                : ErrorCatalog.SellerUnreachable.Refuse($"The seller at {seller} did not list its agents");
        }
        catch (Libp2pException fault)
        {
            return ErrorCatalog.SellerUnreachable.Refuse($"The seller at {seller} cannot be reached ({fault.Message})") with { Cause = fault };
        }
    }
}
