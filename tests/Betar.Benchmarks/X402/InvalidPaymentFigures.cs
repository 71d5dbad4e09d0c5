using System.Diagnostics;
using Betar.Benchmarks.Harness;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.X402.Challenges;
using Betar.X402.Networks;
using Betar.X402.Protocol;
using Betar.X402.Verification;

namespace Betar.Benchmarks.X402;

/// <summary>What a payment costs that is refused, kind by kind, beside one raw recovery of the library: floods must be cheaper to refuse than to check.</summary>
internal static class InvalidPaymentFigures
{
    public const string Part = "invalid";

    private const int Variants = 64;
    private const int Recoveries = 4_000;
    private const double Cheaper = 10;

    public static async Task AddAsync(BenchContext context)
    {
        using var payee = PrivateKey.Generate();
        using var enemy = PrivateKey.Generate();
        var block = new OneBlocked(Address.FromKey(enemy));
        var past = new FixedTime(TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(6));
        using var ring = ChallengeKeyRing.Create(new ChallengeOptions(), TimeProvider.System);
        using var others = ChallengeKeyRing.Create(new ChallengeOptions(), TimeProvider.System);
        others.Rotate();
        var challenges = new ChallengeIssuer(ring, new ChallengeOptions(), TimeProvider.System);
        var verifier = new PaymentVerifier(challenges, new VerificationOptions { BlockList = block });
        var offer = new PaymentOffer(PaymentAsset.BaseSepoliaUsdc, Address.FromKey(payee), 1_000, PaymentOffer.DefaultMaxTimeout);
        IReadOnlyList<InvalidPayment> kinds = InvalidPayment.All(
            new ChallengeIssuer(ring, new ChallengeOptions(), past), new ChallengeIssuer(others, new ChallengeOptions(), TimeProvider.System), block.Account);

        int cheap = context.Repetitions(100_000, 20_000), dear = context.Repetitions(10_000, 500), recoveries = context.Repetitions(Recoveries, 500);
        foreach (InvalidPayment kind in kinds)
        {
            context.Say($"refused: {kind.Kind}");
            // Made anew for each kind: a quote lives for a minute, and all kinds together may take longer.
            QuotedPayment[] good = [.. Enumerable.Range(0, Variants).Select(i => QuotedPayment.Make(challenges, offer, i))];
            PaymentEnvelope[] bad = [.. good.Select(kind.Spoil)];
            int count = kind.IsCheap ? cheap : dear;
            List<double> raw = [], ours = [];
            for (int round = -1; round < context.RoundCount; round++)
            {
                double theirs = await Task.Run(() => Rate(recoveries, i => good[i % Variants].Recover()));
                double refused = await Task.Run(() => Rate(count, i =>
                {
                    VerificationReason? reason = Reason(verifier, offer, bad[i % Variants], kind.BindingOf(good[i % Variants]));
                    return reason == kind.Reason ? true : throw new InvalidOperationException($"{kind.Kind} got {reason}.");
                }));
                if (round < 0)
                    continue;
                raw.Add(theirs);
                ours.Add(refused);
            }

            double recovery = Figure.Median(raw);
            context.Add(
                $"invalid.{kind.Kind}", "1/s", ours, kind.IsCheap ? Goal.AtLeast(Cheaper * recovery) : null,
                new Baseline($"raw recovery by {Secp256k1.Backend}", recovery), $"{count} payments, one core, {kind.Reason}");
        }
    }

    private static VerificationReason? Reason(PaymentVerifier verifier, PaymentOffer offer, PaymentEnvelope envelope, PaymentBinding binding)
    {
        VerificationOutcome outcome = verifier.CheckSyntaxAndCheapFields(envelope, offer, binding, out SignedPayment? read);
        if (outcome.IsAccepted)
            outcome = verifier.CheckFresh(read!, offer, binding, TimeProvider.System.GetUtcNow());
        return outcome.IsAccepted ? verifier.CheckSignature(read!).Reason : outcome.Reason;
    }

    private static double Rate(int count, Func<int, bool> isRight)
    {
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
            if (!isRight(i))
                throw new InvalidOperationException("A signature has no signer.");
        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private sealed class OneBlocked(Address account) : IPayerBlockList
    {
        public Address Account => account;

        public bool IsBlocked(Address payer) => payer == account;
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
