using System.Runtime.Versioning;
using Betar.Libp2p.Transports.Quic;
using Xunit.Abstractions;

namespace Betar.Libp2p.Tests.Transports.Quic;

/// <summary>Who has to prove his address before he is counted, seen by somebody in the middle.</summary>
[SupportedOSPlatform("linux")]
public sealed class QuicRetryTests(QuicWorld world, ITestOutputHelper output) : QuicCase(world, output)
{
    [Fact]
    public Task A_stranger_proves_his_address_while_many_handshakes_are_under_way() => InEitherWorldAsync(async () =>
    {
        Assert.False(await IsAskedAsync());

        Begin(QuicRetry.Threshold - 1);
        Assert.False(await IsAskedAsync());
        Begin(1);
        Assert.True(await IsAskedAsync());

        End(QuicRetry.Threshold);
        Assert.False(await IsAskedAsync());
    });

    [Fact]
    public Task Packets_of_a_forged_address_take_no_place_then() => InEitherWorldAsync(async () =>
    {
        await using var pair = await QuicPair.StartAsync();
        Assert.Equal(1, await TakenBySilenceAsync(pair));

        Begin(QuicRetry.Threshold);
        try
        {
            Assert.Equal(1, await TakenBySilenceAsync(pair));
        }
        finally
        {
            End(QuicRetry.Threshold);
        }
    });

    private static void Begin(int count)
    {
        for (var i = 0; i < count; i++)
            QuicRetry.OnBegun();
    }

    private static void End(int count)
    {
        for (var i = 0; i < count; i++)
            QuicRetry.OnEnded();
    }

    /// <summary>A first packet whose sender never sees an answer: how many half-open places are taken when one has come.</summary>
    private static async Task<int> TakenBySilenceAsync(QuicPair pair)
    {
        using var middle = QuicMiddle.Between(pair.Listener.Address, passAnswers: false);
        using var giveUp = new CancellationTokenSource();
        var dialing = pair.DialAsync(middle.Address, cancellationToken: giveUp.Token);
        await middle.FirstAnswer.WaitAsync(Patience);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dialing);
        return pair.Resources.Transient.Used.InboundConnections;
    }

    /// <summary>Whether the first answer to a stranger is a retry; he gets through either way.</summary>
    private static async Task<bool> IsAskedAsync()
    {
        await using var pair = await QuicPair.StartAsync();
        using var middle = QuicMiddle.Between(pair.Listener.Address, passAnswers: true);
        var accepting = pair.AcceptAsync();
        await pair.DialAsync(middle.Address);
        await accepting;
        return QuicMiddle.IsRetry(await middle.FirstAnswer.WaitAsync(Patience));
    }
}
