using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Betar.Marketplace.Exchange;
using Betar.Marketplace.Replication;
using Betar.Marketplace.Replication.Store;
using Betar.Marketplace.Replication.Wire;
using Betar.Storage.Market;

namespace Betar.Storage.Tests.Durability;

/// <summary>
/// The same for the marketplace's file: one caller commits nodes of the replicated set, each with its element and its head, the others put listings.
/// A line says what was answered; which node or row it was follows from its number.
/// </summary>
internal static class MarketCrasher
{
    public const string Verb = "crash-market";

    private static readonly DateTimeOffset s_then = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task<int> RunAsync(string[] args)
    {
        MarketDatabase database = MarketDatabase.Open(
            args[0], new BetarDatabaseOptions { CheckpointPages = int.Parse(args[3], CultureInfo.InvariantCulture) });
        int callers = int.Parse(args[1], CultureInfo.InvariantCulture), count = int.Parse(args[2], CultureInfo.InvariantCulture);
        Crasher.Say("ready");
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (int number = 0; number < count; number++)
                await WriteAsync(database, caller, number);
        })));
        Crasher.Say("done");
        Crasher.Say(database.Stopped.IsFaulted ? "stopped" : "running");
        await Console.In.ReadToEndAsync();
        Environment.FailFast(null);
        return 0;
    }

    public static NodeRow Node(int number) => new(
        NodeId.Of(Data(number)), Data(number), number + 1, (ulong)number + 1, (ulong)number + 1, QuarantineReason.None, false, null, s_then);

    public static string Key(int number) => $"/agents/{number}";

    public static ListingRow Listing(int caller, int number)
    {
        byte[] record = Data((caller * 100_000) + number);
        return new ListingRow($"listing-{caller}-{number}", record, SHA256.HashData(record), s_then, number, 0, null);
    }

    private static byte[] Data(int number) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat($"node {number}; ", 40)));

    private static async Task WriteAsync(MarketDatabase database, int caller, int number)
    {
        try
        {
            if (caller == 0)
                await database.Replica.CommitAsync(Commit(number), default);
            else
                await database.Listings.PutAsync([Listing(caller, number)], default);
            Crasher.Say($"ack {caller} {number} Appended -");
        }
        catch (StorageException failure)
        {
            Crasher.Say($"fail {caller} {number} {failure.Failure} {failure.OutcomeUnknown}");
        }
    }

    private static ReplicaCommit Commit(int number)
    {
        NodeRow node = Node(number);
        var commit = new ReplicaCommit { Heads = [node.Id], Epoch = number == 0 ? new Guid(1, 2, 3, [4, 5, 6, 7, 8, 9, 10, 11]) : null };
        commit.Nodes.Add(node.Id, node);
        commit.Elements[new(Key(number), node.Id)] = new ElementRow(Key(number), node.Id, node.Height, QuarantineReason.None);
        // What it writes over goes with the same commit.
        if (number > 0 && number % 2 == 1)
            commit.Elements[new(Key(number - 1), Node(number - 1).Id)] = null;
        return commit;
    }
}
