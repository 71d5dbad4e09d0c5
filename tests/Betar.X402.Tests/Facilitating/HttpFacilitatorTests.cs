using System.Net;
using System.Text;
using Betar.Ethereum;
using Betar.X402.Facilitating;
using Betar.X402.Settling;
using Betar.X402.Tests.Support;
using Betar.X402.Wire;

namespace Betar.X402.Tests.Facilitating;

public sealed class HttpFacilitatorTests : IDisposable
{
    private const string Valid = """{"isValid":true,"payer":"0x1"}""";
    private static readonly string Settled = $$"""{"success":true,"transaction":"{{ScriptedChannel.Transaction}}","network":"eip155:84532"}""";
    private readonly FacilitatorBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task It_asks_what_the_protocol_says()
    {
        var handler = new ScriptedHandler(ScriptedHandler.Json(Valid), ScriptedHandler.Json(Settled));
        var facilitator = New(handler);

        Assert.True((await facilitator.VerifyAsync(_bench.Call(), default)).IsValid);
        Assert.True((await facilitator.SettleAsync(_bench.Call(), "a-1", default)).Success);

        Assert.Equal([("/base/verify", null), ("/base/settle", "a-1")], handler.Requests.Select(request => (request.Path, request.Attempt)));
        Assert.Equal(Encoding.UTF8.GetString(WireCodec.Write(_bench.Call())), handler.Requests[1].Body);
    }

    [Fact]
    public async Task What_it_supports()
    {
        var handler = new ScriptedHandler(ScriptedHandler.Json("""{"kinds":[{"x402Version":1,"scheme":"exact","network":"base"}],"extensions":[],"signers":{}}"""));

        Assert.True((await New(handler).SupportedAsync(default)).Has(1, "exact", "eip155:8453"));
        Assert.Equal("/base/supported", Assert.Single(handler.Requests).Path);
    }

    [Fact]
    public async Task A_facilitator_that_says_nothing_is_unavailable() =>
        await Assert.ThrowsAsync<FacilitatorUnavailableException>(() => New(new ScriptedHandler(ScriptedHandler.Json("no"))).SupportedAsync(default));

    [Fact]
    public async Task A_verification_is_asked_for_again()
    {
        var handler = new ScriptedHandler(
            ScriptedHandler.Json("oops", HttpStatusCode.InternalServerError), ScriptedHandler.Fails(HttpRequestError.ConnectionError), ScriptedHandler.Json(Valid));

        Assert.True((await New(handler).VerifyAsync(_bench.Call(), default)).IsValid);
        Assert.Equal(3, handler.Requests.Count);
    }

    [Fact]
    public async Task A_verification_is_given_up_in_the_end()
    {
        var handler = new ScriptedHandler(ScriptedHandler.Json("", HttpStatusCode.BadGateway));

        var response = await New(handler).VerifyAsync(_bench.Call(), default);

        Assert.Equal((false, WireReasons.UnexpectedVerifyError, 3), (response.IsValid, response.InvalidReason, handler.Requests.Count));
        Assert.Equal("the facilitator did not answer", response.InvalidMessage);
    }

    [Fact]
    public async Task A_settlement_that_never_left_is_sent_again()
    {
        var handler = new ScriptedHandler(ScriptedHandler.Fails(HttpRequestError.ConnectionError), ScriptedHandler.Fails(HttpRequestError.NameResolutionError), ScriptedHandler.Json(Settled));

        Assert.True((await New(handler).SettleAsync(_bench.Call(), "a", default)).Success);
        Assert.Equal(3, handler.Requests.Count);
        Assert.Single(handler.Requests.Select(request => (request.Body, request.Attempt)).Distinct());
    }

    [Fact]
    public async Task A_facilitator_that_is_not_there_has_settled_nothing()
    {
        var response = await New(new ScriptedHandler(ScriptedHandler.Fails(HttpRequestError.ConnectionError))).SettleAsync(_bench.Call(), "a", default);

        Assert.Equal((false, WireReasons.UnexpectedSettleError), (response.Success, response.ErrorReason));
        Assert.Equal(("the facilitator cannot be reached", "eip155:84532"), (response.ErrorMessage, response.Network));
    }

