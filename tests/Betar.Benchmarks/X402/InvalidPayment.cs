using System.Globalization;
using Betar.Ethereum;
using Betar.X402;
using Betar.X402.Challenges;
using Betar.X402.Protocol;
using Betar.X402.Verification;

namespace Betar.Benchmarks.X402;

/// <summary>One kind of payment that is right but for one thing, and what it must be told.</summary>
/// <param name="IsCheap">Whether it is refused without a recovery.</param>
/// <param name="IsQuoted">False when it comes for a request that was never quoted.</param>
internal sealed record InvalidPayment(
    string Kind, VerificationReason Reason, Func<QuotedPayment, PaymentEnvelope> Spoil, bool IsCheap = true, bool IsQuoted = true)
{
    private const string Order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";

    /// <summary>Every kind that one payment can be by itself; <paramref name="stale"/> issues quotes that are over, <paramref name="stranger"/> none of ours.</summary>
    public static IReadOnlyList<InvalidPayment> All(ChallengeIssuer stale, ChallengeIssuer stranger, Address blocked)
    {
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return
        [
            new("payload-missing", VerificationReasons.PayloadMissing, good => good.Envelope with { Payload = null }),
            new("field-too-long", VerificationReasons.FieldTooLong, good => Signed(good, new string('0', 4096))),
            new("scheme", VerificationReasons.Scheme, good => good.Envelope with { Scheme = "upto" }),
            new("network", VerificationReasons.NetworkMismatch, good => good.Envelope with { Network = "eip155:1" }),
            new("first-use", VerificationReasons.FirstUseNotAllowed, good => good.Envelope with { ServerNonce = PaymentEnvelope.Preemptive }, IsQuoted: false),
            new("address-malformed", VerificationReasons.AddressMalformed, good => With(good, terms => terms with { To = "0x12" })),
            new("number-malformed", VerificationReasons.NumberMalformed, good => With(good, terms => terms with { Value = "1e3" })),
            new("nonce-malformed", VerificationReasons.NonceMalformed, good => With(good, terms => terms with { Nonce = "0x00" })),
            new("signature-malformed", VerificationReasons.SignatureMalformed, good => Signed(good, "0x00")),
            new("signature-v", VerificationReasons.SignatureV, good => Signed(good, good.Envelope.Payload!.Signature[..^2] + "1d")),
            new("signature-range", VerificationReasons.SignatureRange, good => WithS(good, Order)),
            new("signature-high-s", VerificationReasons.SignatureHighS, good => WithS(good, Twin(SOf(good)))),
            new("payer", VerificationReasons.PayerMismatch, good => good.Envelope with { Payer = blocked.ToString() }),
            new("payer-blocked", VerificationReasons.PayerBlocked,
                good => With(good, terms => terms with { From = blocked.ToString() }) with { Payer = blocked.ToString() }),
            new("self-payment", VerificationReasons.SelfPayment, good => With(good, terms => terms with { To = terms.From })),
            new("server-nonce", VerificationReasons.ServerNonceMismatch, good => good.Envelope with { ServerNonce = new string('0', 64) }),
            new("recipient", VerificationReasons.RecipientMismatch, good => With(good, terms => terms with { To = blocked.ToString() })),
            new("value", VerificationReasons.ValueMismatch, good => With(good, terms => terms with { Value = "1" })),
            new("challenge-mismatch", VerificationReasons.ChallengeMismatch, good => Quoted(good, OtherMac(good))),
            new("challenge-expired", VerificationReasons.ChallengeExpired, good => Quoted(good, stale.Issue(good.Terms).Nonce)),
            new("challenge-unknown", VerificationReasons.ChallengeUnknown, good => Quoted(good, stranger.Issue(good.Terms).Nonce)),
            new("expired", VerificationReasons.ValidBefore, good => With(good, terms => terms with { ValidBefore = Text(now - 10) })),
            new("not-yet-valid", VerificationReasons.ValidAfter,
                good => With(good, terms => terms with { ValidAfter = Text(now + 36_000), ValidBefore = Text(now + 36_050) })),
            new("window-too-long", VerificationReasons.WindowTooLong, good => With(good, terms => terms with { ValidBefore = Text(now + 360_000) })),
            new("signature", VerificationReasons.Signature, good => WithS(good, new string('0', 63) + "1"), IsCheap: false),
        ];
    }

    public PaymentBinding BindingOf(QuotedPayment good) => IsQuoted ? good.Binding : PaymentBinding.FirstUse;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static PaymentEnvelope With(QuotedPayment good, Func<Authorization, Authorization> change) =>
        good.Envelope with { Payload = good.Envelope.Payload! with { Authorization = change(good.Envelope.Payload.Authorization!) } };

    private static PaymentEnvelope Signed(QuotedPayment good, string signature) =>
        good.Envelope with { Payload = good.Envelope.Payload! with { Signature = signature } };

    // 0x, then 64 digits each of r and s, then v.
    private static PaymentEnvelope WithS(QuotedPayment good, string s) =>
        Signed(good, string.Concat(good.Envelope.Payload!.Signature.AsSpan(0, 66), s, good.Envelope.Payload.Signature.AsSpan(130)));

    private static string SOf(QuotedPayment good) => good.Envelope.Payload!.Signature[66..130];

    private static string Twin(string s)
    {
        var twin = new byte[32];
        (UInt256.ReadBigEndian(Convert.FromHexString(Order)) - UInt256.ReadBigEndian(Convert.FromHexString(s))).WriteBigEndian(twin);
        return Convert.ToHexStringLower(twin);
    }

    private static PaymentEnvelope Quoted(QuotedPayment good, Nonce nonce) =>
        With(good, terms => terms with { Nonce = nonce.ToString() }) with { ServerNonce = nonce.ToBareString() };

    // Our key's id and a time that is open, under a proof that is none.
    private static Nonce OtherMac(QuotedPayment good)
    {
        byte[] nonce = Convert.FromHexString(good.Envelope.ServerNonce);
        nonce[^1] ^= 1;
        return new Nonce(nonce);
    }
}
