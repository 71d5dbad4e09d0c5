using Betar.Crypto;
using Betar.Ethereum;
using Betar.Grains.Payments;
using Betar.Grains.Selling;
using Betar.Grains.Tests.Support;
using Betar.Storage.Ledger;
using Betar.X402;
using Betar.X402.Networks;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Grains.Tests.Payments;

public sealed class RefundFloatTests : IDisposable
{
    private readonly PrivateKey _key = PrivateKey.Generate();
    private readonly MemoryLedger _ledger = new();
    private readonly SteppedTime _time = new();
    private RpcOutcome<byte[]> _balance = Units(1_500);
    private int _reads;

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task A_float_that_could_never_be_read_covers_nothing()
    {
        _balance = RpcOutcome.Unreachable<byte[]>();
        Assert.False(await New().CoversAsync(AtomicAmount.Zero));
    }

    [Fact]
    public async Task Whoever_asks_first_or_after_a_long_silence_waits_for_the_figure()
    {
        RefundFloat refunds = New();
        Assert.True(await refunds.CoversAsync(AtomicAmount.Parse("1500")));
        _time.Step(TimeSpan.FromHours(1));
        Assert.True(await refunds.CoversAsync(AtomicAmount.Parse("1500")));
    }

    [Fact]
    public async Task The_float_covers_up_to_what_it_has()
    {
        RefundFloat refunds = New();
        await refunds.RefreshAsync();

        Assert.True(await refunds.CoversAsync(AtomicAmount.Parse("1500")));
        Assert.False(await refunds.CoversAsync(AtomicAmount.Parse("1501")));
    }

    [Fact]
    public async Task What_is_settled_and_not_ended_is_taken_off()
    {
        await _ledger.AppendAsync(new LedgerAppend(Samples.Key, 0, LedgerKind.Reserved, "a", AtomicAmount.Parse("1000"), "", default), default);
        RefundFloat refunds = New();
        await refunds.RefreshAsync();
        Assert.True(await refunds.CoversAsync(AtomicAmount.Parse("1500")));

        await _ledger.AppendAsync(new LedgerAppend(Samples.Key, 1, LedgerKind.Settled, "a", AtomicAmount.Parse("1000"), "", default), default);
        await refunds.RefreshAsync();

        Assert.True(await refunds.CoversAsync(AtomicAmount.Parse("500")));
        Assert.False(await refunds.CoversAsync(AtomicAmount.Parse("501")));
    }

    [Fact]
    public async Task More_owed_than_there_is_covers_nothing()
    {
        await _ledger.AppendAsync(new LedgerAppend(Samples.Key, 0, LedgerKind.Reserved, "a", AtomicAmount.Parse("9000"), "", default), default);
        await _ledger.AppendAsync(new LedgerAppend(Samples.Key, 1, LedgerKind.Settled, "a", AtomicAmount.Parse("9000"), "", default), default);
        RefundFloat refunds = New();
        await refunds.RefreshAsync();

        Assert.False(await refunds.CoversAsync(AtomicAmount.Parse("1")));
    }

    [Fact]
    public async Task A_figure_is_read_again_after_a_second_and_not_before()
    {
        RefundFloat refunds = New();
        await refunds.RefreshAsync();
        _balance = Units(5);

        _time.Step(KeptReading<object>.Fresh);
        Assert.True(await refunds.CoversAsync(AtomicAmount.Parse("1500")));
        Assert.Equal(1, _reads);
        _time.Step(TimeSpan.FromTicks(1));
        await refunds.CoversAsync(AtomicAmount.Parse("1500"));

        Assert.Equal(2, _reads);
        Assert.False(await refunds.CoversAsync(AtomicAmount.Parse("6")));
    }

    [Fact]
    public async Task A_figure_that_cannot_be_renewed_gets_stale_and_covers_nothing()
    {
        RefundFloat refunds = New();
        await refunds.RefreshAsync();
        _balance = RpcOutcome.Unreachable<byte[]>();

        _time.Step(KeptReading<object>.Stale);
        Assert.True(await refunds.CoversAsync(AtomicAmount.Parse("1500")));
        _time.Step(TimeSpan.FromTicks(1));

        Assert.False(await refunds.CoversAsync(AtomicAmount.Zero));
    }

    [Fact]
    public async Task A_reading_that_throws_harms_nobody_who_asks()
    {
        RefundFloat refunds = New();
        await refunds.RefreshAsync();
        _time.Step(TimeSpan.FromSeconds(2));
        _balance = default;
        _throws = true;

        Assert.True(await refunds.CoversAsync(AtomicAmount.Parse("1500")));
        _throws = false;
        _balance = Units(7);
        Assert.True(await refunds.CoversAsync(AtomicAmount.Parse("7")));
    }

    private bool _throws;

    private RefundFloat New()
    {
        var chain = new ScriptedChain
        {
            Call = _ =>
            {
                _reads++;
                return _throws ? throw new InvalidOperationException("broken") : _balance;
            },
        };
        return new RefundFloat(
            new Eip3009Token(chain, Samples.Token), new RefundAccount(_key, PaymentAssets.Default), _ledger, _time, NullLogger<RefundFloat>.Instance);
    }

    private static RpcOutcome<byte[]> Units(ulong units)
    {
        byte[] word = new byte[32];
        ((UInt256)units).WriteBigEndian(word);
        return RpcOutcome.Value(word);
    }
}
