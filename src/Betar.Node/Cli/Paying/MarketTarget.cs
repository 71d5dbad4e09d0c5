using System.Text.Json;
using Betar.Libp2p.Multiformats;
using Betar.Node.Cli.Market;
using Betar.Node.Control;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Paying;

/// <summary>Finds an agent by what the running node knows of the marketplace, and refuses what its seller itself did not say.</summary>
internal static class MarketTarget
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <param name="context">Whose node is asked.</param>
    /// <param name="agent">A name, an id, or a peer id, a slash and an id.</param>
    /// <param name="acceptUnverified">Hearsay and what is disputed will do.</param>
    /// <param name="cancellation">Ends the question.</param>
    public static async Task<Checked<AgentTarget>> FindAsync(CommandContext context, string agent, bool acceptUnverified, CancellationToken cancellation)
    {
        using var client = context.Ask(Deadline);
        var shown = await ShowAsync(client, agent, cancellation);
        if (shown.IsOk)
            return Read(shown.Value, acceptUnverified);
        if (shown.Refusal.Error == ErrorCatalog.NoNode)
        {
            return ErrorCatalog.MissingOption.Refuse(
                $"Nothing was bought from an agent {VisibleText.Of(agent)} before, and no node is running on {context.Data.Root} that could look it up",
                "start one with betar up, or say where the seller is: --at /ip4/…/tcp/…/p2p/…");
        }

        return shown.Refusal.Error == ErrorCatalog.UnknownListing
            ? ErrorCatalog.UnknownListing.Refuse($"Nobody lists an agent {VisibleText.Of(agent)}, as far as this node knows", "run betar market list to see what is for sale, or say where the seller is: --at /ip4/…")
            : shown.Refusal;
    }

    private static Task<Checked<JsonElement>> ShowAsync(INodeClient client, string agent, CancellationToken cancellation) => client.CallAsync(MarketCalls.Show, writer =>
    {
        writer.WriteString("id", agent);
        writer.WriteBoolean("reach", true);
    }, cancellation);

    internal static Checked<AgentTarget> Read(JsonElement shown, bool acceptUnverified)
    {
        var listing = shown.GetProperty("listing");
        var (id, trust) = (listing.Text("id"), listing.Text("trust"));
        if (trust is "expired" || (trust is not ("own" or "verified" or "attested") && !acceptUnverified))
        {
            return ErrorCatalog.ListingUnverified.Refuse(
                trust is "expired" ? $"The listing {VisibleText.Of(id)} has expired" : $"The listing {VisibleText.Of(id)} is {trust}: its seller itself did not say so",
                trust is "expired" ? "choose another seller, or ask this one with --at" : "run betar market why on it; add --accept-unverified to buy it all the same");
        }

        if (trust is "own")
            return ErrorCatalog.BadOptionValue.Refuse($"{VisibleText.Of(id)} is sold by this very node", "run betar agent execute instead: its owner pays nothing");
        var seller = listing.Text("sellerId");
        List<Multiaddr> where = [];
        foreach (var address in shown.GetProperty("reach").EnumerateArray())
        {
            if (Multiaddr.TryParse(address.GetString(), out var parsed) && parsed.Peer is { } peer && peer.ToString() == seller)
                where.Add(parsed);
        }

        return where.Count == 0
            ? ErrorCatalog.SellerUnreachable.Refuse($"This node is not connected to the seller of {VisibleText.Of(id)}", "wait a moment, or say where it is: --at /ip4/…/tcp/…/p2p/…")
            : new AgentTarget(id[(id.IndexOf('/', StringComparison.Ordinal) + 1)..], where[0])
            {
                Others = [.. where.Skip(1)],
                PriceAtomic = trust is "verified" ? listing.Text("priceAtomic") : null,
                PayTo = trust is "verified" ? listing.Text("payTo") : null,
            };
    }
}
