using Betar.Ethereum;
using Betar.Grains.Selling;
using Betar.Grains.Settlement;
using Betar.Grains.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Grains.Tests.Selling;

/// <summary>Whether a payment could be settled now, as a seller knows it before it takes one.</summary>
public sealed class SettlementOutlookTests : IGasFees
{
    private readonly SteppedTime _time = new();
    private FeeOutcome _fee = Outcome(FeeStatus.Quoted);
    private bool _away;
    private int _looks;

    [Fact]
    public async Task A_chain_that_answers_and_takes_what_is_allowed_is_no_obstacle() => Assert.Null(await New().FindObstacleAsync());

    [Theory]
    [InlineData(FeeStatus.TooExpensive, "Gas costs more than this seller allows, so nothing is sold now and nothing was taken; ask again.")]
    [InlineData(FeeStatus.Unavailable, "The chain cannot be reached, so nothing is sold now and nothing was taken; ask again.")]
    public async Task Gas_that_costs_too_much_or_that_nobody_prices_is_one(FeeStatus status, string sentence)
    {
        _fee = Outcome(status);
        Refusal obstacle = (await New().FindObstacleAsync())!;
        Assert.Equal(("BTR-3018", sentence, true), (obstacle.Code, obstacle.Message, obstacle.Retryable));
    }

    [Fact]
    public async Task A_chain_that_is_away_is_one_where_gas_is_free_too()
    {
        _away = true;
        Assert.StartsWith("The chain cannot be reached", (await New().FindObstacleAsync())!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_looked_at_again_after_a_second_and_not_before()
    {
        SettlementOutlook outlook = New();
        Assert.Null(await outlook.FindObstacleAsync());
        _away = true;
        _time.Step(KeptReading<object>.Fresh);
        Assert.Null(await outlook.FindObstacleAsync());
        Assert.Equal(1, _looks);
        _time.Step(TimeSpan.FromTicks(1));
        await outlook.FindObstacleAsync();
        Assert.NotNull(await outlook.FindObstacleAsync());

        _away = false;
        _time.Step(TimeSpan.FromSeconds(2));
        await outlook.FindObstacleAsync();
        Assert.Null(await outlook.FindObstacleAsync());
        Assert.Equal(3, _looks);
    }

    [Fact]
    public async Task A_look_that_hangs_is_waited_for_only_so_long_and_says_no()
    {
        var hangs = new TaskCompletionSource<ulong>();
        var chain = new ScriptedChain { Block = () => hangs.Task };
        _time.Impatient = true;
        var outlook = new SettlementOutlook(chain, new OwnSettling(this), _time, NullLogger<SettlementOutlook>.Instance);
        Assert.NotNull(await outlook.FindObstacleAsync());
        _time.Impatient = false;
        hangs.SetResult(1);
        Assert.Null(await outlook.FindObstacleAsync());
    }

    public ValueTask<FeeOutcome> QuoteAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_fee);

    public FeeOutcome Replace(FeeQuote sent, FeeQuote? now) => throw new NotSupportedException();

    private static FeeOutcome Outcome(FeeStatus status) => new(status, status == FeeStatus.Quoted ? new FeeQuote(1, 1, 1, HasBaseFee: true) : null, "");

    private SettlementOutlook New() => new(new ScriptedChain
    {
        BlockNumber = () =>
        {
            _looks++;
            return _away ? throw ScriptedChain.Silence : 1ul;
        },
    }, new OwnSettling(this), _time, NullLogger<SettlementOutlook>.Instance);
}
