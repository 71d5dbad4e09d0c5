using Betar.Crypto;
using Betar.X402.Buying;
using Betar.X402.Calling;
using Betar.X402.Challenges;
using Betar.X402.Framing;
using Betar.X402.Networks;
using Betar.X402.Protocol;
using Betar.X402.Serving;
using Betar.X402.Tests.Support;
using Betar.X402.Verification;

namespace Betar.X402.Tests.Serving;

/// <summary>The rooms of this project together: a seller without grains and a buyer without a wallet, over one connection.</summary>
public sealed class WorkedExchangeTests : IDisposable
{
    private readonly PaymentFixture _fixture = new();
    private readonly SmallSeller _seller;
    private readonly X402StreamServer _server;

    public WorkedExchangeTests()
    {
        _seller = new SmallSeller(_fixture);
        _server = new X402StreamServer(_seller, new X402ServerOptions(), _fixture.Time, (fault, _) => Assert.Fail(fault.ToString()));
    }

    public void Dispose()
    {
        _server.Dispose();
        _fixture.Dispose();
    }

    [Fact]
    public async Task Ask_sign_pay_and_ask_again()
    {
        var (buyerEnd, sellerEnd) = ScriptedStream.Pair();
        var serving = _server.ServeAsync(sellerEnd, "12D3KooWBuyer", default);
        using var client = new X402StreamClient(buyerEnd, new X402ClientOptions(), _fixture.Time);
        var signer = new AuthorizationSigner(_fixture.BuyerKey, _fixture.Time);
        var body = new TaskBody(Golden.Input, Golden.AgentDid).Write();

        var asked = await client.RequestAsync(new X402Request { CorrelationId = "c-1", Resource = Golden.AgentDid, Body = body }, default);
        var quote = Assert.IsType<PaymentRequired>(asked.Reply);
        var signed = signer.Sign(quote, new OfferPolicy { Payee = PaymentFixture.SellerAccount, ListedPrice = 1000, Cap = 1000 });
        Assert.True(signed.IsSigned);

        var paid = new PaidRequest { CorrelationId = "c-1", Payment = signed.Payment, Body = body };
        var answer = Assert.IsType<X402Response>((await client.PayAsync(paid, default)).Reply);
        Assert.Equal("answer 1", OutputBody.Decode(answer.Body.Span));

        // Asked again after a minute, after the quote's end and almost a day: the stored answer, no second execution.
        foreach (var later in new[] { TimeSpan.FromSeconds(61), TimeSpan.FromMinutes(6), TimeSpan.FromHours(23) })
        {
            await PassAsync(later, client);
            using var again = Connect("12D3KooWBuyer", out _);
            Assert.Equal(answer.Body.ToArray(), Assert.IsType<X402Response>((await again.PayAsync(paid, default)).Reply).Body.ToArray());
        }

        Assert.Equal(1, _seller.Executions);
        await buyerEnd.DisposeAsync();
        Assert.True(await serving is ConnectionEnd.Closed or ConnectionEnd.Idle);
    }

    [Fact]
    public async Task Another_peer_with_the_same_payment_gets_nothing()
    {
        var (paid, _) = await BuyAsync();
        using var thief = Connect("12D3KooWThief", out _);
        var error = Assert.IsType<X402Error>((await thief.PayAsync(paid, default)).Reply);
        Assert.Equal(StreamErrorCode.PaymentNonceUsed, error.Code);
        Assert.Equal(1, _seller.Executions);
    }

    [Fact]
    public async Task A_quote_of_one_peer_is_no_use_to_another()
    {
        using var buyer = Connect("12D3KooWBuyer", out _);
        using var thief = Connect("12D3KooWThief", out _);
        var paid = await SignAsync(buyer);
        var error = Assert.IsType<X402Error>((await thief.PayAsync(paid, default)).Reply);
        Assert.Equal(StreamErrorCode.PaymentNonceMismatch, error.Code);
        Assert.IsType<X402Response>((await buyer.PayAsync(paid, default)).Reply);
    }

    [Fact]
    public async Task The_same_quote_cannot_pay_for_another_body()
    {
        using var buyer = Connect("12D3KooWBuyer", out _);
        var paid = await SignAsync(buyer);
        var other = paid with { Body = new TaskBody("something dearer", Golden.AgentDid).Write() };
        Assert.Equal(StreamErrorCode.PaymentNonceMismatch, Assert.IsType<X402Error>((await buyer.PayAsync(other, default)).Reply).Code);
        Assert.Equal(0, _seller.Executions);
    }

