using System.Collections.Concurrent;
using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Settlement;
using Betar.Node.Composition;
using Betar.Node.Http.Routing;
using Betar.Node.Presence;
using Betar.Storage.Channels;
using Betar.Storage.PaidRequests;
using Betar.Storage.Settlements;
using Betar.Storage.SignIns;
using Betar.Storage.WebSales;
using Betar.X402;
using Betar.X402.Extensions.SignInWithX;
using Betar.X402.Facilitating;
using Betar.X402.Http.Claiming;
using Betar.X402.Http.Refunding;
using Betar.X402.Http.Selling;
using Betar.X402.Schemes;
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Schemes.ExactEip3009;
using Betar.X402.Schemes.Upto;
using Betar.X402.Selling;
using Betar.X402.Settling;
using Microsoft.Extensions.Logging;
using PaidSellerOptions = Betar.X402.Http.Selling.SellerOptions;

namespace Betar.Node.Http.Selling;

/// <summary>
/// The fleet's agents for whoever pays over HTTP: what was paid, settled, answered and owed is kept in the node's own database, and the money moves
/// through the node's own settlers. The money comes first; work that fails then is paid back.
/// </summary>
internal sealed class HttpSales
{
    private const int MostGates = 1_024;

    // Longer than any outage that a buyer waits for.
    private static readonly TimeSpan s_keepBeyondEnd = TimeSpan.FromHours(24);

    private readonly ConcurrentDictionary<(string PayTo, string Origin), PaymentGate> _gates = new();
    private readonly Func<Address, Uri, PaymentGate> _open;
    private readonly OtherOffers? _offers;

    private HttpSales(Func<Address, Uri, PaymentGate> open, OtherOffers? offers) => (_open, _offers) = (open, offers);

    public static async Task<HttpSales> OpenAsync(SellerNode node, NodeParts own, CancellationToken cancellationToken)
    {
        (TimeProvider time, ChainLink chain) = (node.Context.Time, node.Chain);
        var accounts = new SettlementAccounts([.. node.Keys.Settlers.Select(key => new SettlementAccount(chain.Asset.Network, key))]);
        var channel = new LateSettlementChannel(() => new SettlerChannel(node.Grains, accounts));
        var chains = new Chains(new Dictionary<NetworkId, IChainClient> { [chain.Asset.Network] = chain.Client });
        var book = new DurableChannelBook(node.Database, time);
        IReadOnlyList<Address> settlers = [.. node.Keys.Settlers.Select(Address.FromKey)];
        IReadOnlyList<IPaymentScheme> schemes =
        [
            new Eip3009Scheme(new Eip3009Options { Assets = chain.Assets, Chains = chains }, time),
            new UptoScheme(new UptoOptions { Facilitators = settlers, Assets = chain.Assets, Chains = chains }, time),
            new BatchScheme(new BatchOptions { Book = book, Assets = chain.Assets, Chains = chains }, time),
        ];
        IFacilitator facilitator = node.Facilitator ?? new LocalFacilitator(
            schemes, channel, await DurableSettlementBook.OpenAsync(node.Database, new SettlementBookOptions(), time, cancellationToken),
            new LocalFacilitatorOptions { Networks = [chain.Asset.Network], Signers = settlers, KeepBeyondEnd = s_keepBeyondEnd }, time);
        DurablePaidRequestStore store = await DurablePaidRequestStore.OpenAsync(node.Database, new PaidRequestOptions(), time, cancellationToken);
        DurablePurchaseNames names = await DurablePurchaseNames.OpenAsync(node.Database, new PaidRequestOptions(), time, cancellationToken);
        DurableOwedWork owed = await DurableOwedWork.OpenAsync(node.Database, time, cancellationToken);
        DurableSignInNonces nonces = await DurableSignInNonces.OpenAsync(node.Database, new SignInNonceOptions(), time, cancellationToken);
        var sales = new CountedSales(new DurableWebSales(node.Database, time));
        var refunds = new OwedRefunds(owed, channel, chains, node.Keys.Refund, chain.Assets, new OwedRefundOptions(), time);
        own.Own(await RunningService.StartAsync(
            new OwedRefundService(refunds, time, node.Context.Loggers.CreateLogger<OwedRefundService>()), cancellationToken));
        await ClaimAsync(node, own, new ChannelClaimer(
            book, chains, channel, new LocalSigner(node.Keys.Settlers[0]), new ChannelClaimOptions { Confirmations = Math.Clamp(chain.Network.Confirmations, 1, 64) }, time), cancellationToken);
        return new HttpSales((payTo, origin) => new PaymentGate(
            new PaidSellerOptions { PayTo = payTo, Asset = chain.Asset, Flow = PaymentFlow.Upfront }, schemes, facilitator, store, owed, names,
            signIn: new BuyerSignIn(new SignInOptions { Origin = origin, Networks = [chain.Asset.Network] }, nonces, store, time), sales: sales),
            node.Facilitator is null ? new OtherOffers(chain, settlers[0], time) : null);
    }

    /// <summary>What is owed on channels is claimed while the node runs and when it stops; what a facilitator elsewhere took is not ours to claim, and there is none.</summary>
    private static async Task ClaimAsync(SellerNode node, NodeParts own, ChannelClaimer claimer, CancellationToken cancellationToken)
    {
        own.Own(claimer);
        own.Own(await RunningService.StartAsync(
            new ChannelClaimService(claimer, node.Context.Time, node.Context.Loggers.CreateLogger<ChannelClaimService>()), cancellationToken));
    }

    /// <summary>What the agent sells and for what, also in the ways that only this node's own accounts settle.</summary>
    public async Task<PaidResource> ResourceOfAsync(AgentSpec agent, CancellationToken cancellationToken) => new()
    {
        Price = agent.Price,
        Name = agent.AgentId,
        Description = TokenPriceText.Beside(agent.Description, agent),
        MimeType = ApiAnswer.JsonType,
        Naming = PurchaseNaming.Optional,
        SignIn = true,
        KeepsFailed = agent.KeepsFailed,
        AlsoAccepts = _offers is null ? [] : await _offers.FindAsync(agent, cancellationToken),
    };

    /// <summary>Each account that is paid has a gate of its own, by each name that the node is asked by: who signs in, signs for that name.</summary>
    /// <param name="payTo">Who is paid.</param>
    /// <param name="origin">As the request names it; only names that the node knows come so far.</param>
    public PaymentGate GateOf(Address payTo, Uri origin)
    {
        string name = origin.GetLeftPart(UriPartial.Authority);
        if (_gates.TryGetValue((payTo.ToString(), name), out PaymentGate? gate))
            return gate;
        gate = _open(payTo, new Uri(name));

        // A gate keeps nothing itself: strangers may name any port, and cannot fill this with it.
        return _gates.Count < MostGates ? _gates.GetOrAdd((payTo.ToString(), name), gate) : gate;
    }
}
