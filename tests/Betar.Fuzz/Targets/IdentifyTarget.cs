using System.Text;
using System.Text.Unicode;
using Betar.Fuzz.Support;
using Betar.Libp2p;
using Betar.Libp2p.Limits;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Protocols;
using Betar.Libp2p.Protocols.Identify;

namespace Betar.Fuzz.Targets;

/// <summary>Identify messages in length-prefixed parts, as a stream brings them.</summary>
internal sealed class IdentifyTarget : IFuzzTarget
{
    private static readonly MessageLimitOptions Limits = new();

    public string Name => "identify";

    public long MemoryBound(int length) => (256 * 1024) + (256L * length);

    public bool Take(byte[] input)
    {
        var reader = new IdentifyReader(Limits);
        var parts = new List<byte[]>();
        var refused = false;
        var refusal = Attempt.Of(async () =>
        {
            var stream = new MemoryStream(input);
            while (!refused && await LengthPrefixed.ReadAsync(stream, Limits.IdentifyPartBytes, default) is { } part)
            {
                parts.Add(part);
                refused = !reader.TryAdd(part);
            }
        });
        FuzzException.Unless(refusal is null or Libp2pError.Malformed or Libp2pError.LimitExceeded, $"{refusal}");
        FuzzException.Unless(parts.Sum(part => part.Length) <= input.Length, "more than was given");
        Check(reader.Message);
        if (refused || refusal is not null)
            return false;
        FuzzException.Unless(Slow(parts) is { } slow && Same(slow, reader.Message), "not what the oracle reads");
        FuzzException.Unless(Same(Again(reader.Message), reader.Message), "it does not come back");
        return parts.Count > 0;
    }

    private static void Check(IdentifyMessage message) => FuzzException.Unless(
        message.Protocols.Count <= Limits.ProtocolsPerPeer && message.Protocols.All(name => Encoding.UTF8.GetByteCount(name) <= Limits.ProtocolNameBytes)
        && message.ListenAddresses.Count <= Limits.AddressesPerPeer && message.SignedPeerRecord.Length <= Limits.SignedRecordBytes
        && (message.AgentVersion?.Length ?? 0) <= Limits.VersionBytes && (message.ProtocolVersion?.Length ?? 0) <= Limits.VersionBytes,
        "a limit is broken");

    private static IdentifyMessage Again(IdentifyMessage message)
    {
        var reader = new IdentifyReader(Limits);
        foreach (var part in IdentifyWriter.Write(message))
            FuzzException.Unless(reader.TryAdd(part), "what we write is refused");
        return reader.Message;
    }

    private static bool Same(IdentifyMessage one, IdentifyMessage other) =>
        one.PublicKey.Span.SequenceEqual(other.PublicKey.Span) && one.SignedPeerRecord.Span.SequenceEqual(other.SignedPeerRecord.Span)
        && one.ListenAddresses.SequenceEqual(other.ListenAddresses) && one.Protocols.SequenceEqual(other.Protocols)
        && Equals(one.ObservedAddress, other.ObservedAddress) && one.ProtocolVersion == other.ProtocolVersion && one.AgentVersion == other.AgentVersion;

    /// <summary>Null: to be refused.</summary>
    private static IdentifyMessage? Slow(List<byte[]> parts)
    {
        var fields = new List<(int Field, int Type, byte[] Bytes)>();
        foreach (var part in parts)
        {
            if (SlowProtobuf.Read(part) is not { } read)
                return null;
            fields.AddRange(read.Where(field => field.Type == 2));
        }

        byte[][] Of(int number) => [.. fields.Where(field => field.Field == number).Select(field => field.Bytes)];
        string?[] texts = [.. Of(IdentifyField.Protocols).Concat(Of(IdentifyField.ProtocolVersion)).Concat(Of(IdentifyField.AgentVersion)).Select(Text)];
        if (texts.Contains(null) || Of(IdentifyField.PublicKey).Any(key => key.Length > Betar.Libp2p.Identity.PublicKey.MaxLength))
            return null;
        return new IdentifyMessage
        {
            PublicKey = Of(IdentifyField.PublicKey).LastOrDefault([]),
            SignedPeerRecord = Of(IdentifyField.SignedPeerRecord).LastOrDefault([]),
            ListenAddresses = [.. Of(IdentifyField.ListenAddresses).Take(Limits.AddressesPerPeer).Select(Address).OfType<Multiaddr>()],
            ObservedAddress = Of(IdentifyField.ObservedAddress).Select(Address).LastOrDefault(address => address is not null),
            Protocols = [.. Of(IdentifyField.Protocols).Select(bytes => Text(bytes)!)],
            ProtocolVersion = Of(IdentifyField.ProtocolVersion).Select(Text).LastOrDefault(),
            AgentVersion = Of(IdentifyField.AgentVersion).Select(Text).LastOrDefault(),
        };
    }

    // Names and versions have the same longest length.
    private static string? Text(byte[] bytes) => bytes.Length <= Limits.VersionBytes && Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null;

    private static Multiaddr? Address(byte[] bytes) => Multiaddr.TryDecode(bytes, out var address) ? address : null;
}
