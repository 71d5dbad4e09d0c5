using System.Buffers;
using Betar.Libp2p.Protobuf;

namespace Betar.Libp2p.Protocols.Identify;

/// <summary>Writes an identify message as one part, or as several when it would be longer than a part should be.</summary>
internal static class IdentifyWriter
{
    /// <summary>What other peers send at most; they read twice as much.</summary>
    public const int MaxPart = 4096;

    public static IReadOnlyList<byte[]> Write(IdentifyMessage message)
    {
        var parts = new List<byte[]>();
        var part = new ArrayBufferWriter<byte>();
        foreach (var field in Fields(message))
        {
            if (part.WrittenCount > 0 && part.WrittenCount + field.Length > MaxPart)
            {
                parts.Add(part.WrittenSpan.ToArray());
                part.ResetWrittenCount();
            }

            part.Write(field);
        }

        parts.Add(part.WrittenSpan.ToArray());
        return parts;
    }

    private static IEnumerable<byte[]> Fields(IdentifyMessage message)
    {
        if (!message.PublicKey.IsEmpty)
            yield return Field(writer => writer.WriteBytes(IdentifyField.PublicKey, message.PublicKey.Span));
        foreach (var address in message.ListenAddresses)
            yield return Field(writer => writer.WriteBytes(IdentifyField.ListenAddresses, address.Bytes.Span));
        foreach (var protocol in message.Protocols)
            yield return Field(writer => writer.WriteString(IdentifyField.Protocols, protocol));
        if (message.ObservedAddress is { } observed)
            yield return Field(writer => writer.WriteBytes(IdentifyField.ObservedAddress, observed.Bytes.Span));
        if (message.ProtocolVersion is { } protocolVersion)
            yield return Field(writer => writer.WriteString(IdentifyField.ProtocolVersion, protocolVersion));
        if (message.AgentVersion is { } agentVersion)
            yield return Field(writer => writer.WriteString(IdentifyField.AgentVersion, agentVersion));
        if (!message.SignedPeerRecord.IsEmpty)
            yield return Field(writer => writer.WriteBytes(IdentifyField.SignedPeerRecord, message.SignedPeerRecord.Span));
    }

    private static byte[] Field(Action<ProtoWriter> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(new ProtoWriter(output));
        return output.WrittenSpan.ToArray();
    }
}
