using Betar.Crypto;
using Betar.X402.Protocol;
using Betar.X402.Tests.Support;
using Betar.X402.Verification;

namespace Betar.X402.Tests.Verification;

/// <summary>
/// Faults in every combination: the reason that is given is always one of those that were put in, the first in the
/// documented order, and the same whichever way a seller asks, but for the signature's place.
/// </summary>
public sealed class ManyFaultsTests : IDisposable
{
    private readonly PaymentFixture _fixture = new();
    private readonly PrivateKey _stranger = PrivateKey.Generate();

    // In the order in which Verify finds them.
    private readonly (VerificationReason Reason, Func<Authorization, Authorization> Change, Func<PaymentEnvelope, PaymentEnvelope> After)[] _faults;

    public ManyFaultsTests()
    {
        _faults =
        [
            (VerificationReasons.Scheme, a => a, p => p with { Scheme = "upto" }),
            (VerificationReasons.NetworkMismatch, a => a, p => p with { Network = "eip155:1" }),
            (VerificationReasons.PayerMismatch, a => a, p => p with { Payer = "somebody" }),
            (VerificationReasons.ServerNonceMismatch, a => a, p => p with { ServerNonce = Golden.BareNonce }),
            (VerificationReasons.RecipientMismatch, a => a with { To = Golden.Usdc }, p => p),
            (VerificationReasons.ValueMismatch, a => a with { Value = "999" }, p => p),
            (VerificationReasons.ValidBefore, a => a with { ValidBefore = "1775000001" }, p => p),
            (VerificationReasons.ValidAfter, a => a with { ValidAfter = "1775000001" }, p => p),
            (VerificationReasons.Signature, a => a, p => p),
        ];
    }

    public void Dispose()
    {
        _fixture.Dispose();
        _stranger.Dispose();
    }

    [Fact]
    public void Every_combination_gives_the_first_fault()
    {
        for (var set = 0; set < 1 << _faults.Length; set++)
        {
            var payment = Build(set);
            var expected = First(Enumerable.Range(0, _faults.Length), set);
            Assert.Equal(expected, _fixture.All(payment, _fixture.Binding).Reason);
            Assert.Equal(expected, _fixture.KnownToBeNew(payment, _fixture.Binding).Reason);

            // When there may be a session, the signature comes before everything that only new payments are refused for.
            Assert.Equal(First([0, 1, 2, 3, 8, 4, 5, 6, 7], set), _fixture.PerhapsStored(payment, _fixture.Binding).Reason);
        }
    }

    private PaymentEnvelope Build(int set)
    {
        var wrongSigner = (set & (1 << 8)) != 0;
        var payment = _fixture.Payment(
            authorization => _faults.Where((_, i) => (set & (1 << i)) != 0).Aggregate(authorization, (changed, fault) => fault.Change(changed)),
            wrongSigner ? _stranger : null);
        return _faults.Where((_, i) => (set & (1 << i)) != 0).Aggregate(payment, (changed, fault) => fault.After(changed));
    }

    private VerificationReason? First(IEnumerable<int> order, int set) =>
        order.Where(i => (set & (1 << i)) != 0).Select(i => _faults[i].Reason).FirstOrDefault();
}
