using Betar.Storage.Ledger;
using Betar.Storage.Tests.Support;
using static Betar.Storage.Ledger.LedgerKind;

namespace Betar.Storage.Tests.Durability;

/// <summary>
/// The process that is killed: appends orders from several callers, and writes a line for each append once it has its answer.
/// Arguments: PATH CALLERS ORDERS PAGES. It then waits for its standard input to end; nothing is closed in good order.
/// </summary>
internal static class Crasher
{
    public const string Verb = "crash";

    /// <summary>A variable that names a file whose removal makes room on the disk.</summary>
    public const string Filler = "BETAR_TEST_FILLER";
    private static readonly LedgerKind[] Kinds = [Reserved, Settled, Delivered];
    private static readonly Lock Output = new();

    public static async Task<int> RunAsync(string[] args)
    {
        var database = BetarDatabase.Open(args[0], new BetarDatabaseOptions
        {
            CheckpointPages = int.Parse(args[3], System.Globalization.CultureInfo.InvariantCulture),
            Ledger = { Signer = Signers.Number(1), CheckpointEntries = 20 },
        });
        var callers = int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture);
        var orders = int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture);
        Say("ready");
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (var order = 0; order < orders; order++)
                await AppendOrderAsync(database.Ledger, (caller * orders) + order);
        })));
        Say("done");
        Say(database.Stopped.IsFaulted ? "stopped" : "running");
        await Console.In.ReadToEndAsync();
        Environment.FailFast(null);
        return 0;
    }

    private static async Task AppendOrderAsync(ILedger ledger, int order)
    {
        for (var index = 0; index < Kinds.Length; index++)
        {
            try
            {
                var result = await ledger.AppendAsync(TestOrders.Append(order, index, Kinds[index]), default);
                Say($"ack {order} {index} {result.Status} {result.Entry?.Hash}");
            }
            catch (StorageException failure)
            {
                Say($"fail {order} {index} {failure.Failure} {failure.OutcomeUnknown}");

                // The way back is part of the test: there is room again after the first refusal.
                if (failure.Failure == StorageFailure.DiskFull)
                    await MakeRoomAsync();
                return;
            }
        }
    }

    internal static async Task MakeRoomAsync()
    {
        if (Environment.GetEnvironmentVariable(Filler) is { } filler)
            File.Delete(filler);
        else
            await File.WriteAllTextAsync(Path.Combine(Environment.GetEnvironmentVariable("BETAR_SHIM_DIR")!, "free"), "");
    }

    internal static void Say(string line)
    {
        lock (Output)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
    }
}