    [Fact]
    public async Task A_late_first_payment_is_told_to_ask_again()
    {
        using var buyer = Connect("12D3KooWBuyer", out _);
        var paid = await SignAsync(buyer);
        _fixture.Time.Advance(TimeSpan.FromMinutes(6));
        using var late = Connect("12D3KooWBuyer", out _);
        var error = Assert.IsType<X402Error>((await late.PayAsync(paid, default)).Reply);
        Assert.Equal(StreamErrorCode.PaymentNonceExpired, error.Code);
        Assert.True(error.Retryable);
        Assert.Equal(0, _seller.Executions);
    }

    [Fact]
    public async Task A_price_change_does_not_break_an_open_quote_and_counts_for_the_next()
    {
        using var buyer = Connect("12D3KooWBuyer", out _);
        var paid = await SignAsync(buyer);
        _seller.Offer = _seller.Offer with { Amount = 2000 };
        Assert.IsType<X402Response>((await buyer.PayAsync(paid, default)).Reply);
        var quote = Assert.IsType<PaymentRequired>((await buyer.RequestAsync(Request(), default)).Reply);
        Assert.Equal("2000", quote.Requirements!.Amount);
    }

    [Fact]
    public async Task Two_payers_may_use_one_nonce()
    {
        using var otherKey = PrivateKey.Generate();
        using var first = Connect("12D3KooWBuyer", out _);
        var quote = Assert.IsType<PaymentRequired>((await first.RequestAsync(Request(), default)).Reply);
        var policy = new OfferPolicy { Payee = PaymentFixture.SellerAccount, ListedPrice = 1000, Cap = 1000 };
        var one = new AuthorizationSigner(_fixture.BuyerKey, _fixture.Time).Sign(quote, policy);
        var two = new AuthorizationSigner(otherKey, _fixture.Time).Sign(quote, policy);
        Assert.NotEqual(one.Key, two.Key);
        Assert.IsType<X402Response>((await first.PayAsync(new PaidRequest { CorrelationId = "c-1", Payment = one.Payment, Body = Request().Body }, default)).Reply);
        Assert.IsType<X402Response>((await first.PayAsync(new PaidRequest { CorrelationId = "c-1", Payment = two.Payment, Body = Request().Body }, default)).Reply);
        Assert.Equal(2, _seller.Executions);
    }

    [Fact]
    public async Task A_paid_request_without_payment_or_resource_is_refused_and_harms_nobody()
    {
        using var buyer = Connect("12D3KooWBuyer", out _);
        Assert.Equal(StreamErrorCode.PaymentInvalid, await CodeAsync(buyer, new PaidRequest { Body = Request().Body }));
        Assert.Equal(StreamErrorCode.InvalidMessage, await CodeAsync(buyer, new PaidRequest { Body = "{}"u8.ToArray(), Payment = new PaymentEnvelope() }));
        Assert.Equal(StreamErrorCode.InvalidMessage, await CodeAsync(buyer, new PaidRequest { Payment = new PaymentEnvelope() }));
        Assert.Equal(StreamErrorCode.PaymentInvalid, await CodeAsync(buyer, new PaidRequest { Body = Request().Body, Payment = new PaymentEnvelope() }));
        var (_, answer) = await BuyAsync();
        Assert.Equal("answer 1", OutputBody.Decode(answer.Body.Span));
    }

    private static X402Request Request() =>
        new() { CorrelationId = "c-1", Resource = Golden.AgentDid, Body = new TaskBody(Golden.Input, Golden.AgentDid).Write() };

    private static async Task<StreamErrorCode> CodeAsync(X402StreamClient client, PaidRequest request) =>
        Assert.IsType<X402Error>((await client.PayAsync(request, default)).Reply).Code;

    private async Task<(PaidRequest Paid, X402Response Answer)> BuyAsync()
    {
        using var buyer = Connect("12D3KooWBuyer", out _);
        var paid = await SignAsync(buyer);
        return (paid, Assert.IsType<X402Response>((await buyer.PayAsync(paid, default)).Reply));
    }

