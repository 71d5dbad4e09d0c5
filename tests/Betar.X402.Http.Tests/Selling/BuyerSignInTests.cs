using System.Net;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.X402.Extensions.SignInWithX;
using Betar.X402.Http.Selling;
using Betar.X402.Http.Tests.Support;
using Betar.X402.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace Betar.X402.Http.Tests.Selling;

/// <summary>Who bought signs in and gets it again; nobody else does, and nothing is worked or paid for twice.</summary>
public sealed class BuyerSignInTests : IAsyncLifetime
{
    private readonly PrivateKey _buyer = Vectors.PayerKey();
    private readonly PrivateKey _stranger = Vectors.Key("marketplace other seller");
    private WebBench _bench = null!;
    private int _runs;

    public async Task InitializeAsync() => _bench = await WebBench.StartAsync(
        app =>
        {
            app.MapPaid("/mine", new PaidResource { Price = 50_000, SignIn = true }, () => $"work {Interlocked.Increment(ref _runs)}");
            app.MapPaid("/plain", 50_000, () => $"work {Interlocked.Increment(ref _runs)}");
        },
        signsIn: true);

    public async Task DisposeAsync()
    {
        _buyer.Dispose();
        _stranger.Dispose();
        await _bench.DisposeAsync();
    }

    [Fact]
    public async Task A_buyer_who_signs_in_gets_its_answer_again_without_paying()
    {
        using var bought = await _bench.SendAsync("/mine", await _bench.PaymentAsync("/mine"));
        _bench.Time.Advance(TimeSpan.FromHours(20));

        using var again = await SignInAsync("/mine", _buyer);

        Assert.Equal((HttpStatusCode.OK, "work 1"), (again.StatusCode, await again.Content.ReadAsStringAsync()));
        Assert.Equal(WebBench.Settlement(bought)!.Transaction, WebBench.Settlement(again)!.Transaction);
        Assert.True(again.Headers.CacheControl!.Private);
        Assert.Equal((1, 50_000), (_runs, await _bench.SellersMoneyAsync()));
    }

    [Fact]
    public async Task A_sign_in_is_good_for_one_request()
    {
        using var bought = await _bench.SendAsync("/mine", await _bench.PaymentAsync("/mine"));
        var header = await HeaderAsync("/mine", _buyer);
        using var first = await _bench.SendAsync("/mine", header);

        using var replay = await _bench.SendAsync("/mine", header);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.PaymentRequired, "invalid_siwx_nonce"), (first.StatusCode, replay.StatusCode, WebBench.Error(replay)));
    }

    [Fact]
    public async Task Nobody_gets_what_another_bought_or_what_nobody_did()
    {
        using var bought = await _bench.SendAsync("/mine", await _bench.PaymentAsync("/mine"));

        using var stranger = await SignInAsync("/mine", _stranger);
        using var other = await SignInAsync("/mine?other", _buyer);
        _bench.Time.Advance(TimeSpan.FromHours(25));
        using var late = await SignInAsync("/mine", _buyer);

        Assert.All(new[] { stranger, other, late }, response => Assert.Equal(HttpStatusCode.PaymentRequired, response.StatusCode));
        Assert.Equal(1, _runs);
    }

    [Fact]
    public async Task A_message_that_somebody_else_signed_or_for_another_server_is_refused()
    {
        using var bought = await _bench.SendAsync("/mine", await _bench.PaymentAsync("/mine"));
        var message = await MessageAsync("/mine", _buyer);

        using var forged = await SendAsync("/mine", SignInExtension.Sign(message, _stranger));
        using var elsewhere = await SendAsync("/mine", SignInExtension.Sign(message with { Domain = "evil.example" }, _buyer));
        _bench.Time.Advance(TimeSpan.FromMinutes(6));
        using var old = await SendAsync("/mine", SignInExtension.Sign(message, _buyer));

        Assert.Equal(
            ["invalid_siwx_signature", "invalid_siwx_domain_mismatch", "invalid_siwx_issued_at_too_old"], new[] { forged, elsewhere, old }.Select(WebBench.Error));
    }

    [Fact]
    public async Task What_is_no_sign_in_is_refused()
    {
        var (name, value) = await HeaderAsync("/mine", _buyer);
        foreach (var header in new[] { "", "x", value + "," + value, Convert.ToBase64String("{}"u8) })
        {
            using var response = await _bench.SendAsync("/mine", (name, header));
            Assert.Equal((HttpStatusCode.PaymentRequired, "invalid_payload"), (response.StatusCode, WebBench.Error(response)));
        }
    }

    [Fact]
    public async Task Beside_a_payment_a_sign_in_counts_for_nothing_and_is_not_used_up()
    {
        using var bought = await _bench.SendAsync("/mine", await _bench.PaymentAsync("/mine"));
        var header = await HeaderAsync("/mine", _buyer);

        using var paid = await _bench.SendAsync("/mine", header, await _bench.PaymentAsync("/mine"));
        using var signed = await _bench.SendAsync("/mine", header);

        Assert.Equal(("work 2", "work 2"), (await paid.Content.ReadAsStringAsync(), await signed.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Where_it_is_not_offered_nobody_is_invited_and_nobody_signs_in()
    {
        using var bought = await _bench.SendAsync("/plain", await _bench.PaymentAsync("/plain"));
        var header = await HeaderAsync("/mine", _buyer);

        using var response = await _bench.SendAsync("/plain", header);

        Assert.Equal(HttpStatusCode.PaymentRequired, response.StatusCode);
        Assert.Null((await _bench.DemandAsync("/plain")).Extensions);
    }

    private async Task<SignInMessage> MessageAsync(string path, PrivateKey key)
    {
        var demand = await _bench.DemandAsync(path);
        return SignInExtension.Read(demand.Extensions, new Uri(_bench.Address, path), Address.FromKey(key), NetworkId.BaseSepolia)!;
    }

    private async Task<(string Name, string Value)> HeaderAsync(string path, PrivateKey key) =>
        (SignInPayload.HeaderName, SignInExtension.Sign(await MessageAsync(path, key), key).ToHeader());

    private async Task<HttpResponseMessage> SignInAsync(string path, PrivateKey key) => await _bench.SendAsync(path, await HeaderAsync(path, key));

    private Task<HttpResponseMessage> SendAsync(string path, SignInPayload payload) => _bench.SendAsync(path, (SignInPayload.HeaderName, payload.ToHeader()));
}
