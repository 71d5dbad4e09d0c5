using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Betar.Libp2p.Diagnostics;

/// <summary>What the library counts and traces: one meter and one source of spans for the process.</summary>
internal static class Libp2pInstruments
{
    public const string Name = "Betar.Libp2p";
    public const string LimitTag = "limit";
    public const string DirectionTag = "direction";
    public const string ReasonTag = "reason";
    public const string ByTag = "by";
    public const string SourceTag = "source";
    public const string OutcomeTag = "outcome";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> LimitHits = Meter.CreateCounter<long>("betar.libp2p.limit_hits");
    private static readonly Counter<long> ConnectionsOpened = Meter.CreateCounter<long>("betar.libp2p.connections_opened");
    private static readonly UpDownCounter<long> Connections = Meter.CreateUpDownCounter<long>("betar.libp2p.connections");
    private static readonly Counter<long> UpgradesFailed = Meter.CreateCounter<long>("betar.libp2p.upgrades_failed");
    private static readonly Counter<long> DialsFailed = Meter.CreateCounter<long>("betar.libp2p.dials_failed");
    private static readonly Counter<long> RecordsRefused = Meter.CreateCounter<long>("betar.libp2p.records_refused");
    private static readonly Counter<long> StreamsOpened = Meter.CreateCounter<long>("betar.libp2p.streams_opened");
    private static readonly Counter<long> StreamsReset = Meter.CreateCounter<long>("betar.libp2p.streams_reset");

    private static readonly Counter<long> PeersFound = Meter.CreateCounter<long>("betar.libp2p.peers_found");

    public static ActivitySource Spans { get; } = new(Name);

    public static void LimitHit(string limit) => LimitHits.Add(1, new KeyValuePair<string, object?>(LimitTag, limit));

    public static void ConnectionOpened(bool inbound)
    {
        ConnectionsOpened.Add(1, Direction(inbound));
        Connections.Add(1, Direction(inbound));
    }

    public static void ConnectionClosed(bool inbound) => Connections.Add(-1, Direction(inbound));

    public static void UpgradeFailed(bool inbound, Libp2pError reason) => UpgradesFailed.Add(1, Direction(inbound), Reason(reason));

    public static void DialFailed(Libp2pError reason) => DialsFailed.Add(1, Reason(reason));

    /// <summary>A signed record that is not about the peer that sent it, or whose signature does not hold.</summary>
    public static void RecordRefused() => RecordsRefused.Add(1);

    public static void StreamOpened(bool inbound) => StreamsOpened.Add(1, Direction(inbound));

    /// <summary>A peer that discovery found: it is connected now, or it could not be reached.</summary>
    public static void PeerFound(string source, bool connected) => PeersFound.Add(
        1, new KeyValuePair<string, object?>(SourceTag, source), new KeyValuePair<string, object?>(OutcomeTag, connected ? "connected" : "failed"));

    /// <summary>A stream ended before its time: broken off by us, which includes one that was not taken, or by the peer.</summary>
    public static void StreamReset(bool byPeer) => StreamsReset.Add(1, new KeyValuePair<string, object?>(ByTag, byPeer ? "peer" : "us"));

    private static KeyValuePair<string, object?> Direction(bool inbound) => new(DirectionTag, inbound ? "in" : "out");

    private static KeyValuePair<string, object?> Reason(Libp2pError reason) => new(ReasonTag, reason.ToString());
}
