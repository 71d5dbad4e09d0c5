using Betar.Ethereum;
using Betar.X402.Calling;
using Betar.X402.Challenges;
using Betar.X402.Extensions.SignInWithX;
using Betar.X402.Facilitating;
using Betar.X402.Framing;
using Betar.X402.Pieces;
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Selling;
using Betar.X402.Serving;
using Betar.X402.Settling;
using Betar.X402.Verification;
using Betar.X402.Wire;

namespace Betar.X402.Tests.Options;

/// <summary>Each option takes the ends of its range and nothing just beyond, and the fault names the option and its range.</summary>
public sealed class OptionBoundTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private static readonly Uri Address = new("https://facilitator.example/");

    private static readonly Dictionary<string, (Func<IReadOnlyList<string>>[] Taken, Func<IReadOnlyList<string>>[] Refused)> Bounds = new()
    {
        ["Lifetime"] = Times(value => new ChallengeOptions { Lifetime = value, KeyGrace = TimeSpan.FromHours(2) }.Validate(), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
        ["KeyGrace"] = Times(value => new ChallengeOptions { KeyGrace = value }.Validate(), TimeSpan.FromMinutes(5), null),
        ["Timeout"] = Times(value => new X402ClientOptions { Timeout = value }.Validate(), Tick, null),
        ["MaxAnswerLength"] = Numbers(value => new X402ClientOptions { MaxAnswerLength = value }.Validate(), 1, 8 * 1024 * 1024),
        ["MaxDataLength"] = Numbers(value => new FrameLimits { MaxDataLength = value }.Validate(), 1, 8 * 1024 * 1024),
        ["IdleTimeout"] = Times(value => new FrameLimits { IdleTimeout = value }.Validate(), Tick, null),
        ["MaxPieceLength"] = Numbers(value => new FrameLimits { MaxPieceLength = value }.Validate(), 1, 8 * 1024 * 1024),
        ["PiecesTimeout"] = Times(value => new X402ClientOptions { PiecesTimeout = value }.Validate(), Tick, null),
        ["X402ClientOptions.MaxPieces"] = Numbers(value => new X402ClientOptions { MaxPieces = value }.Validate(), 0, null),
        ["MaxConcurrentInPieces"] = Numbers(value => new X402ServerOptions { MaxConcurrentInPieces = value }.Validate(), 1, null),
        ["MaxCharacters"] = Numbers(value => Pieces(new PieceLimits { MaxCharacters = value }), 1, 10_000),
        ["MaxWaiting"] = Numbers(value => Pieces(new PieceLimits { MaxWaiting = value }), 1, null),
        ["PerSecond"] = Numbers(value => Pieces(new PieceLimits { PerSecond = value }), 1, 1_000),
        ["MaxPieces"] = Numbers(value => Pieces(new PieceLimits { MaxPieces = value }), 0, null),
        ["Beat"] = Times(value => Pieces(new PieceLimits { Beat = value }), Tick, null),
        ["HeaderTimeout"] = Times(value => new FrameLimits { HeaderTimeout = value }.Validate(), Tick, null),
        ["BodyTimeout"] = Times(value => new FrameLimits { BodyTimeout = value }.Validate(), Tick, null),
        ["WriteTimeout"] = Times(value => new FrameLimits { WriteTimeout = value }.Validate(), Tick, null),
        ["MaxConcurrent"] = Numbers(value => new X402ServerOptions { MaxConcurrent = value }.Validate(), 1, null),
        ["MaxQueued"] = Numbers(value => new X402ServerOptions { MaxQueued = value }.Validate(), 0, null),
        ["MaxFramesPerConnection"] = Numbers(value => new X402ServerOptions { MaxFramesPerConnection = value }.Validate(), 1, null),
        ["MaxCorrelationIdLength"] = Numbers(value => new X402ServerOptions { MaxCorrelationIdLength = value }.Validate(), 1, null),
        ["QueueTimeout"] = Times(value => new X402ServerOptions { QueueTimeout = value }.Validate(), Tick, null),
        ["ExpiryMargin"] = Times(value => new VerificationOptions { ExpiryMargin = value }.Validate(), TimeSpan.Zero, TimeSpan.FromMinutes(5)),
        ["WindowTolerance"] = Times(value => new VerificationOptions { WindowTolerance = value }.Validate(), TimeSpan.Zero, TimeSpan.FromMinutes(10)),
        ["MaxAge"] = Times(value => new SignInOptions { Origin = Address, MaxAge = value }.Validate(), Tick, TimeSpan.FromDays(1)),
        ["ClockTolerance"] = Times(value => new SignInOptions { Origin = Address, ClockTolerance = value }.Validate(), TimeSpan.Zero, TimeSpan.FromMinutes(5)),
        ["Origin"] = (
            [() => new SignInOptions { Origin = new Uri("http://127.0.0.1/") }.Validate(), () => new SignInOptions { Origin = Address }.Validate()],
            [() => new SignInOptions { Origin = new Uri("ftp://f.example/") }.Validate(), () => new SignInOptions { Origin = new Uri("/a2a", UriKind.Relative) }.Validate()]),
        ["Deposit"] = (
            [() => new BatchBuyerOptions { Deposit = 7, MaxBalance = 7 }.Validate()], [() => new BatchBuyerOptions { Deposit = 8, MaxBalance = 7 }.Validate()]),
        ["WalletTimeout"] = Times(value => new VerificationOptions { WalletTimeout = value }.Validate(), TimeSpan.FromTicks(1), TimeSpan.FromMinutes(1)),
        ["MaxFieldLength"] = Numbers(value => new VerificationOptions { MaxFieldLength = value }.Validate(), 132, 65536),
        ["MaxHeaderLength"] = Numbers(value => new WireLimits { MaxHeaderLength = value }.Validate(), 2048, 64 * 1024),
        ["MaxBodyLength"] = Numbers(value => new WireLimits { MaxBodyLength = value }.Validate(), 4096, 16 * 1024 * 1024),
        ["MaxAccepts"] = Numbers(value => new WireLimits { MaxAccepts = value }.Validate(), 1, 1024),
        ["SettleTimeout"] = Times(value => new LocalFacilitatorOptions { SettleTimeout = value }.Validate(), Tick, TimeSpan.FromMinutes(10)),
        ["ChannelClaimOptions.MaxAge"] = Times(value => new ChannelClaimOptions { MaxAge = value }.Validate(), TimeSpan.FromMinutes(1), TimeSpan.FromDays(30)),
        ["ChannelClaimOptions.Interval"] = Times(value => new ChannelClaimOptions { Interval = value }.Validate(), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)),
        ["ChannelClaimOptions.Patience"] = Times(value => new ChannelClaimOptions { Patience = value }.Validate(), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)),
        ["ChannelClaimOptions.DrainTimeout"] = Times(value => new ChannelClaimOptions { DrainTimeout = value }.Validate(), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)),
        ["ChannelClaimOptions.MaxClaims"] = Numbers(value => new ChannelClaimOptions { MaxClaims = value }.Validate(), 1, 64),
        ["ChannelClaimOptions.Confirmations"] = Numbers(value => new ChannelClaimOptions { Confirmations = value }.Validate(), 1, 64),
        ["ChannelClaimOptions.Threshold"] = (
            [() => new ChannelClaimOptions { Threshold = 7, Least = 7 }.Validate()], [() => new ChannelClaimOptions { Threshold = 7, Least = 8 }.Validate()]),
        ["OwedRefundOptions.Interval"] = Times(
            value => new OwedRefundOptions { Interval = value, RetryCeiling = TimeSpan.FromDays(1) }.Validate(), TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1)),
        ["OwedRefundOptions.RetryCeiling"] = Times(
            value => new OwedRefundOptions { Interval = TimeSpan.FromMinutes(2), RetryCeiling = value }.Validate(), TimeSpan.FromMinutes(2), TimeSpan.FromDays(1)),
        ["OwedRefundOptions.MaxPerLook"] = Numbers(value => new OwedRefundOptions { MaxPerLook = value }.Validate(), 1, 10_000),
        ["OwedRefundOptions.Patience"] = Times(value => new OwedRefundOptions { Patience = value }.Validate(), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)),
        ["OwedRefundOptions.Validity"] = Times(value => new OwedRefundOptions { Validity = value }.Validate(), TimeSpan.FromMinutes(1), TimeSpan.FromDays(7)),
        ["PaymentsPerPayer"] = Numbers(value => new LocalFacilitatorOptions { PaymentsPerPayer = value }.Validate(), 1, 1_000_000),
        ["MaxPayers"] = Numbers(value => new LocalFacilitatorOptions { MaxPayers = value }.Validate(), 1, 10_000_000),
        ["KeepBeyondEnd"] = Times(value => new LocalFacilitatorOptions { KeepBeyondEnd = value }.Validate(), TimeSpan.Zero, TimeSpan.FromDays(7)),
        ["VerifyTimeout"] = Times(value => new HttpFacilitatorOptions { Address = Address, VerifyTimeout = value }.Validate(), Tick, TimeSpan.FromMinutes(10)),
        ["MaxAttempts"] = Numbers(value => new HttpFacilitatorOptions { Address = Address, MaxAttempts = value }.Validate(), 1, 10),
        ["MaxRetryAfter"] = Times(value => new HttpFacilitatorOptions { Address = Address, MaxRetryAfter = value }.Validate(), TimeSpan.Zero, TimeSpan.FromMinutes(1)),
        ["RetryDelay"] = Times(value => new HttpFacilitatorOptions { Address = Address, RetryDelay = value }.Validate(), TimeSpan.Zero, TimeSpan.FromSeconds(30)),
        ["PollInterval"] = Times(value => new DirectSettlementOptions { PollInterval = value }.Validate(), Tick, TimeSpan.FromMinutes(1)),
        ["MaxRemembered"] = Numbers(value => new DirectSettlementOptions { MaxRemembered = value }.Validate(), 1, 10_000_000),
        ["MaxGasPrice"] = ([() => new DirectSettlementOptions { MaxGasPrice = 1 }.Validate()], [() => new DirectSettlementOptions { MaxGasPrice = UInt256.Zero }.Validate()]),
        ["Address"] = (
            [() => new HttpFacilitatorOptions { Address = new Uri("http://127.0.0.1/") }.Validate(), () => new HttpFacilitatorOptions { Address = Address }.Validate()],
            [() => new HttpFacilitatorOptions { Address = new Uri("ftp://f.example/") }.Validate(), () => new HttpFacilitatorOptions { Address = new Uri("/verify", UriKind.Relative) }.Validate()]),
        ["Networks"] = ([() => new LocalFacilitatorOptions { Networks = [new NetworkId(1)] }.Validate()], [() => new LocalFacilitatorOptions { Networks = [] }.Validate()]),
    };

    private static IReadOnlyList<string> Pieces(PieceLimits limits) => new X402ServerOptions { Pieces = limits }.Validate();

    public static TheoryData<string> Options => [.. Bounds.Keys];

    [Theory]
    [MemberData(nameof(Options))]
    public void An_option_takes_the_ends_of_its_range(string option) => Assert.All(Bounds[option].Taken, validate => Assert.Empty(validate()));

    [Theory]
    [MemberData(nameof(Options))]
    public void Just_beyond_the_range_is_refused_by_name(string option) =>
        Assert.All(Bounds[option].Refused, validate => Assert.StartsWith(option.Split('.')[^1] + " is ", Assert.Single(validate()), StringComparison.Ordinal));

    private static (Func<IReadOnlyList<string>>[] Taken, Func<IReadOnlyList<string>>[] Refused) Times(Func<TimeSpan, IReadOnlyList<string>> validate, TimeSpan least, TimeSpan? most) => most is { } end
        ? ([() => validate(least), () => validate(end)], [() => validate(least - Tick), () => validate(end + Tick)])
        : ([() => validate(least), () => validate(TimeSpan.MaxValue)], [() => validate(least - Tick)]);

    private static (Func<IReadOnlyList<string>>[] Taken, Func<IReadOnlyList<string>>[] Refused) Numbers(Func<int, IReadOnlyList<string>> validate, int least, int? most) => most is { } end
        ? ([() => validate(least), () => validate(end)], [() => validate(least - 1), () => validate(end + 1)])
        : ([() => validate(least), () => validate(int.MaxValue)], [() => validate(least - 1)]);
}
