using System.Text;
using Betar.X402.Protocol;
using Betar.X402.Tests.Support;
using Betar.X402.Verification;

namespace Betar.X402.Tests.Verification;

/// <summary>
/// A signed payment with any one character of any field changed: it is refused, or it is still the very same payment
/// (another letter case in a hex field that is not compared as text).
/// </summary>
public sealed class PaymentTamperingTests : IDisposable
{
    private const int Seed = 712;

    private static readonly (string Name, Func<PaymentEnvelope, string> Get, Func<PaymentEnvelope, string, PaymentEnvelope> Set)[] Fields =
    [
        ("scheme", p => p.Scheme, (p, v) => p with { Scheme = v }),
        ("network", p => p.Network, (p, v) => p with { Network = v }),
        ("server_nonce", p => p.ServerNonce, (p, v) => p with { ServerNonce = v }),
        ("payer", p => p.Payer, (p, v) => p with { Payer = v }),
        ("signature", p => p.Payload!.Signature, (p, v) => p with { Payload = p.Payload! with { Signature = v } }),
        ("from", p => A(p).From, (p, v) => With(p, A(p) with { From = v })),
        ("to", p => A(p).To, (p, v) => With(p, A(p) with { To = v })),
        ("value", p => A(p).Value, (p, v) => With(p, A(p) with { Value = v })),
        ("validAfter", p => A(p).ValidAfter, (p, v) => With(p, A(p) with { ValidAfter = v })),
        ("validBefore", p => A(p).ValidBefore, (p, v) => With(p, A(p) with { ValidBefore = v })),
        ("nonce", p => A(p).Nonce, (p, v) => With(p, A(p) with { Nonce = v })),
    ];

    private readonly PaymentFixture _fixture = new();

    public static TheoryData<string> FieldNames => [.. Fields.Select(entry => entry.Name)];

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [MemberData(nameof(FieldNames))]
    public void One_character_of_one_field(string name)
    {
        var field = Fields.Single(candidate => candidate.Name == name);
        var random = new Random(Seed);
        var payment = _fixture.Payment();
        var text = field.Get(payment);
        Accept(payment, out var original);
        for (var at = 0; at < text.Length; at++)
        {
            foreach (var changed in Changes(text, at, random).Where(candidate => candidate != text))
            {
                if (Accept(field.Set(payment, changed), out var accepted))
                {
                    Assert.True(string.Equals(text, changed, StringComparison.OrdinalIgnoreCase), $"{name} accepted as {changed}");
                    Assert.Equal(original!.Terms, accepted!.Terms);
                    Assert.Equal(original.Key, accepted.Key);
                    Assert.Equal(original.Signature.ToArray(), accepted.Signature.ToArray());
                }
            }
        }
    }

    [Fact]
    public void Fields_of_one_payment_in_another()
    {
        var first = _fixture.Payment();
        var second = _fixture.Payment(a => a with { ValidAfter = "0" });
        foreach (var (name, get, set) in Fields)
        {
            var mixed = set(first, get(second));
            if (mixed != first)
            {
                Assert.False(Accept(mixed, out _), $"{name} of another payment was accepted");
            }
        }
    }

    // The 20 bytes are all that is signed; the text of "to" and "from" may be in any sound spelling.
    [Fact]
    public void Addresses_in_lower_case_are_the_same_payment()
    {
        var payment = _fixture.Payment();
        var lower = payment with
        {
            Payer = payment.Payer.ToLowerInvariant(),
            Payload = payment.Payload! with
            {
                Authorization = A(payment) with { From = A(payment).From.ToLowerInvariant(), To = A(payment).To.ToLowerInvariant() },
            },
        };
        Assert.True(Accept(payment, out var first));
        Assert.True(Accept(lower, out var second));
        Assert.Equal(first!.Key, second!.Key);
    }

    [Fact]
    public void A_checksum_that_is_wrong_is_no_address()
    {
        var wrong = Golden.Buyer.Replace('E', 'e');
        Assert.NotEqual(Golden.Buyer, wrong);
        _fixture.AssertRefused(VerificationReasons.AddressMalformed, _fixture.Payment(a => a with { From = wrong }));
    }

    private bool Accept(PaymentEnvelope payment, out SignedPayment? read) =>
        _fixture.Verifier.Verify(payment, _fixture.Offer, _fixture.Binding, _fixture.Time.GetUtcNow(), new PaymentFixture.Reserved(), out read).IsAccepted;

    private static IEnumerable<string> Changes(string text, int at, Random random)
    {
        yield return text.Remove(at, 1);
        yield return text.Insert(at, text[at].ToString());
        yield return Replace(text, at, char.IsUpper(text[at]) ? char.ToLowerInvariant(text[at]) : char.ToUpperInvariant(text[at]));
        yield return Replace(text, at, "0123456789abcdefABCDEFx -+.\0é"[random.Next(29)]);
        yield return Replace(text, at, (char)(text[at] ^ 1));
    }

    private static string Replace(string text, int at, char character) => new StringBuilder(text) { [at] = character }.ToString();

    private static Authorization A(PaymentEnvelope payment) => payment.Payload!.Authorization!;

    private static PaymentEnvelope With(PaymentEnvelope payment, Authorization authorization) =>
        payment with { Payload = payment.Payload! with { Authorization = authorization } };
}
