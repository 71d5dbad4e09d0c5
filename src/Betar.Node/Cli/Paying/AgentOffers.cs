using Betar.Ethereum;
using Betar.Libp2p;
using Betar.Marketplace.Listings;
using Betar.Node.Cli.Wallets;
using Betar.Node.Errors;
using Betar.Node.Peering;
using Betar.X402;
using Betar.X402.Buying;
using Betar.X402.Networks;

namespace Betar.Node.Cli.Paying;

/// <summary>What an agent is listed as, and whether the order allows to pay that: price, payee, and the word of who is asked.</summary>
internal sealed class AgentOffers(CommandContext context, PayOrder order, AgentTarget target)
{
    public async Task<Checked<Listing>> FindAsync(Libp2pHost host, CancellationToken cancellation)
    {
        var listings = await ListingQuery.AskAsync(host, target.Where, cancellation);
        if (!listings.IsOk)
            return listings.Refusal;
        Listing[] meant = [.. listings.Value.Where(listing => listing.Id == target.Agent || listing.Name == target.Agent)];
        if (meant is not [var listing])
            return meant.Length == 0
                ? ErrorCatalog.UnknownAgent.Refuse($"The seller at {target.Where} lists no agent {VisibleText.Of(target.Agent)}", "ask its owner for the agent's name or id")
                : ErrorCatalog.BadOptionValue.Refuse($"The seller lists {meant.Length} agents called {VisibleText.Of(target.Agent)}", "name the agent's id");
        return FindFault(listing) is { } fault
            ? fault
            : await Confirmation.AskAsync(
                context, order.Yes, $"Paying {VisibleText.Of(listing.Price)} USDC of {order.Wallet} to {VisibleText.Of(listing.Name)} at {listing.PayTo}", cancellation) is { } no ? no : listing;
    }

    /// <summary>Exactly the listed price to exactly the listed payee.</summary>
    public OfferPolicy PolicyFor(Listing listing) => new()
    {
        Assets = new PaymentAssets([order.Asset]), Network = order.Asset.Network, Payee = Address.Parse(listing.PayTo),
        ListedPrice = AtomicAmount.Parse(listing.PriceAtomic), Cap = order.Max, AcceptsKeep = order.AcceptKeep,
    };

    /// <summary>From now on this payee and no other; a refusal when it is another already.</summary>
    public CliRefusal? Pin(Listing listing)
    {
        var pins = PinsOf(listing);
        return pins.TryPin(KeyOf(listing), Address.Parse(listing.PayTo)) ? null : pins.Changed(VisibleText.Of(listing.Name));
    }

    private CliRefusal? FindFault(Listing listing)
    {
        if (!AtomicAmount.TryParse(listing.PriceAtomic, out var price) || !Address.TryParse(listing.PayTo, out var payTo))
            return ErrorCatalog.OfferRefused.Refuse($"The listing of {VisibleText.Of(target.Agent)} names no price or no payee that can be read");
        if (price > order.Max)
            return ErrorCatalog.BudgetPerTask.Refuse($"{VisibleText.Of(target.Agent)} costs {price.ToUsdc()} USDC and --max is {order.Max.ToUsdc()}");
        if ((target.PriceAtomic is { } signed && AtomicAmount.TryParse(signed, out var signedPrice) && price > signedPrice)
            || (target.PayTo is { } signedPayee && (!Address.TryParse(signedPayee, out var payee) || payee != payTo)))
        {
            return ErrorCatalog.OfferRefused.Refuse($"{VisibleText.Of(target.Agent)} asks for another price or another payee than it signed for the marketplace", "run betar market show to see what it signed");
        }

        if (order.PayTo is { } wanted)
            return wanted == payTo ? null : ErrorCatalog.OfferRefused.Refuse($"{VisibleText.Of(target.Agent)} is paid at {payTo} and not at {wanted}");
        var pins = PinsOf(listing);
        return pins.Allows(KeyOf(listing), payTo) ? null : pins.Changed(VisibleText.Of(listing.Name));
    }

    private SellerPins PinsOf(Listing listing) => new(new KnownPayees(context.Data), order.PayTo, listing.Name, target.Where.ToString());

    private string KeyOf(Listing listing) => $"{target.Where.Peer}/{listing.Id}";
}
