using Betar.Libp2p.Records;

namespace Betar.Fuzz.Targets;

/// <summary>Peer records, as if their signature held.</summary>
internal sealed class PeerRecordTarget : IFuzzTarget
{
    private const int MaxAddresses = 32;

    public string Name => "peer-record";

    public bool Take(byte[] input)
    {
        if (!PeerRecord.TryDecode(input, MaxAddresses, out var record, out _))
            return false;
        FuzzException.Unless(record.Addresses.Count <= MaxAddresses, $"{record.Addresses.Count} addresses");
        FuzzException.Unless(PeerRecord.TryDecode(record.Encode(), MaxAddresses, out var again, out _) && again.Peer == record.Peer
            && again.Sequence == record.Sequence && again.Addresses.SequenceEqual(record.Addresses), "it does not come back");
        return true;
    }
}
