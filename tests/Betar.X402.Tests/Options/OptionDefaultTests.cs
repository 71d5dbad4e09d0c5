using Betar.X402.Buying;
using Betar.X402.Calling;
using Betar.X402.Challenges;
using Betar.X402.Extensions.SignInWithX;
using Betar.X402.Facilitating;
using Betar.X402.Framing;
using Betar.X402.Pieces;
using Betar.X402.Protocol;
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Serving;
using Betar.X402.Settling;
using Betar.X402.Verification;
using Betar.X402.Wire;

namespace Betar.X402.Tests.Options;

/// <summary>The defaults that the options' comments promise.</summary>
public sealed class OptionDefaultTests
{
    [Fact]
    public void Challenges() => Assert.Equal((5, 10), (new ChallengeOptions().Lifetime.TotalMinutes, new ChallengeOptions().KeyGrace.TotalMinutes));

    [Fact]
    public void Calling() => Assert.Equal((30, 8_388_608), (new X402ClientOptions().Timeout.TotalSeconds, new X402ClientOptions().MaxAnswerLength));

    [Fact]
    public void Pieces_of_answers()
    {
        var limits = new PieceLimits();
        Assert.Equal((8_192, 65_536, 20, 10_000, 10), (limits.MaxCharacters, limits.MaxWaiting, limits.PerSecond, limits.MaxPieces, limits.Beat.TotalSeconds));
        Assert.Equal((6, 100_000), (new X402ClientOptions().PiecesTimeout.TotalMinutes, new X402ClientOptions().MaxPieces));
        Assert.Equal((64 * 1024, 256, true), (new FrameLimits().MaxPieceLength, new X402ServerOptions().MaxConcurrentInPieces, new X402ServerOptions().MaySpeak()));
    }

    /// <summary>The longest piece in its longest spelling fits into a frame that every buyer of ours reads.</summary>
    [Fact]
    public void A_piece_fits_into_its_frame()
    {
        var piece = new X402Piece { CorrelationId = new string('\0', new X402ServerOptions().MaxCorrelationIdLength), Text = new string('\u2028', 10_000) };
        Assert.True(MessageCodec.Write(piece).Length <= new FrameLimits().MaxPieceLength);
    }

    [Fact]
    public void Frames()
    {
        var limits = new FrameLimits();

        Assert.Equal(
            (1_048_576, 60, 5, 20, 10),
            (limits.MaxDataLength, limits.IdleTimeout.TotalSeconds, limits.HeaderTimeout.TotalSeconds, limits.BodyTimeout.TotalSeconds, limits.WriteTimeout.TotalSeconds));
    }

    [Fact]
    public void Serving()
    {
        var options = new X402ServerOptions();

        Assert.Equal(
            (256, 1024, 5, 100_000, 256),
            (options.MaxConcurrent, options.MaxQueued, options.QueueTimeout.TotalSeconds, options.MaxFramesPerConnection, options.MaxCorrelationIdLength));
    }

    [Fact]
    public void Verification()
    {
        var options = new VerificationOptions();

        Assert.Equal((6, 15, 1024, false), (options.ExpiryMargin.TotalSeconds, options.WindowTolerance.TotalSeconds, options.MaxFieldLength, options.AllowFirstUse));
        Assert.Equal((null, 3), (options.Wallets, options.WalletTimeout.TotalSeconds));
    }

    [Fact]
    public void Wire()
    {
        var limits = new WireLimits();

        Assert.Equal((16_384, 65_536, 32), (limits.MaxHeaderLength, limits.MaxBodyLength, limits.MaxAccepts));
    }

    [Fact]
    public void A_facilitator_in_this_process()
    {
        var options = new LocalFacilitatorOptions();

        Assert.Equal((true, 60, 10), (options.SimulateBeforeSettling, options.SettleTimeout.TotalSeconds, options.KeepBeyondEnd.TotalMinutes));
        Assert.Equal([NetworkId.BaseSepolia], options.Networks);
    }

    [Fact]
    public void A_facilitator_over_http()
    {
        var options = new HttpFacilitatorOptions { Address = new Uri("https://facilitator.example/") };

        Assert.Equal(
            (90, 15, 3, 200, 10),
            (options.SettleTimeout.TotalSeconds, options.VerifyTimeout.TotalSeconds, options.MaxAttempts, options.RetryDelay.TotalMilliseconds, options.MaxRetryAfter.TotalSeconds));
    }

    [Fact]
    public void Settling()
    {
        var options = new DirectSettlementOptions();

        Assert.Equal(("100000000000", 1, 100_000), (options.MaxGasPrice.ToString(), options.PollInterval.TotalSeconds, options.MaxRemembered));
    }

    [Fact]
    public void Signing_in()
    {
        var options = new SignInOptions { Origin = new Uri("https://alice.example") };

        Assert.Equal((5, 15), (options.MaxAge.TotalMinutes, options.ClockTolerance.TotalSeconds));
        Assert.Equal([NetworkId.BaseSepolia], options.Networks);
    }

    [Fact]
    public void Channels_of_a_buyer()
    {
        var options = new BatchBuyerOptions();

        Assert.Equal(("0", "10000000"), (options.Deposit.ToString(), options.MaxBalance.ToString()));
    }

    [Fact]
    public void Buying()
    {
        var policy = new OfferPolicy { Payee = null, ListedPrice = new AtomicAmount(1), Cap = new AtomicAmount(1) };

        Assert.Equal((10, 10, 0u), (policy.MinTimeout.TotalSeconds, policy.MaxTimeout.TotalMinutes, policy.ToleranceBasisPoints));
    }
}
