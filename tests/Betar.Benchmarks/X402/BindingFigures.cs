using System.Diagnostics;
using System.Security.Cryptography;
using Betar.Benchmarks.Harness;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.X402.Challenges;
using Betar.X402.Networks;
using Betar.X402.Verification;

namespace Betar.Benchmarks.X402;

/// <summary>What it costs to bind a payment to its request: a quote made and, when it comes back, recognised; beside the two MACs that this takes at least.</summary>
internal static class BindingFigures
{
    public const string Part = "binding";

    private const int Requests = 100_000;
    private const int Variants = 64;

    // About what the terms of a quote are together.
    private const int MessageSize = 208;

    public static async Task AddAsync(BenchContext context)
    {
        using var payee = PrivateKey.Generate();
        using var ring = ChallengeKeyRing.Create(new ChallengeOptions(), TimeProvider.System);
        var challenges = new ChallengeIssuer(ring, new ChallengeOptions(), TimeProvider.System);
        var offer = new PaymentOffer(PaymentAsset.BaseSepoliaUsdc, Address.FromKey(payee), 1_000, PaymentOffer.DefaultMaxTimeout);
        ChallengeTerms[] terms = [.. Enumerable.Range(0, Variants).Select(i => QuotedPayment.TermsOf(offer, i))];
        byte[] key = RandomNumberGenerator.GetBytes(32), message = RandomNumberGenerator.GetBytes(MessageSize);

        context.Say("quotes made and recognised");
        int count = context.Repetitions(Requests, 50_000);
        List<double> macs = [], bound = [];
        for (int round = -1; round < context.RoundCount; round++)
        {
            double twice = await Task.Run(() => Microseconds(count, _ => TwoMacs(key, message)));
            double whole = await Task.Run(() => Microseconds(count, i => Bind(challenges, terms[i % Variants])));
            if (round < 0)
                continue;
            macs.Add(twice);
            bound.Add(whole);
        }

        context.Add(
            "binding.cost", "µs", bound, Goal.AtMost(2), new Baseline($"two HMAC-SHA256 of {MessageSize} bytes", Figure.Median(macs)), "per request, one core");
    }

    private static void Bind(ChallengeIssuer challenges, ChallengeTerms terms)
    {
        Challenge challenge = challenges.Issue(terms);
        if (challenges.Inspect(challenge.Nonce, terms).Verdict != ChallengeVerdict.Valid)
            throw new InvalidOperationException("A quote of ours was not recognised.");
    }

    private static void TwoMacs(byte[] key, byte[] message)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, message, mac);
        HMACSHA256.HashData(key, message, mac);
    }

    private static double Microseconds(int count, Action<int> work)
    {
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
            work(i);
        return Stopwatch.GetElapsedTime(started).TotalMicroseconds / count;
    }
}
