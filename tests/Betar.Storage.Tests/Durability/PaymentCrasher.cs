using System.Globalization;
using Betar.Storage.Channels;
using Betar.Storage.PaidRequests;
using Betar.Storage.Settlements;
using Betar.Storage.Tests.Support;
using Betar.X402.Selling;
using Betar.X402.Wire;

namespace Betar.Storage.Tests.Durability;

/// <summary>
/// The process that is killed while it sells: each payment is tied to its request, its work kept, settled, charged to its channel and
/// answered, and a line is written for each step when it is told to be done. Arguments and end as those of <see cref="Crasher"/>.
/// </summary>
internal static class PaymentCrasher
{
    public const string Verb = "sell";

    public static async Task<int> RunAsync(string[] args)
    {
        var database = BetarDatabase.Open(args[0], new BetarDatabaseOptions { CheckpointPages = Number(args[3]) });
        var (callers, payments) = (Number(args[1]), Number(args[2]));
        var sale = await OpenAsync(database);
        Crasher.Say("ready");
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (var payment = 0; payment < payments; payment++)
                await SellAsync(sale, caller, (caller * payments) + payment, payment + 1);
        })));
        Crasher.Say("done");
        Crasher.Say(database.Stopped.IsFaulted ? "stopped" : "running");
        await Console.In.ReadToEndAsync();
        Environment.FailFast(null);
        return 0;
    }

    public static StoredAnswer Answer(int payment) => new(200, [new("X-Payment", $"{payment}")], BitConverter.GetBytes(payment));

    public static SettleResponse Settled(int payment) => new() { Success = true, Transaction = $"0x{payment:x64}", Network = "eip155:84532" };

    public static async Task<(DurablePaidRequestStore Store, DurableSettlementBook Book, DurableChannelBook Channels, DurableOwedWork Owed)> OpenAsync(BetarDatabase database) => (
        await DurablePaidRequestStore.OpenAsync(database, new PaidRequestOptions(), TimeProvider.System, default),
        await DurableSettlementBook.OpenAsync(database, new SettlementBookOptions(), TimeProvider.System, default),
        new DurableChannelBook(database, TimeProvider.System),
        await DurableOwedWork.OpenAsync(database, TimeProvider.System, default));

    private static async Task SellAsync(
        (DurablePaidRequestStore Store, DurableSettlementBook Book, DurableChannelBook Channels, DurableOwedWork Owed) sale, int caller, int payment, int call)
    {
        var (key, channel) = (TestOrders.Payment(payment), TestOrders.Channel(1_000_000 + caller));
        (string Name, Func<Task> Do)[] steps =
        [
            ("tied", () => sale.Store.BeginAsync(key, TestOrders.NonceOf(payment).Value, default)),
            ("taken", () => sale.Book.BeginAsync(key, "mine", DateTimeOffset.UtcNow.AddHours(1), default)),
            ("settled", () => sale.Book.EndAsync(key, Settled(payment), default)),
            ("begun", () => sale.Owed.BeginAsync(key, Settled(payment), "/", default)),
            ("prepared", () => sale.Store.PrepareAsync(key, Answer(payment), default)),
            ("filled", () => sale.Channels.DepositedAsync(channel, TestOrders.NonceOf(payment), 1_000, default)),
            ("charged", () => sale.Channels.ChargeAsync(channel, (ulong)call, new byte[65], 1, null, default)),
            ("answered", () => sale.Store.CompleteAsync(key, Answer(payment), default)),
            ("done", () => sale.Owed.DoneAsync(key, default)),
        ];
        foreach (var (name, step) in steps)
        {
            try
            {
                await step();
                Crasher.Say($"ack {name} {payment} {caller} {call}");
            }
            catch (StorageException failure)
            {
                Crasher.Say($"fail {name} {payment} {failure.Failure} {failure.OutcomeUnknown}");
                if (failure.Failure == StorageFailure.DiskFull)
                    await Crasher.MakeRoomAsync();
                return;
            }
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
