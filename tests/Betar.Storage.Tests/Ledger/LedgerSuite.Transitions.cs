using Betar.Storage.Ledger;
using Betar.Storage.Tests.Support;
using Betar.Tests.Shared;
using static Betar.Storage.Ledger.LedgerKind;

namespace Betar.Storage.Tests.Ledger;

/// <content>What may follow what.</content>
public abstract partial class LedgerSuite
{
    public static TheoryData<LedgerKind?, LedgerKind> EveryTransition()
    {
        var data = new TheoryData<LedgerKind?, LedgerKind>();
        foreach (var next in Enum.GetValues<LedgerKind>())
        {
            data.Add(null, next);
            foreach (var last in Enum.GetValues<LedgerKind>())
                data.Add(last, next);
        }

        return data;
    }

    private static readonly Dictionary<LedgerKind, LedgerKind[]> WayTo = new()
    {
        [Reserved] = [Reserved],
        [Settled] = [Reserved, Settled],
        [Delivered] = [Reserved, Settled, Delivered],
        [RefundOwed] = [Reserved, Settled, RefundOwed],
        [Refunded] = [Reserved, Settled, RefundOwed, Refunded],
        [Refused] = [Reserved, Refused],
    };

    [Theory]
    [MemberData(nameof(EveryTransition))]
    public async Task Only_the_transitions_of_the_table_are_taken(LedgerKind? last, LedgerKind next)
    {
        (LedgerKind?, LedgerKind)[] legal =
            [(null, Reserved), (Reserved, Settled), (Reserved, Refused), (Settled, Delivered), (Settled, RefundOwed), (RefundOwed, Refunded)];
        var way = last is { } reached ? WayTo[reached] : [];
        await Ledger.RunAsync(1, way);

        var result = await Ledger.AppendAsync(TestOrders.Append(1, way.Length, next), default);

        var expected = legal.Contains((last, next)) ? AppendStatus.Appended : AppendStatus.IllegalTransition;
        Assert.Equal(expected, result.Status);
        Assert.Equal(way.Length + (expected == AppendStatus.Appended ? 1 : 0), (await Ledger.ReadAsync(TestOrders.Payment(1), default)).Count);
        Assert.True((await Ledger.VerifyAsync(default)).Ok);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(int.MaxValue)]
    public async Task A_new_order_begins_at_index_zero(int index) => Assert.Equal(AppendStatus.IllegalTransition,
        (await Ledger.AppendAsync(TestOrders.Append(1, index, Reserved), default)).Status);

    [Fact]
    public async Task An_index_cannot_be_left_out()
    {
        await Ledger.MustAppendAsync(TestOrders.Append(1, 0, Reserved));
        Assert.Equal(AppendStatus.IllegalTransition, (await Ledger.AppendAsync(TestOrders.Append(1, 2, Settled), default)).Status);
    }

    [Theory]
    [InlineData(1001)]
    [InlineData(999)]
    public async Task The_amount_cannot_change_along_an_order(ulong other)
    {
        await Ledger.MustAppendAsync(TestOrders.Append(1, 0, Reserved, 1000));
        Assert.Equal(AppendStatus.IllegalTransition, (await Ledger.AppendAsync(TestOrders.Append(1, 1, Settled, other), default)).Status);
        Assert.Equal(AppendStatus.Appended, (await Ledger.AppendAsync(TestOrders.Append(1, 1, Settled, 1000), default)).Status);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Random_appends_agree_with_a_plain_model(int run)
    {
        var seed = TestSeed.Value + run;
        var random = new Random(seed);
        var model = new Dictionary<int, List<LedgerKind>>();
        for (var step = 0; step < 600; step++)
        {
            var order = random.Next(25);
            var known = model.TryGetValue(order, out var kinds) ? kinds : model[order] = [];
            var index = Math.Max(0, known.Count + random.Next(-1, 2));
            var kind = (LedgerKind)random.Next(1, 7);
            var status = (await Ledger.AppendAsync(TestOrders.Append(order, index, kind), default)).Status;
            var expected = index < known.Count ? AppendStatus.Conflict
                : index == known.Count && (index == 0 ? kind == Reserved : LedgerTransitions.IsLegal(known[^1], kind)) ? AppendStatus.Appended
                : AppendStatus.IllegalTransition;
            Assert.True(expected == status, $"seed {seed}, step {step}: {status} instead of {expected}");
            if (status == AppendStatus.Appended)
                known.Add(kind);
        }

        foreach (var (order, kinds) in model)
            Assert.Equal(kinds, (await Ledger.ReadAsync(TestOrders.Payment(order), default)).Select(entry => entry.Kind));
        Assert.Equal(model.Values.Count(kinds => kinds.Count > 0 && !LedgerTransitions.IsEnd(kinds[^1])),
            (await Ledger.OpenOrdersAsync(default)).Count);
        Assert.True((await Ledger.VerifyAsync(default)).Ok);
    }
}
