using Betar.Marketplace.Records;

namespace Betar.Fuzz.Targets;

/// <summary>Records, as if their signature held: there is one spelling of each.</summary>
internal sealed class ListingRecordTarget : IFuzzTarget
{
    private readonly RecordLimits _limits = new();

    public string Name => "listing-record";

    public bool Take(byte[] input)
    {
        FuzzException.Unless(!SignedListing.TryOpen(input, _limits, out _, out _), "somebody's signature came about");
        if (!RecordCodec.TryDecode(input, _limits, out var record))
            return false;
        FuzzException.Unless(RecordCodec.Encode(record).AsSpan().SequenceEqual(input), "there is another spelling");
        FuzzException.Unless(
            record.Skills.Count <= _limits.MaxItems && record.Addresses.Count <= _limits.MaxItems && record.Protocols.Count <= _limits.MaxItems, "too many parts");
        return true;
    }
}
