using System.Diagnostics.Metrics;

namespace Betar.Blocks.Diagnostics;

/// <summary>What the library counts: one meter for the process.</summary>
internal static class BlocksInstruments
{
    public const string Name = "Betar.Blocks";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> LimitHits = Meter.CreateCounter<long>("betar.blocks.limit_hits");
    private static readonly Counter<long> Received = Meter.CreateCounter<long>("betar.blocks.received");
    private static readonly Counter<long> ReceivedBytes = Meter.CreateCounter<long>("betar.blocks.received_bytes");
    private static readonly Counter<long> Sent = Meter.CreateCounter<long>("betar.blocks.sent");
    private static readonly Counter<long> SentBytes = Meter.CreateCounter<long>("betar.blocks.sent_bytes");
    private static readonly Counter<long> WantsSent = Meter.CreateCounter<long>("betar.blocks.wants_sent");
    private static readonly Counter<long> WantsReceived = Meter.CreateCounter<long>("betar.blocks.wants_received");
    private static readonly UpDownCounter<long> Fetching = Meter.CreateUpDownCounter<long>("betar.blocks.fetching");

    public static void LimitHit(string limit) => LimitHits.Add(1, new KeyValuePair<string, object?>("limit", limit));

    public static void BlockReceived(int bytes)
    {
        Received.Add(1);
        ReceivedBytes.Add(bytes);
    }

    public static void BlockSent(int bytes)
    {
        Sent.Add(1);
        SentBytes.Add(bytes);
    }

    public static void WantSent(int count) => WantsSent.Add(count);

    public static void WantReceived(int count) => WantsReceived.Add(count);

    public static void FetchStarted() => Fetching.Add(1);

    public static void FetchEnded() => Fetching.Add(-1);
}
