using Betar.Crypto;
using Betar.Ethereum;
using Betar.Grains.Selling;
using Betar.Grains.Settlement;
using Betar.X402;
using Betar.X402.Buying;
using Betar.X402.Eip712;
using Betar.X402.Networks;
using Betar.X402.Pieces;
using Betar.X402.Protocol;
using Betar.X402.Serving;

namespace Betar.Cluster.Tests.Support;

/// <summary>A buyer with a key of its own: asks for a quote, signs it, shows the payment.</summary>
internal sealed class TestBuyer(World world, PrivateKey key, string peer)
{
    private readonly AuthorizationSigner _signer = new(key, world.Clock);

    public Address Address { get; } = Address.FromKey(key);

    public PrivateKey Key => key;

    /// <summary>What this buyer's peer says to a desk, unpaid.</summary>
    public async Task<X402Reply> AskAsync(string agent, string input, string? correlationId = null, SalesDesk? desk = null) =>
        await (desk ?? world.Desk).HandleRequestAsync(
            new X402Request
            {
                CorrelationId = correlationId ?? Guid.NewGuid().ToString(),
                Resource = agent,
                Body = new TaskBody(input, agent).Write(),
            },
            Call(), CancellationToken.None);

    /// <summary>Quote and signature: the paid request, ready to be shown.</summary>
    public async Task<PaidRequest> SignAsync(string input = "work", string agent = World.Agent, SalesDesk? desk = null)
    {
        X402Reply reply = await AskAsync(agent, input, desk: desk);
        PaymentRequired quote = Assert.IsType<PaymentRequired>(reply);
        return Sign(quote, input, agent);
    }

    public PaidRequest Sign(PaymentRequired quote, string input, string agent = World.Agent)
    {
        SignedOffer signed = _signer.Sign(quote, Policy(quote));
        Assert.True(signed.IsSigned, signed.Refusal.ToString());
        return new PaidRequest { CorrelationId = quote.CorrelationId, Payment = signed.Payment, Body = new TaskBody(input, agent).Write() };
    }

    /// <summary>A payment under a nonce of the buyer's own choice.</summary>
    public async Task<PaidRequest> SignFirstUseAsync(string input = "work")
    {
        PaymentRequired quote = Assert.IsType<PaymentRequired>(await AskAsync(World.Agent, input));
        SignedOffer signed = _signer.SignFirstUse(quote.Requirements, Nonce.Random(), Policy(quote));
        return new PaidRequest
        {
            CorrelationId = quote.CorrelationId, Payment = signed.Payment, Body = new TaskBody(input, World.Agent).Write(),
        };
    }

    /// <summary>This buyer's signature over somebody's authorisation, whatever stands in it.</summary>
    public string SignatureOver(PaidRequest request)
    {
        Authorization terms = request.Payment!.Payload!.Authorization!;
        Span<byte> digest = stackalloc byte[Keccak256.Size];
        TransferAuthorizationHasher.Digest(PaymentAsset.BaseSepoliaUsdc.Domain, TermsOf(terms), digest);
        Span<byte> signature = stackalloc byte[PrivateKey.SignatureSize];
        key.Sign(digest, signature);
        signature[^1] += 27;
        return "0x" + Convert.ToHexStringLower(signature);
    }

    /// <summary>The same payment with other terms, properly signed by this buyer.</summary>
    public PaidRequest Resign(PaidRequest request, Func<Authorization, Authorization> change)
    {
        PaidRequest changed = request.WithAuthorization(change);
        return changed.WithSignature(SignatureOver(changed));
    }

    /// <summary>What a request authorises, as anybody may bring it onto the chain.</summary>
    public static SignedTransferAuthorization AuthorizationOf(PaidRequest request)
    {
        TransferTerms terms = TermsOf(request.Payment!.Payload!.Authorization!);
        return new SignedTransferAuthorization(
            terms.From, terms.To, terms.Value.Units, (ulong)terms.ValidAfter, (ulong)terms.ValidBefore, terms.Nonce.Value, request.SignatureBytes());
    }

    public static TransferTerms TermsOf(Authorization terms) => new(
        Address.Parse(terms.From), Address.Parse(terms.To), AtomicAmount.Parse(terms.Value),
        UInt256.Parse(terms.ValidAfter), UInt256.Parse(terms.ValidBefore), Nonce.Parse(terms.Nonce));

    public async Task<X402Reply> PayAsync(PaidRequest request, SalesDesk? desk = null, string? fromPeer = null) =>
        await (desk ?? world.Desk).HandlePaidRequestAsync(request, Call(fromPeer), CancellationToken.None);

    /// <summary>The same for a buyer that hears pieces of the answer.</summary>
    public async Task<X402Reply> PayInPiecesAsync(PaidRequest request, IPieceSink pieces) =>
        await world.Desk.HandlePaidRequestAsync(request, Call() with { Pieces = pieces }, CancellationToken.None);

    public async Task<X402Reply> BuyAsync(string input = "work", string agent = World.Agent) => await PayAsync(await SignAsync(input, agent));

    public Task<ulong> BalanceAsync() => world.Chain.BalanceAsync(Address);

    public PaymentKey KeyOf(PaidRequest request) => new(
        NetworkId.BaseSepolia, world.Chain.Token.Address, Address, Nonce.Parse(request.Payment!.Payload!.Authorization!.Nonce));

    private X402Call Call(string? fromPeer = null) => new(fromPeer ?? peer, world.Clock.GetUtcNow());

    private static OfferPolicy Policy(PaymentRequired quote) => new()
    {
        Payee = null,
        ListedPrice = AtomicAmount.Parse(quote.Requirements!.Amount),
        Cap = AtomicAmount.Parse(quote.Requirements.Amount),
        AcceptsKeep = true,
    };
}
