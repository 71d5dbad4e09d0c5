using Betar.Libp2p;
using Betar.Libp2p.Multiformats;
using Betar.Marketplace.Exchange;
using Betar.Marketplace.Listings;
using Betar.Node.Errors;

namespace Betar.Node.Peering;

/// <summary>Asks a seller what it lists.</summary>
internal static class ListingQuery
{
    private const string InfoType = "info";

    /// <summary>Listings of one seller that are looked at.</summary>
    private static readonly int s_most = new ExchangeOptions().MaxInfoListings;

    public static async Task<Checked<IReadOnlyList<Listing>>> AskAsync(Libp2pHost host, Multiaddr seller, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await host.OpenStreamAsync(seller, MarketFrames.Protocol, cancellationToken);
            return await AskAsync(stream, cancellationToken) is { } listings
                ? Checked.Of(listings)
                : ErrorCatalog.SellerUnreachable.Refuse($"The seller at {seller} did not list its agents");
        }
        catch (Libp2pException fault)
        {
            return ErrorCatalog.SellerUnreachable.Refuse($"The seller at {seller} cannot be reached ({fault.Message})") with { Cause = fault };
        }
    }

    /// <returns>The listings of the answer, or null when it is none; what of it is no listing is passed over.</returns>
    internal static async Task<IReadOnlyList<Listing>?> AskAsync(Stream stream, CancellationToken cancellationToken)
    {
        try
        {
            await stream.WriteAsync(MarketFrames.Request(InfoType, default), cancellationToken);
            return await MarketFrames.ReadResponseAsync(stream, MarketFrames.MaxBytes, cancellationToken) is { } body
                && ListingJson.TryDecodeAnswers(body.Span, new ListingLimits(), s_most, out var listings)
                ? listings
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
