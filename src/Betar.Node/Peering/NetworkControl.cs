using System.Text.Json;
using Betar.Libp2p.Connections;
using Betar.Libp2p.PubSub;
using Betar.Node.Control;

namespace Betar.Node.Peering;

/// <summary>What a running node answers about the network around it.</summary>
internal sealed class NetworkControl(NodeNetwork network)
{
    public const string Peers = "p2p.peers";
    public const string Scores = "p2p.scores";
    public const string Topics = "p2p.topics";

    public Dictionary<string, ControlHandler> Handlers => new(StringComparer.Ordinal)
    {
        [Peers] = ListPeersAsync,
        [Scores] = (_, _) => Task.FromResult(ControlAnswer.Json(writer => WriteScores(writer, network.Gossip.Scores))),
        [Topics] = (_, _) => Task.FromResult(ControlAnswer.Json(writer => WriteTopics(writer, network.Topics, network.Gossip.Scores))),
    };

    internal static void WriteScores(Utf8JsonWriter writer, IReadOnlyList<PeerScore> scores)
    {
        writer.WriteStartArray();
        foreach (PeerScore score in scores)
        {
            writer.WriteStartObject();
            writer.WriteString("peerId", score.Peer.ToString());
            writer.WriteNumber("score", score.Score);
            writer.WriteBoolean("connected", score.Connected);
            writer.WriteNumber("application", score.Application);
            writer.WriteNumber("colocation", score.Colocation);
            writer.WriteNumber("behaviour", score.Behaviour);
            writer.WriteStartArray("topics");
            foreach (PeerTopicScore topic in score.Topics)
                Write(writer, topic);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    internal static void WriteTopics(Utf8JsonWriter writer, IReadOnlyList<ITopic> topics, IReadOnlyList<PeerScore> scores)
    {
        writer.WriteStartArray();
        foreach (ITopic topic in topics)
        {
            writer.WriteStartObject();
            writer.WriteString("topic", topic.Name);
            writer.WriteStartArray("peers");
            foreach (var peer in topic.Peers)
                writer.WriteStringValue(peer.ToString());
            writer.WriteEndArray();
            writer.WriteStartArray("mesh");
            foreach (PeerScore score in scores.Where(score => score.Topics.Any(part => part.Topic == topic.Name && part.InMesh)))
                writer.WriteStringValue(score.Peer.ToString());
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, PeerTopicScore topic)
    {
        writer.WriteStartObject();
        writer.WriteString("topic", topic.Topic);
        writer.WriteNumber("score", topic.Score);
        writer.WriteBoolean("inMesh", topic.InMesh);
        writer.WriteNumber("secondsInMesh", topic.TimeInMesh.TotalSeconds);
        writer.WriteNumber("firstDeliveries", topic.FirstDeliveries);
        writer.WriteNumber("meshDeliveries", topic.MeshDeliveries);
        writer.WriteNumber("meshFailures", topic.MeshFailures);
        writer.WriteNumber("invalid", topic.Invalid);
        writer.WriteEndObject();
    }

    /// <summary>One row a connection; two nodes that dialled each other at once have two.</summary>
    private async Task<ControlAnswer> ListPeersAsync(JsonElement arguments, CancellationToken cancellationToken)
    {
        List<(ConnectionInfo Connection, string Agent)> rows = [];
        foreach (ConnectionInfo connection in network.Host.Connections.OrderBy(connection => connection.OpenedAt))
            rows.Add((connection, (await network.Host.GetPeerAsync(connection.Peer, cancellationToken)).AgentVersion));
        DateTimeOffset now = network.Time.GetUtcNow();
        return ControlAnswer.Json(writer =>
        {
            writer.WriteStartArray();
            foreach ((ConnectionInfo connection, string agent) in rows)
            {
                writer.WriteStartObject();
                writer.WriteString("peerId", connection.Peer.ToString());
                writer.WriteString("address", connection.Remote.ToString());
                writer.WriteBoolean("inbound", connection.Inbound);
                writer.WriteString("foundBy", network.FoundBy(connection.Peer));
                writer.WriteString("agentVersion", agent);
                writer.WriteString("security", connection.Security);
                writer.WriteString("muxer", connection.Muxer);
                writer.WriteNumber("streams", connection.Streams);
                writer.WriteNumber("connectedSeconds", (long)(now - connection.OpenedAt).TotalSeconds);
                if (connection.RoundTrip is { } roundTrip)
                    writer.WriteNumber("roundTripMs", roundTrip.TotalMilliseconds);
                else
                    writer.WriteNull("roundTripMs");
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
    }
}