    private async Task<PaidRequest> SignAsync(X402StreamClient client)
    {
        var quote = Assert.IsType<PaymentRequired>((await client.RequestAsync(Request(), default)).Reply);
        var policy = new OfferPolicy { Payee = PaymentFixture.SellerAccount, ListedPrice = 1000, Cap = 1000 };
        var signed = new AuthorizationSigner(_fixture.BuyerKey, _fixture.Time).Sign(quote, policy);
        return new PaidRequest { CorrelationId = "c-1", Payment = signed.Payment, Body = Request().Body };
    }

    private X402StreamClient Connect(string peer, out Task<ConnectionEnd> serving)
    {
        var (buyerEnd, sellerEnd) = ScriptedStream.Pair();
        serving = _server.ServeAsync(sellerEnd, peer, default);
        return new X402StreamClient(buyerEnd, new X402ClientOptions(), _fixture.Time);
    }

    private Task PassAsync(TimeSpan time, X402StreamClient client)
    {
        Assert.True(client.IsUsable);
        _fixture.Time.Advance(time);
        return Task.CompletedTask;
    }

    /// <summary>The order of the checks as a seller is meant to use them, with a dictionary in place of a ledger.</summary>
    private sealed class SmallSeller(PaymentFixture fixture) : IX402Handler
    {
        private readonly Dictionary<PaymentKey, (Betar.Ethereum.Hash32 Fingerprint, byte[] Output)> _sessions = [];

        internal int Executions { get; private set; }

        internal PaymentOffer Offer { get; set; } = fixture.Offer;

        public ValueTask<X402Reply> HandleRequestAsync(X402Request request, X402Call call, CancellationToken cancellationToken)
        {
            var challenge = fixture.Issuer.Issue(Terms(request.Resource, request.CorrelationId, request.Body, call.Peer));
            return new(new PaymentRequired
            {
                CorrelationId = request.CorrelationId, ChallengeNonce = challenge.Nonce.ToBareString(),
                ChallengeExpiresAt = challenge.ExpiresAt.ToUnixTimeSeconds(), Requirements = Offer.ToRequirements(),
            });
        }

        public ValueTask<X402Reply> HandlePaidRequestAsync(PaidRequest request, X402Call call, CancellationToken cancellationToken)
        {
            if (TaskBody.Parse(request.Body.Span).Value is not { Resource.Length: > 0 } task)
            {
                return Refuse(request, StreamErrorCode.InvalidMessage, "no resource");
            }

            if (request.Payment is null)
            {
                return Refuse(request, StreamErrorCode.PaymentInvalid, "no payment");
            }

            var binding = PaymentBinding.Challenge(Terms(task.Resource, request.CorrelationId, request.Body, call.Peer));
            var outcome = fixture.Verifier.CheckSyntaxAndCheapFields(request.Payment, Offer, binding, out var payment);
            outcome = outcome.IsAccepted ? fixture.Verifier.CheckSignature(payment!) : outcome;
            if (!outcome.IsAccepted)
            {
                return Refuse(request, outcome.Code, outcome.Reason.Text);
            }

            var fingerprint = RequestFingerprint.Compute(call.Peer, task.Resource, request.CorrelationId, request.Body.Span);
            if (_sessions.TryGetValue(payment!.Key, out var session))
            {
                return session.Fingerprint == fingerprint
                    ? Answer(request, session.Output)
                    : Refuse(request, VerificationReasons.NonceReserved.Code, VerificationReasons.NonceReserved.Text);
            }

            outcome = fixture.Verifier.CheckFresh(payment, Offer, binding, fixture.Time.GetUtcNow());
            if (!outcome.IsAccepted)
            {
                return Refuse(request, outcome.Code, outcome.Reason.Text);
            }

            var output = OutputBody.Write($"answer {++Executions}");
            _sessions.Add(payment.Key, (fingerprint, output));
            return Answer(request, output);
        }

        private ChallengeTerms Terms(string resource, string correlationId, ReadOnlyMemory<byte> body, string peer) => new(
            "did:key:seller", resource, Offer.PayTo, Offer.Amount, Offer.Asset.Network, Offer.Asset.Address, correlationId,
            ChallengeTerms.HashBody(body.Span), peer);

        private static ValueTask<X402Reply> Answer(PaidRequest request, byte[] output) =>
            new(new X402Response { CorrelationId = request.CorrelationId, TxHash = "0x01", Body = output });

        private static ValueTask<X402Reply> Refuse(PaidRequest request, StreamErrorCode code, string reason) =>
            new(X402Error.Create(code, request.CorrelationId, reason));
    }
}