    public static TheoryData<string> Losses => ["5xx", "reset", "not json", "too long"];

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_settlement_whose_answer_is_lost_is_pending_and_not_sent_again(string loss)
    {
        var handler = new ScriptedHandler(loss switch
        {
            "5xx" => ScriptedHandler.Json(Settled, HttpStatusCode.ServiceUnavailable),
            "reset" => ScriptedHandler.Fails(HttpRequestError.ResponseEnded),
            "not json" => ScriptedHandler.Json("<html>"),
            _ => ScriptedHandler.Json(Settled.PadRight(70_000)),
        });

        var response = await New(handler).SettleAsync(_bench.Call(), "a", default);

        Assert.True(response.IsPending);
        Assert.Equal(("the facilitator's answer was lost", "eip155:84532"), (response.ErrorMessage, response.Network));
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task A_settlement_that_takes_too_long_is_pending_and_not_sent_again()
    {
        var asked = new TaskCompletionSource();
        var handler = new ScriptedHandler(ScriptedHandler.Hangs(_bench.Time, asked));
        var settling = New(handler).SettleAsync(_bench.Call(), "a", default);
        await asked.Task;

        _bench.Time.Advance(TimeSpan.FromSeconds(90));

        Assert.True((await settling).IsPending);
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task A_caller_who_gives_up_is_not_told_anything()
    {
        using var cancellation = new CancellationTokenSource();
        var asked = new TaskCompletionSource();
        var settling = New(new ScriptedHandler(ScriptedHandler.Hangs(_bench.Time, asked))).SettleAsync(_bench.Call(), "a", cancellation.Token);
        await asked.Task;

        cancellation.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => settling);
    }

    [Theory]
    [InlineData(SettlementStatus.Settled, true, false)]
    [InlineData(SettlementStatus.Unused, false, true)]
    [InlineData(SettlementStatus.Pending, false, true)]
    [InlineData(SettlementStatus.Used, false, true)]
    public async Task A_lost_answer_is_looked_up_on_the_chain(SettlementStatus status, bool success, bool pending)
    {
        var lookUp = new LookUp(new SettlementOutcome(status) { Transaction = ScriptedChannel.Transaction });

        var response = await New(new ScriptedHandler(ScriptedHandler.Fails(HttpRequestError.ResponseEnded)), lookUp).SettleAsync(_bench.Call(), "a", default);

        Assert.Equal((success, pending, ""), (response.Success, response.IsPending, lookUp.Asked));
        Assert.Equal(success ? null : WireReasons.SettlementPending, response.ErrorReason);
    }

    [Theory]
    [InlineData(SettlementStatus.Settled, null)]
    [InlineData(SettlementStatus.Pending, WireReasons.SettlementPending)]
    [InlineData(SettlementStatus.TransferMissing, WireReasons.UnexpectedSettleError)]
    [InlineData(SettlementStatus.Reverted, WireReasons.UnexpectedSettleError)]
    public async Task What_a_facilitator_claims_is_checked_on_the_chain(SettlementStatus status, string? reason)
    {
        var lookUp = new LookUp(new SettlementOutcome(status) { Detail = "not yet" });

        var response = await New(new ScriptedHandler(ScriptedHandler.Json(Settled)), lookUp).SettleAsync(_bench.Call(), "a", default);

        Assert.Equal(
            status switch { SettlementStatus.Settled => null, SettlementStatus.Pending => "not yet", _ => "the chain does not hold what the facilitator claims" },
            response.ErrorMessage);
        Assert.Equal((reason is null, reason, ScriptedChannel.Transaction.ToString()), (response.Success, response.ErrorReason, lookUp.Asked));
    }

    [Fact]
    public async Task A_refusal_is_told_as_it_is_whatever_its_status()
    {
        const string refused = """{"success":false,"errorReason":"invalid_exact_evm_nonce_already_used","transaction":"","network":"base-sepolia"}""";

        var response = await New(new ScriptedHandler(ScriptedHandler.Json(refused, HttpStatusCode.BadRequest))).SettleAsync(_bench.Call(), "a", default);

        Assert.Equal(("invalid_exact_evm_nonce_already_used", "eip155:84532"), (response.ErrorReason, response.Network));
    }

    [Fact]
    public async Task Its_headers_are_ours_for_each_endpoint()
    {
        string? seen = null;
        var handler = new ScriptedHandler((request, _) =>
        {
            seen = request.Headers.GetValues("Authorization").Single();
            return Task.FromResult(new HttpResponseMessage { Content = new StringContent(Valid) });
        });
        var options = new HttpFacilitatorOptions
        {
            Address = new Uri("http://facilitator.example"),
            Headers = (endpoint, _) => ValueTask.FromResult<IReadOnlyList<KeyValuePair<string, string>>>([new("Authorization", "Bearer " + endpoint)]),
        };

        await new HttpFacilitator(new HttpClient(handler), options, _bench.Time).VerifyAsync(_bench.Call(), default);

        Assert.Equal("Bearer verify", seen);
    }

    [Fact]
    public async Task The_chain_is_read_past_the_facilitator()
    {
        var chains = new Betar.X402.Schemes.Chains(new Dictionary<NetworkId, IChainClient> { [NetworkId.BaseSepolia] = _bench.Chain });
        var lookUp = new ChainLookUp(new Betar.X402.Schemes.SchemeSet(_bench.Schemes), chains);
        _bench.Chain.Answers["e94a0102"] = FacilitatorBench.Word(UInt256.Zero);

        Assert.Equal(SettlementStatus.Unused, (await lookUp.LookUpAsync(_bench.Call(), "", default)).Status);
        Assert.Equal(SettlementStatus.Pending, (await lookUp.LookUpAsync(_bench.Call() with { Requirement = FacilitatorBench.Offer with { Scheme = "x" } }, "", default)).Status);
    }

    [Fact]
    public void Options_out_of_range_are_all_named() => Assert.Equal(5, new HttpFacilitatorOptions
    {
        Address = new Uri("ftp://x"), SettleTimeout = TimeSpan.Zero, VerifyTimeout = TimeSpan.FromHours(1), MaxAttempts = 0, RetryDelay = TimeSpan.FromMinutes(1),
    }.Validate().Count);

    private HttpFacilitator New(HttpMessageHandler handler, ISettlementLookUp? lookUp = null) => new(
        new HttpClient(handler), new HttpFacilitatorOptions { Address = new Uri("http://facilitator.example/base/"), RetryDelay = TimeSpan.Zero }, _bench.Time, lookUp);

    private sealed class LookUp(SettlementOutcome outcome) : ISettlementLookUp
    {
        internal string? Asked { get; private set; }

        public Task<SettlementOutcome> LookUpAsync(FacilitatorCall call, string transaction, CancellationToken cancellationToken)
        {
            Asked = transaction;
            return Task.FromResult(outcome);
        }
    }
}
