using System.Diagnostics;
using Betar.Benchmarks.Harness;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.X402.Challenges;
using Betar.X402.Networks;
using Betar.X402.Verification;

namespace Betar.Benchmarks.X402;

/// <summary>How fast one core checks payments, beside how fast the library under it recovers a signer.</summary>
internal static class VerificationFigures
{
    private const int Payments = 256;
    private const int Checks = 8_000;

    public static async Task AddAsync(BenchContext context)
    {
        using var payee = PrivateKey.Generate();
        using var ring = ChallengeKeyRing.Create(new ChallengeOptions(), TimeProvider.System);
        var challenges = new ChallengeIssuer(ring, new ChallengeOptions(), TimeProvider.System);
        var verifier = new PaymentVerifier(challenges, new VerificationOptions());
        var offer = new PaymentOffer(PaymentAsset.BaseSepoliaUsdc, Address.FromKey(payee), 1_000, PaymentOffer.DefaultMaxTimeout);
        QuotedPayment[] cases = [.. Enumerable.Range(0, Payments).Select(i => QuotedPayment.Make(challenges, offer, i))];

        // Baseline and figure alternate, so that both see the same machine.
        List<double> raw = [], full = [];
        context.Say($"payment checks on {Secp256k1.Backend}");
        for (int round = -1; round < context.RoundCount; round++)
        {
            double recoveries = await Task.Run(() => Rate(i => cases[i % Payments].Recover()));
            double checks = await Task.Run(() => Rate(i => Check(verifier, offer, cases[i % Payments])));
            if (round < 0)
                continue;
            raw.Add(recoveries);
            full.Add(checks);
        }

        var baseline = new Baseline($"raw recovery by {Secp256k1.Backend}", Figure.Median(raw));
        context.Add("verify.rate", "1/s", full, baseline: baseline);
        context.Add("verify.ratio", "of raw", [.. full.Zip(raw, (ours, theirs) => ours / theirs)], Goal.AtLeast(0.70, 0.85));
        context.Add("verify.allocated", "bytes", [Allocated(verifier, offer, cases[0])], note: "per check; held by a test");
    }

    private static bool Check(PaymentVerifier verifier, PaymentOffer offer, QuotedPayment payment) =>
        verifier.CheckSyntaxAndCheapFields(payment.Envelope, offer, payment.Binding, out SignedPayment? read).IsAccepted
        && verifier.CheckFresh(read!, offer, payment.Binding, TimeProvider.System.GetUtcNow()).IsAccepted
        && verifier.CheckSignature(read!).IsAccepted;

    private static double Rate(Func<int, bool> check)
    {
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < Checks; i++)
            if (!check(i))
                throw new InvalidOperationException("A good payment was refused.");
        return Checks / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static double Allocated(PaymentVerifier verifier, PaymentOffer offer, QuotedPayment payment)
    {
        const int Times = 1_000;
        Check(verifier, offer, payment);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Times; i++)
            Check(verifier, offer, payment);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Times;
    }
}
