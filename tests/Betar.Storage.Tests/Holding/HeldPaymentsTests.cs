using Betar.Storage.Holding;
using Betar.Storage.Tests.Support;
using Betar.X402;

namespace Betar.Storage.Tests.Holding;

/// <summary>One holder for each payment, and no more rows than there is room for, whatever the disk does.</summary>
public sealed class HeldPaymentsTests
{
    private static readonly PaymentKey Key = TestOrders.Payment(1);
    private readonly RowRoom _room = new(default, maxEntries: 2, maxBytes: 100);
    private readonly HeldPayments<Somebody> _held;

    public HeldPaymentsTests() => _held = new HeldPayments<Somebody>(_room);

    [Fact]
    public async Task Whom_the_disk_gives_the_payment_holds_it_until_he_lets_go()
    {
        var mine = new Somebody();
        Assert.True(_held.TryHold(Key, mine, out var holder));
        Assert.Same(mine, holder);
        Assert.True(await BeginAsync(mine, gives: true));

        Assert.True(await mine.Begun.Task);
        Assert.False(_held.TryHold(Key, new Somebody(), out holder));
        Assert.Same(mine, holder);
        Assert.Same(mine, _held.LetGo(Key));
        Assert.Null(_held.Find(Key));
        Assert.Null(_held.LetGo(Key));
    }

    [Fact]
    public async Task Whom_it_does_not_give_it_has_let_go()
    {
        var mine = new Somebody();
        _held.TryHold(Key, mine, out _);
        Assert.False(await BeginAsync(mine, gives: false));
        Assert.False(await mine.Begun.Task);
        Assert.Null(_held.Find(Key));
    }

    [Fact]
    public async Task A_disk_that_fails_gives_nothing_and_counts_nothing()
    {
        var mine = new Somebody();
        _held.TryHold(Key, mine, out _);
        await Assert.ThrowsAsync<IOException>(() => _held.BeginAsync<bool>(Key, mine, _ => throw new IOException("Full."), entry => entry));
        Assert.False(await mine.Begun.Task);
        Assert.Null(_held.Find(Key));
        Assert.Equal(default, _room.Use);
    }

    [Fact]
    public async Task Other_payments_have_other_holders()
    {
        _held.TryHold(Key, new Somebody(), out _);
        Assert.True(_held.TryHold(TestOrders.Payment(2), new Somebody(), out _));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task A_row_counts_before_it_is_written()
    {
        var disk = new TaskCompletionSource();
        Task<bool>[] writes = [.. Enumerable.Range(0, 3).Select(_ => _room.WriteAsync(async hasRoom =>
        {
            await disk.Task;
            return (hasRoom, new RowUse(hasRoom ? 1 : 0, 0));
        }))];
        Assert.Equal(3, _room.Use.Entries);

        disk.SetResult();

        var given = await Task.WhenAll(writes);
        Assert.Equal([true, true, false], given);
        Assert.Equal(2, _room.Use.Entries);
    }

    [Fact]
    public async Task Bytes_count_too_and_what_goes_makes_room()
    {
        _room.Add(new RowUse(1, 100));
        Assert.False(await HasRoomAsync());
        _room.Add(new RowUse(0, -1));
        Assert.True(await HasRoomAsync());
        Assert.Equal(new RowUse(1, 99), _room.Use);
    }

    private Task<bool> HasRoomAsync() => _room.WriteAsync(hasRoom => ValueTask.FromResult((hasRoom, default(RowUse))));

    private Task<bool> BeginAsync(Somebody mine, bool gives) => _held.BeginAsync(Key, mine, _ => ValueTask.FromResult((gives, new RowUse(1, 0))), entry => entry);

    private sealed class Somebody : Holder;
}
