using Betar.Ethereum;
using Betar.Grains;
using Betar.Grains.Gateway;
using Betar.Grains.Hosting;
using Betar.Grains.Listings;
using Betar.Grains.Payments;
using Betar.Grains.Selling;
using Betar.Grains.Settlement;
using Betar.Node.Presence;
using Betar.Storage;
using Betar.X402.Challenges;
using Betar.X402.Verification;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Composition;

/// <summary>What the silos of a seller are made of: one of each for all of them, so that whichever silo a buyer comes to knows the same.</summary>
internal sealed class SellerServices
{
    private readonly SellerNode _node;
    private readonly ChallengeKeyRing _ring;
    private readonly AdmissionGate _gate = new();

    public SellerServices(SellerNode node, NodeParts parts)
    {
        _node = node;
        _ring = parts.Own(ChallengeKeys.LoadOrCreate(node.Folder, new ChallengeOptions(), Time));
        Refunds = new RefundAccount(node.Keys.Refund, node.Chain.Assets);
        Float = new RefundFloat(node.Chain.Token, Refunds, node.Ledger, Time, node.Context.Loggers.CreateLogger<RefundFloat>());
        Listings = parts.Own(new ListingDesk(Time));
    }

    public RefundAccount Refunds { get; }

    public RefundFloat Float { get; }

    public ListingDesk Listings { get; }

    private TimeProvider Time => _node.Context.Time;

    /// <summary>Puts everything onto the silo of that number, what the node's parts bring included.</summary>
    public void Register(IServiceCollection services, int silo, IReadOnlyList<INodePart> parts)
    {
        ChainLink chain = _node.Chain;
        var challenges = new ChallengeIssuer(_ring, new ChallengeOptions(), Time);
        services.AddSingleton(Time);
        services.AddBetarStorage(BetarStorage.Name, _node.Database);
        services.AddSingleton(_node.Database.Agents);
        services.AddSingleton(_node.Offers);
        services.AddSingleton(chain.Client);
        services.AddSingleton(chain.Token);
        services.AddSingleton(chain.Asset);
        services.AddSingleton(chain.Assets);
        services.AddSingleton(chain.Fees);
        services.AddSingleton(new SettlementAccounts([.. _node.Keys.Settlers.Select(key => new SettlementAccount(chain.Asset.Network, key))]));
        services.Configure<SettlementOptions>(settlement => settlement.Confirmations = chain.Network.Confirmations);
        services.AddSingleton(Refunds);
        services.AddSingleton(Float);
        services.AddSingleton(new SellerIdentity(_node.Identity.PeerId));
        services.AddSingleton<OfferTerms>();
        services.AddSingleton(_gate);
        services.AddSingleton(challenges);
        services.AddSingleton(new PaymentVerifier(challenges, new VerificationOptions()));
        if (_node.Context.Environment(KillAtFaultPoint.Variable) is { Length: > 0 } point)
            services.AddSingleton<IFaultPoints>(new KillAtFaultPoint(point));
        if (_node.Facilitator is { } facilitator)
        {
            services.AddSingleton(facilitator);
            services.AddSingleton<IPaymentSettling, FacilitatorSettling>();
        }

        services.AddSingleton<IListingDesk>(Listings);
        foreach (INodePart part in parts)
            part.Register(services, _node);
        services.AddBetarGrains();
        RegisterGateway(services, silo);
    }

    private void RegisterGateway(IServiceCollection services, int silo)
    {
        GatewayOptions options = _node.Options.Gateway;
        services.AddSingleton(_node.Options.Leases(silo, _node.Database.Leases));
        services.AddSingleton<IFleetPresence>(provider => new SiloPresence(_node.Presences, silo, provider));
        services.Configure<GatewayOptions>(own => (own.Lease, own.RenewEvery, own.StopAfter, own.CloseWithin, own.AskEvery, own.WakeEvery, own.FreeLooks, own.DrainWithin) =
            (options.Lease, options.RenewEvery, options.StopAfter, options.CloseWithin, options.AskEvery, options.WakeEvery, options.FreeLooks, options.DrainWithin));
        services.AddBetarGateway();
    }
}
