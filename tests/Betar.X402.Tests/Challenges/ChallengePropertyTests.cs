using Betar.Ethereum;
using Betar.Tests.Shared;
using Betar.X402.Challenges;
using Betar.X402.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Betar.X402.Tests.Challenges;

/// <summary>For any two lists of terms: the quote of one fits the other only when they are equal.</summary>
public sealed class ChallengePropertyTests : IDisposable
{
    private static readonly Config Quick = Config.QuickThrowOnFailure.WithReplay((ulong)TestSeed.Value, 1UL).WithMaxTest(300);

    // Short texts over a small alphabet, so that neighbours whose bytes run into each other do occur.
    private static readonly Gen<string> Text = Gen.Elements("", "a", "b", "aa", "ab", "ba", "\0", "\0a", "é", "a\u0000\u0000\u0000\u0001b");

    private static readonly Gen<Address> Account = Gen.Elements(Address.Zero, new Address(Enumerable.Repeat((byte)1, 20).ToArray()));

    private static readonly Gen<ChallengeTerms> Terms =
        from seller in Text
        from agent in Text
        from payTo in Account
        from amount in Gen.Elements(0UL, 1UL, 256UL)
        from chain in Gen.Elements(1UL, 84532UL)
        from asset in Account
        from correlation in Text
        from body in Text
        from peer in Text
        select new ChallengeTerms(
            seller, agent, payTo, amount, new NetworkId(chain), asset, correlation, ChallengeTerms.HashBody(Golden.Utf8(body)), peer);

    private readonly ManualTime _time = new();
    private readonly ChallengeKeyRing _keys;
    private readonly ChallengeIssuer _issuer;

    public ChallengePropertyTests()
    {
        var options = new ChallengeOptions();
        _keys = ChallengeKeyRing.Create(options, _time);
        _issuer = new ChallengeIssuer(_keys, options, _time);
    }

    public void Dispose() => _keys.Dispose();

    [Fact]
    public void A_quote_fits_equal_terms_and_no_others() =>
        Check.One(Quick, Prop.ForAll(Terms.ToArbitrary(), Terms.ToArbitrary(), (first, second) =>
        {
            var nonce = _issuer.Issue(first).Nonce;
            var expected = first == second ? ChallengeVerdict.Valid : ChallengeVerdict.Mismatch;
            return _issuer.Inspect(nonce, second).Verdict == expected && _issuer.Inspect(nonce, first).Verdict == ChallengeVerdict.Valid;
        }));

    [Fact]
    public void Terms_that_differ_in_one_place_never_share_a_quote() =>
        Check.One(Quick, Prop.ForAll(Terms.ToArbitrary(), Text.ToArbitrary(), (terms, text) =>
        {
            var nonce = _issuer.Issue(terms).Nonce;
            ChallengeTerms[] others =
            [
                terms with { Seller = text }, terms with { AgentId = text }, terms with { CorrelationId = text }, terms with { Peer = text },
                terms with { Seller = terms.AgentId, AgentId = terms.Seller }, terms with { CorrelationId = terms.Peer, Peer = terms.CorrelationId },
                terms with { PayTo = terms.Asset, Asset = terms.PayTo },
            ];
            return others.All(other => _issuer.Inspect(nonce, other).Verdict == (other == terms ? ChallengeVerdict.Valid : ChallengeVerdict.Mismatch));
        }));

    [Fact]
    public void Time_and_rotation_only_ever_take_validity_away()
    {
        var random = new Random(5);
        var terms = new ChallengeTerms("s", "a", Address.Zero, 1, NetworkId.BaseSepolia, Address.Zero, "c", default, "p");
        for (var round = 0; round < 40; round++)
        {
            var challenge = _issuer.Issue(terms);
            var rank = 0;
            for (var step = 0; step < 30; step++)
            {
                _time.Advance(TimeSpan.FromSeconds(random.Next(0, 60)));
                if (random.Next(10) == 0)
                {
                    _keys.Rotate();
                }

                var verdict = _issuer.Inspect(challenge.Nonce, terms).Verdict;
                var now = verdict switch { ChallengeVerdict.Valid => 0, ChallengeVerdict.Expired => 1, ChallengeVerdict.UnknownKey => 2, _ => 99 };
                Assert.True(now >= rank && now < 99, $"round {round}, step {step}: {verdict}");
                Assert.Equal(_time.GetUtcNow() < challenge.ExpiresAt, verdict == ChallengeVerdict.Valid);
                rank = now;
            }
        }
    }
}
