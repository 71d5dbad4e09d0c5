using System.Text.Json;
using Betar.Libp2p.Protocols.Identify;

namespace Betar.Node.Cli.Peering;

/// <summary>The parts of JSON that several commands of the network print.</summary>
internal static class PeerJson
{
    public static void WriteIdentified(Utf8JsonWriter writer, IdentifiedPeer said)
    {
        writer.WriteString("agentVersion", said.Info.AgentVersion);
        writer.WriteString("protocolVersion", said.Info.ProtocolVersion);
        writer.WriteBoolean("signedRecord", said.HasSignedRecord);
        WriteTexts(writer, "addresses", said.Info.Addresses);
        WriteTexts(writer, "protocols", said.Info.Protocols);
    }

    public static void WriteTexts<T>(Utf8JsonWriter writer, string name, IEnumerable<T> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
            writer.WriteStringValue(value?.ToString());
        writer.WriteEndArray();
    }
}
