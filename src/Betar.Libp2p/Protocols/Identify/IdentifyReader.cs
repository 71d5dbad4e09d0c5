using Betar.Libp2p.Limits;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Protobuf;

namespace Betar.Libp2p.Protocols.Identify;

/// <summary>Puts the parts of an identify message together: what repeats is appended, of the rest the last one counts.</summary>
internal sealed class IdentifyReader(MessageLimitOptions limits)
{
    private readonly List<Multiaddr> _addresses = [];
    private readonly List<string> _protocols = [];
    private byte[] _publicKey = [];
    private byte[] _record = [];
    private Multiaddr? _observed;
    private string? _protocolVersion;
    private string? _agentVersion;
    private int _addressesSeen;

    public IdentifyMessage Message => new()
    {
        PublicKey = _publicKey,
        ListenAddresses = _addresses,
        Protocols = _protocols,
        ObservedAddress = _observed,
        ProtocolVersion = _protocolVersion,
        AgentVersion = _agentVersion,
        SignedPeerRecord = _record,
    };

    /// <summary>False for what is no part of an identify message, or breaks a limit.</summary>
    public bool TryAdd(ReadOnlySpan<byte> part)
    {
        var reader = new ProtoReader(part);
        while (reader.TryReadTag(out var field, out var type))
        {
            if (type != WireType.Bytes)
                reader.TrySkip(type);
            else
                Read(ref reader, field);
        }

        return !reader.Failed;
    }

    private void Read(ref ProtoReader reader, int field)
    {
        switch (field)
        {
            case IdentifyField.PublicKey:
                ReadBytes(ref reader, Identity.PublicKey.MaxLength, ref _publicKey);
                break;
            case IdentifyField.ListenAddresses:
                ReadAddress(ref reader);
                break;
            case IdentifyField.Protocols:
                if (_protocols.Count == limits.ProtocolsPerPeer)
                    reader.Fail();
                else if (reader.TryReadString(limits.ProtocolNameBytes, out var protocol))
                    _protocols.Add(protocol);
                break;
            case IdentifyField.ObservedAddress:
                if (reader.TryReadBytes(out var observed) && observed.Length <= limits.AddressBytes && Multiaddr.TryDecode(observed, out var address))
                    _observed = address;
                break;
            case IdentifyField.ProtocolVersion:
                if (reader.TryReadString(limits.VersionBytes, out var protocolVersion))
                    _protocolVersion = protocolVersion;
                break;
            case IdentifyField.AgentVersion:
                if (reader.TryReadString(limits.VersionBytes, out var agentVersion))
                    _agentVersion = agentVersion;
                break;
            case IdentifyField.SignedPeerRecord:
                ReadBytes(ref reader, limits.SignedRecordBytes, ref _record);
                break;
            default:
                reader.TryReadBytes(out _);
                break;
        }
    }

    // An address that cannot be read is dropped by itself: newer peers have kinds of addresses that we do not know. More than we keep are
    // not an offence either, but the message as a whole is bounded by its parts.
    private void ReadAddress(ref ProtoReader reader)
    {
        if (reader.TryReadBytes(out var bytes) && ++_addressesSeen <= limits.AddressesPerPeer && bytes.Length <= limits.AddressBytes
            && Multiaddr.TryDecode(bytes, out var address))
        {
            _addresses.Add(address);
        }
    }

    private static void ReadBytes(ref ProtoReader reader, int most, ref byte[] value)
    {
        if (!reader.TryReadBytes(out var bytes))
            return;
        if (bytes.Length > most)
            reader.Fail();
        else
            value = bytes.ToArray();
    }
}
