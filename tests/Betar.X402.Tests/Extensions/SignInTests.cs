using System.Text;
using System.Text.Json.Nodes;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Tests.Shared;
using Betar.X402.Extensions.SignInWithX;
using Betar.X402.Tests.Support;
using Betar.X402.Wire;

namespace Betar.X402.Tests.Extensions;

/// <summary>Signing in: the official packages' messages to the byte, and each check with its one fault.</summary>
public sealed class SignInTests : IDisposable
{
    private const string Nonce = "0123456789abcdef0123456789abcdef";
    private static readonly DateTimeOffset Issued = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Uri Origin = new("https://alice.example");

    private readonly ManualTime _time = new(Issued + TimeSpan.FromSeconds(10));
    private readonly PrivateKey _payer = Vectors.PayerKey();
    private readonly OpenNonces _nonces = new();

    private static SignInMessage Message => new("alice.example", Address.Parse(Vectors.Payer), "https://alice.example/a2a", 84532, Nonce, "2026-09-01T12:00:00.000Z")
    {
        Resources = ["https://alice.example/a2a"],
    };

    public void Dispose() => _payer.Dispose();

    [Fact]
    public void The_official_messages_signatures_and_headers()
    {
        var full = Message with
        {
            Statement = "Sign in to read again.", ExpirationTime = "2026-09-01T12:05:00.000Z", NotBefore = "2026-09-01T11:59:00.000Z", RequestId = "r-1", Resources = [],
        };
        foreach (var (message, text, signature, header) in new[]
                 {
                     (Message, ExtensionVectors.SignIn, ExtensionVectors.SignInSignature, ExtensionVectors.SignInHeader),
                     (full, ExtensionVectors.LongSignIn, ExtensionVectors.LongSignInSignature, ExtensionVectors.LongSignInHeader),
                 })
        {
            var signed = SignInExtension.Sign(message, _payer);
            Assert.Equal((text, signature, header), (message.ToText(), signed.Signature, signed.ToHeader()));
            Assert.True(SignInMessage.TryParse(text, out var parsed));
            Assert.Equal(text, parsed!.ToText());
            var read = SignInPayload.ParseHeader(header).Value!;
            Assert.Equal((text, signature), (read.Message.ToText(), read.Signature));
        }
    }

