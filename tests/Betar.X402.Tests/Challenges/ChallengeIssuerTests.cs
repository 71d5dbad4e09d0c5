using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Betar.Ethereum;
using Betar.Tests.Shared;
using Betar.X402.Challenges;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Challenges;

public sealed class ChallengeIssuerTests : IDisposable
{
    private static readonly ChallengeTerms Terms = new(
        "did:key:seller", Golden.AgentDid, Address.Parse("0x1a642f0e3c3af545e7acbd38b07251b3990914f1"), 1000, NetworkId.BaseSepolia,
        Address.Parse("0x036cbd53842c5426634e7929541ec2318f3dcf7e"), Golden.CorrelationId, ChallengeTerms.HashBody("body"u8), "12D3KooWBuyer");

    private readonly ManualTime _time = new();
    private readonly ChallengeOptions _options = new();
    private readonly ChallengeKeyRing _keys;
    private readonly ChallengeIssuer _issuer;

    public ChallengeIssuerTests()
    {
        _keys = ChallengeKeyRing.Create(_options, _time);
        _issuer = new ChallengeIssuer(_keys, _options, _time);
    }

    public void Dispose() => _keys.Dispose();

    [Fact]
    public void What_was_issued_is_valid_for_its_terms()
    {
        var challenge = _issuer.Issue(Terms);
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromMinutes(5), challenge.ExpiresAt);
        Assert.Equal(new ChallengeInspection(ChallengeVerdict.Valid, challenge.ExpiresAt), _issuer.Inspect(challenge.Nonce, Terms));
    }

    [Fact]
    public void Two_quotes_of_the_same_terms_differ() => Assert.NotEqual(_issuer.Issue(Terms).Nonce, _issuer.Issue(Terms).Nonce);

    public static TheoryData<string> BoundTerms =>
    [
        "seller", "agent", "payTo", "amount", "network", "asset", "correlation", "body", "peer", "moved boundary", "swapped",
    ];

    [Theory]
    [MemberData(nameof(BoundTerms))]
    public void Each_term_is_bound(string which)
    {
        var changed = which switch
        {
            "seller" => Terms with { Seller = "did:key:seller2" },
            "agent" => Terms with { AgentId = Golden.NodeDid },
            "payTo" => Terms with { PayTo = Terms.Asset },
            "amount" => Terms with { Amount = 1001 },
            "network" => Terms with { Network = new NetworkId(84533) },
            "asset" => Terms with { Asset = Terms.PayTo },
            "correlation" => Terms with { CorrelationId = Golden.CorrelationId + "0" },
            "body" => Terms with { BodyHash = ChallengeTerms.HashBody("Body"u8) },
            "peer" => Terms with { Peer = "12D3KooWOther" },
            "moved boundary" => Terms with { Seller = Terms.Seller + "d", AgentId = Terms.AgentId[1..] },
            _ => Terms with { CorrelationId = Terms.Peer, Peer = Terms.CorrelationId },
        };
        Assert.Equal(ChallengeVerdict.Mismatch, _issuer.Inspect(_issuer.Issue(Terms).Nonce, changed).Verdict);
    }

    [Fact]
    public void Every_bit_of_the_nonce_is_bound()
    {
        var nonce = _issuer.Issue(Terms).Nonce.Value.ToArray();
        for (var bit = 0; bit < 256; bit++)
        {
            var changed = (byte[])nonce.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            var verdict = _issuer.Inspect(new Nonce(changed), Terms).Verdict;
            Assert.Equal(bit / 8 == 5 ? ChallengeVerdict.UnknownKey : ChallengeVerdict.Mismatch, verdict);
        }
    }

    [Fact]
    public void A_quote_outlives_a_price_change_with_the_value_that_was_quoted()
    {
        var challenge = _issuer.Issue(Terms);
        var today = Terms with { Amount = 5000 };
        Assert.Equal(ChallengeVerdict.Mismatch, _issuer.Inspect(challenge.Nonce, today).Verdict);
        Assert.Equal(ChallengeVerdict.Valid, _issuer.Inspect(challenge.Nonce, today, 1000).Verdict);
        Assert.Equal(ChallengeVerdict.Mismatch, _issuer.Inspect(challenge.Nonce, today, 999).Verdict);
    }

    [Fact]
    public void It_expires_at_the_second_it_names()
    {
        var challenge = _issuer.Issue(Terms);
        _time.Advance(_options.Lifetime - TimeSpan.FromTicks(1));
        Assert.Equal(ChallengeVerdict.Valid, _issuer.Inspect(challenge.Nonce, Terms).Verdict);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(new ChallengeInspection(ChallengeVerdict.Expired, challenge.ExpiresAt), _issuer.Inspect(challenge.Nonce, Terms));
    }

    [Fact]
    public void An_expired_quote_of_other_terms_is_a_mismatch()
    {
        var challenge = _issuer.Issue(Terms);
        _time.Advance(_options.Lifetime);
        Assert.Equal(ChallengeVerdict.Mismatch, _issuer.Inspect(challenge.Nonce, Terms with { Peer = "x" }).Verdict);
    }

    [Fact]
    public void A_nonce_of_another_key_ring_is_not_ours()
    {
        using var foreign = ChallengeKeyRing.Create(_options, _time);
        var nonce = new ChallengeIssuer(foreign, _options, _time).Issue(Terms).Nonce;
        Assert.Equal(ChallengeVerdict.Mismatch, _issuer.Inspect(nonce, Terms).Verdict);
    }

    [Fact]
    public void Random_nonces_are_not_ours()
    {
        for (var i = 0; i < 1000; i++)
        {
            Assert.Contains(_issuer.Inspect(Nonce.Random(), Terms).Verdict, new[] { ChallengeVerdict.Mismatch, ChallengeVerdict.UnknownKey });
        }

        var last = new byte[32];
        last.AsSpan().Fill(0xFF);
        Assert.Equal(ChallengeVerdict.UnknownKey, _issuer.Inspect(new Nonce(last), Terms).Verdict);
        Assert.Equal(ChallengeVerdict.Mismatch, _issuer.Inspect(default, Terms).Verdict);
    }

    [Fact]
    public void After_a_rotation_open_quotes_stay_good_until_the_grace_is_over()
    {
        var options = new ChallengeOptions { Lifetime = TimeSpan.FromMinutes(60), KeyGrace = TimeSpan.FromMinutes(60) };
        using var keys = ChallengeKeyRing.Create(options, _time);
        var issuer = new ChallengeIssuer(keys, options, _time);
        var old = issuer.Issue(Terms);
        _time.Advance(TimeSpan.FromMinutes(1));
        keys.Rotate();
        Assert.Equal(ChallengeVerdict.Valid, issuer.Inspect(old.Nonce, Terms).Verdict);
        Assert.Equal(1, issuer.Issue(Terms).Nonce.Value.ToArray()[5]);
        _time.Advance(TimeSpan.FromMinutes(60) - TimeSpan.FromTicks(1));
        Assert.Equal(ChallengeVerdict.Expired, issuer.Inspect(old.Nonce, Terms).Verdict);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(ChallengeVerdict.UnknownKey, issuer.Inspect(old.Nonce, Terms).Verdict);
    }

    [Fact]
    public void Another_silo_with_the_same_ring_recognises_the_quote()
    {
        var challenge = _issuer.Issue(Terms);
        Assert.True(ChallengeKeyRing.TryImport(_keys.Export(), _options, _time, out var copy));
        using (copy)
        {
            Assert.Equal(ChallengeVerdict.Valid, new ChallengeIssuer(copy, _options, _time).Inspect(challenge.Nonce, Terms).Verdict);
        }
    }

    // The layout is a contract between silos of different versions, so it is written out here a second time.
    [Fact]
    public void The_layout()
    {
        var nonce = _issuer.Issue(Terms).Nonce.Value.ToArray();
        var expiry = new byte[8];
        nonce.AsSpan(0, 5).CopyTo(expiry.AsSpan(3));
        Assert.Equal(_time.GetUtcNow().ToUnixTimeSeconds() + 300, BinaryPrimitives.ReadInt64BigEndian(expiry));
        Assert.Equal(0, nonce[5]);

        var amount = new byte[32];
        amount[30] = 1000 >> 8;
        amount[31] = 1000 & 0xFF;
        byte[] message =
        [
            .. nonce[..16],
            .. Convert.FromHexString("1a642f0e3c3af545e7acbd38b07251b3990914f1"), .. amount, 0, 0, 0, 0, 0, 1, 0x4A, 0x34,
            .. Convert.FromHexString("036cbd53842c5426634e7929541ec2318f3dcf7e"), .. SHA256.HashData("body"u8),
            .. Text(Terms.Seller), .. Text(Terms.AgentId), .. Text(Terms.CorrelationId), .. Text(Terms.Peer),
        ];
        Assert.Equal(HMACSHA256.HashData(_keys.Export().AsSpan(2 + 1 + 8, 32), message)[..16], nonce[16..]);
    }

    [Fact]
    public void Long_terms_are_bound_too()
    {
        var terms = Terms with { CorrelationId = new string('é', 5000) };
        var nonce = _issuer.Issue(terms).Nonce;
        Assert.Equal(ChallengeVerdict.Valid, _issuer.Inspect(nonce, terms).Verdict);
        Assert.Equal(ChallengeVerdict.Mismatch, _issuer.Inspect(nonce, terms with { CorrelationId = new string('é', 4999) + "è" }).Verdict);
    }

    [Fact]
    public void An_unpaid_request_costs_no_memory()
    {
        var terms = Terms;
        Assert.Equal(0, Allocations.LeastOf(() => _issuer.Inspect(_issuer.Issue(terms).Nonce, terms)));
    }

    private static byte[] Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [0, 0, (byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];
    }
}
