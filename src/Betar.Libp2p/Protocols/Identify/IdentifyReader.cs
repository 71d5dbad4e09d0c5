using Betar.Libp2p.Limits;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Protobuf;

namespace Betar.Libp2p.Protocols.Identify;

/// <summary>Puts the parts of an identify message together: what repeats is appended, of the rest the last one counts.</summary>
internal sealed class IdentifyReader(MessageLimitOptions limits)
{
    public const string ProtocolsLimit = "identify.protocols";
    public const string TextLimit = "identify.text_bytes";
    public const string AddressLimit = "identify.address_bytes";
    public const string BytesLimit = "identify.bytes";

    private readonly List<Multiaddr> _addresses = [];
    private readonly List<string> _protocols = [];
    private byte[] _publicKey = [];
    private byte[] _record = [];
    private Multiaddr? _observed;
    private string? _protocolVersion;
    private string? _agentVersion;
    private int _addressesSeen;

    /// <summary>The limit that a part broke; null: it was well within, or could not be read at all.</summary>
    public string? Limit { get; private set; }

    /// <summary>There were more addresses than are kept of a peer; the first ones are.</summary>
    public bool AddressesCut => _addressesSeen > limits.AddressesPerPeer;

    /// <summary>There were addresses longer than are read; they are left out.</summary>
    public bool AddressTooLong { get; private set; }

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
                    Break(ref reader, ProtocolsLimit);
                else if (TryReadText(ref reader, limits.ProtocolNameBytes, out var protocol))
                    _protocols.Add(protocol);
                break;
            case IdentifyField.ObservedAddress:
                if (reader.TryReadBytes(out var observed) && observed.Length <= limits.AddressBytes && Multiaddr.TryDecode(observed, out var address))
                    _observed = address;
                break;
            case IdentifyField.ProtocolVersion:
                if (TryReadText(ref reader, limits.VersionBytes, out var protocolVersion))
                    _protocolVersion = protocolVersion;
                break;
            case IdentifyField.AgentVersion:
                if (TryReadText(ref reader, limits.VersionBytes, out var agentVersion))
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
        if (!reader.TryReadBytes(out var bytes) || ++_addressesSeen > limits.AddressesPerPeer)
            return;
        if (bytes.Length > limits.AddressBytes)
            AddressTooLong = true;
        else if (Multiaddr.TryDecode(bytes, out var address))
            _addresses.Add(address);
    }

    private void ReadBytes(ref ProtoReader reader, int most, ref byte[] value)
    {
        if (!reader.TryReadBytes(out var bytes))
            return;
        if (bytes.Length > most)
            Break(ref reader, BytesLimit);
        else
            value = bytes.ToArray();
    }

    private bool TryReadText(ref ProtoReader reader, int most, out string text)
    {
        // What is left is kept aside: the reader says only that something was wrong.
        var before = reader;
        if (reader.TryReadString(most, out text))
            return true;
        if (before.TryReadBytes(out var bytes) && bytes.Length > most)
            Limit = TextLimit;
        return false;
    }

    private void Break(ref ProtoReader reader, string limit)
    {
        Limit = limit;
        reader.Fail();
    }
}