    [Fact]
    public async Task A_right_one_is_taken_once()
    {
        var payload = SignInExtension.Sign(Message, _payer);
        Assert.Equal("", (await CheckAsync(payload)).Reason);
        Assert.Equal("invalid_siwx_nonce", (await CheckAsync(payload)).Reason);
        Assert.DoesNotContain(payload.Signature[4..20], payload.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_check_has_its_reason_and_uses_no_nonce_up()
    {
        using var stranger = Vectors.Key("marketplace other seller");
        (string Reason, SignInPayload Payload)[] faults =
        [
            ("invalid_siwx_domain_mismatch", Sign(Message with { Domain = "mallory.example" })),
            ("invalid_siwx_domain_mismatch", Sign(Message with { Domain = "alice.example:8443" })),
            ("invalid_siwx_uri_mismatch", Sign(Message with { Uri = "https://mallory.example/a2a" })),
            ("invalid_siwx_uri_mismatch", Sign(Message with { Uri = "http://alice.example/a2a" })),
            ("invalid_siwx_uri_mismatch", Sign(Message with { Uri = "/a2a" })),
            ("invalid_siwx_unsupported_chain", Sign(Message with { ChainId = 8453 })),
            ("invalid_siwx_issued_at", Sign(Message with { IssuedAt = "2026-09-01T12:00:00" })),
            ("invalid_siwx_issued_at", Sign(Message with { IssuedAt = "yesterday" })),
            ("invalid_siwx_issued_at_too_old", Sign(Message with { IssuedAt = "2026-09-01T11:55:09Z" })),
            ("invalid_siwx_issued_at_in_future", Sign(Message with { IssuedAt = "2026-09-01T12:00:26Z" })),
            ("invalid_siwx_expiration_time", Sign(Message with { ExpirationTime = "soon" })),
            ("invalid_siwx_expired", Sign(Message with { ExpirationTime = "2026-09-01T12:00:10Z" })),
            ("invalid_siwx_not_before", Sign(Message with { NotBefore = "later" })),
            ("invalid_siwx_not_yet_valid", Sign(Message with { NotBefore = "2026-09-01T12:00:26Z" })),
            ("invalid_siwx_signature", SignInExtension.Sign(Message, stranger)),
            ("invalid_siwx_signature", Sign(Message) with { Message = Message with { RequestId = "r-2" } }),
            ("invalid_siwx_signature", Sign(Message) with { Signature = "0x" }),
            ("invalid_siwx_nonce", Sign(Message with { Nonce = "fedcba9876543210" })),
        ];
        foreach (var (reason, payload) in faults)
            Assert.Equal(reason, (await CheckAsync(payload)).Reason);
        Assert.True((await CheckAsync(Sign(Message))).IsValid);
    }

    [Theory]
    [InlineData("2026-09-01T11:55:10Z")]
    [InlineData("2026-09-01T12:00:25Z")]
    [InlineData("2026-09-01T14:00:00+02:00")]
    [InlineData("2026-09-01T12:00:00.1234567Z")]
    public async Task The_ends_of_the_window_and_every_form_of_a_time(string issued) => Assert.Equal("", (await CheckAsync(Sign(Message with { IssuedAt = issued }))).Reason);

    [Theory]
    [InlineData("statement", "read\n\nURI: https://mallory.example")]
    [InlineData("domain", "")]
    [InlineData("uri", "https://alice.example/\u0001")]
    [InlineData("nonce", "short")]
    [InlineData("nonce", "0123 456789")]
    [InlineData("issuedAt", "2026-09-01T12:00:00Z\nNonce: 0123456789abcdef")]
    [InlineData("version", "2")]
    [InlineData("type", "ed25519")]
    [InlineData("signatureScheme", "eip1271")]
    [InlineData("chainId", "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp")]
    [InlineData("address", "0x40D6")]
    public void A_field_that_could_be_taken_for_another_spoils_the_header(string member, string value)
    {
        var json = JsonNode.Parse(Convert.FromBase64String(ExtensionVectors.SignInHeader))!;
        json[member] = value;
        Assert.False(SignInPayload.ParseHeader(Convert.ToBase64String(Encoding.UTF8.GetBytes(json.ToJsonString()))).IsOk);
    }

    [Fact]
    public void Too_much_is_refused()
    {
        Assert.False(SignInPayload.ParseHeader("not base64").IsOk);
        Assert.False(SignInPayload.ParseHeader(ExtensionVectors.SignInHeader, new WireLimits { MaxHeaderLength = ExtensionVectors.SignInHeader.Length - 1 }).IsOk);
        Assert.True(SignInPayload.ParseHeader(ExtensionVectors.SignInHeader, new WireLimits { MaxHeaderLength = ExtensionVectors.SignInHeader.Length }).IsOk);
        Assert.False((Message with { Uri = "https://alice.example/" + new string('a', 2048) }).IsWellFormed);
        Assert.False((Message with { Resources = [.. Enumerable.Repeat("https://alice.example/", 33)] }).IsWellFormed);
        Assert.False((Message with { Nonce = new string('a', 129) }).IsWellFormed);
        Assert.True((Message with { Resources = [.. Enumerable.Repeat("https://alice.example/", 32)], Nonce = new string('a', 128) }).IsWellFormed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("alice.example wants you to sign in with your Ethereum account:")]
    [InlineData("alice.example wants you to sign in with your Ethereum account:\n0x40D6B846c1A945d2dfde794666F3B948FAF126B1\n\n\nURI: https://alice.example/a2a")]
    public void A_text_that_ends_early_is_no_message(string text) => Assert.False(SignInMessage.TryParse(text, out _));

    [Theory]
    [InlineData("Version: 1", "Version: 2")]
    [InlineData("Version: 1", "version: 1")]
    [InlineData(" wants you to sign in", " Wants you to sign in")]
    [InlineData("Chain ID: 84532", "Chain ID: +84532")]
    [InlineData("Chain ID: 84532", "Chain ID: 084532")]
    [InlineData("Resources:", "Sources:")]
    [InlineData("\n\n\n", "\n\n\n\n")]
    [InlineData("0x40D6B846c1A945d2dfde794666F3B948FAF126B1", "0x40d6b846c1a945d2dfde794666f3b948faf126b1")]
    public void One_message_has_one_text(string part, string other) =>
        Assert.False(SignInMessage.TryParse(ExtensionVectors.SignIn.Replace(part, other, StringComparison.Ordinal), out _));

    [Fact]
    public async Task A_server_asks_and_an_account_answers()
    {
        var nonces = new MemorySignInNonces(_time);
        var options = new SignInOptions { Origin = Origin };
        var request = new Uri("https://alice.example/a2a");
        var asked = SignInExtension.Declaration(options, request, await nonces.IssueAsync(_time.GetUtcNow() + options.MaxAge, default), _time.GetUtcNow());

        var message = SignInExtension.Read(asked, request, Address.Parse(Vectors.Payer), NetworkId.BaseSepolia)!;
        var header = SignInExtension.Sign(message, _payer).ToHeader();

        Assert.True((await new SignInVerifier(options, nonces, _time).CheckAsync(SignInPayload.ParseHeader(header).Value!, default)).IsValid);
        Assert.Null(SignInExtension.Read(asked, new Uri("https://mallory.example/a2a"), Address.Parse(Vectors.Payer), NetworkId.BaseSepolia));
        Assert.Null(SignInExtension.Read(asked, new Uri("http://alice.example/a2a"), Address.Parse(Vectors.Payer), NetworkId.BaseSepolia));
        Assert.Null(SignInExtension.Read(asked, request, Address.Parse(Vectors.Payer), new NetworkId(1)));
        Assert.Null(SignInExtension.Read(null, request, Address.Parse(Vectors.Payer), NetworkId.BaseSepolia));
    }

    [Fact]
    public void What_a_server_asks_for_is_what_is_signed()
    {
        var asked = JsonNode.Parse(SignInExtension.Declaration(new SignInOptions { Origin = Origin }, new Uri("https://alice.example/a2a"), Nonce, Issued).GetRawText())!;
        var info = asked["sign-in-with-x"]!["info"]!.AsObject();
        info["statement"] = "Sign in to read again.";
        info["notBefore"] = "2026-09-01T11:59:00.000Z";
        info["requestId"] = "r-1";

        var message = SignInExtension.Read(FacilitatorBench.Json(asked), new Uri("https://alice.example/a2a"), Address.Parse(Vectors.Payer), NetworkId.BaseSepolia)!;

        Assert.Equal(
            ("Sign in to read again.", "2026-09-01T11:59:00.000Z", "r-1", "2026-09-01T12:05:00.000Z", Nonce, "2026-09-01T12:00:00.000Z"),
            (message.Statement, message.NotBefore, message.RequestId, message.ExpirationTime, message.Nonce, message.IssuedAt));
        Assert.Equal(("alice.example", "https://alice.example/a2a", 84532UL, Address.Parse(Vectors.Payer)), (message.Domain, message.Uri, message.ChainId, message.Address));
        Assert.Equal("https://alice.example/a2a", Assert.Single(message.Resources));
    }

    [Fact]
    public async Task Nonces_end_are_used_once_and_do_not_pile_up()
    {
        var nonces = new MemorySignInNonces(_time, most: 2);
        var (first, second, third) = (await IssueAsync(1), await IssueAsync(3), await IssueAsync(2));
        Assert.False(await nonces.TryUseAsync(first, default));
        Assert.False(await nonces.TryUseAsync(second.ToUpperInvariant(), default));
        Assert.True(await nonces.TryUseAsync(second, default));
        Assert.False(await nonces.TryUseAsync(second, default));
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.False(await nonces.TryUseAsync(third, default));
        Assert.Matches("^[0-9a-f]{32}$", third);

        Task<string> IssueAsync(int minutes) => nonces.IssueAsync(_time.GetUtcNow() + TimeSpan.FromMinutes(minutes), default);
    }

    private Task<SignInVerdict> CheckAsync(SignInPayload payload) => new SignInVerifier(new SignInOptions { Origin = Origin }, _nonces, _time).CheckAsync(payload, default);

    private SignInPayload Sign(SignInMessage message) => SignInExtension.Sign(message, _payer);

    private sealed class OpenNonces : ISignInNonces
    {
        private readonly HashSet<string> _open = [Nonce];

        public Task<string> IssueAsync(DateTimeOffset until, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> TryUseAsync(string nonce, CancellationToken cancellationToken) => Task.FromResult(_open.Remove(nonce));
    }
}
