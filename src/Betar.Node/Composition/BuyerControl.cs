using System.Text.Json;
using Betar.Grains.Abstractions.Buying;
using Betar.Libp2p.Multiformats;
using Betar.Marketplace.Listings;
using Betar.Node.Control;
using Betar.Node.Errors;
using Orleans;

namespace Betar.Node.Composition;

/// <summary>What a running buyer answers on its control socket: the agents of its seller, and tasks that it pays for.</summary>
internal sealed class BuyerControl(BuyerNode buyer, Multiaddr seller)
{
    public IReadOnlyDictionary<string, ControlHandler> Handlers => new Dictionary<string, ControlHandler>(StringComparer.Ordinal)
    {
        ["agents.list"] = ListAgents,
        ["agents.execute"] = Execute,
        ["wallet"] = ShowWallet,
    };

    private async Task<ControlAnswer> ListAgents(JsonElement arguments, CancellationToken cancellationToken)
    {
        IReadOnlyList<Listing> listings = await buyer.DiscoverAsync(seller, cancellationToken);
        return ControlAnswer.Json(writer => writer.WriteRawValue(ListingJson.EncodeAnswers(listings, int.MaxValue)));
    }

    private async Task<ControlAnswer> Execute(JsonElement arguments, CancellationToken cancellationToken)
    {
        string agentId = ControlArguments.Text(arguments, "agentId"), task = ControlArguments.Text(arguments, "task");
        IReadOnlyList<Listing> listings = await buyer.DiscoverAsync(seller, cancellationToken);
        if (listings.FirstOrDefault(listing => listing.Id == agentId) is not { } listing)
            return ControlAnswer.Refused(ErrorCatalog.UnknownAgent.Refuse($"Nobody lists an agent {agentId}"));

        PurchaseResult result = await buyer.Grains.GetGrain<IPurchaseGrain>(Guid.NewGuid().ToString()).Buy(new PurchaseIntent
        {
            Seller = seller.ToString(),
            AgentId = agentId,
            Input = task,
            Wallet = buyer.Wallet.ToString(),
            MaxAmount = listing.PriceAtomic,
            PayTo = listing.PayTo,
        });
        return result.Refusal is { } refusal
            ? ControlAnswer.Refused(Refusals.Of(refusal))
            : ControlAnswer.Json(writer => PurchaseJson.Write(writer, result));
    }

    private Task<ControlAnswer> ShowWallet(JsonElement arguments, CancellationToken cancellationToken) => Task.FromResult(
        ControlAnswer.Json(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("wallet", buyer.Wallet.ToString());
            writer.WriteEndObject();
        }));
}
