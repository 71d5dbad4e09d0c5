using Betar.Marketplace.Exchange;

namespace Betar.Fuzz.Targets;

/// <summary>Messages that carry records between nodes.</summary>
internal sealed class RecordMessageTarget : IFuzzTarget
{
    private const int MaxRecords = 64;

    public string Name => "record-message";

    public bool Take(byte[] input)
    {
        if (!RecordMessage.TryDecode(input, MaxRecords, out var message))
            return false;
        FuzzException.Unless(message.Records.Count <= MaxRecords && message.Held.Count <= MaxRecords, "too many parts");
        FuzzException.Unless(
            RecordMessage.TryDecode(message.Encode(), MaxRecords, out var again) && again.Records.Count == message.Records.Count
            && again.Held.SequenceEqual(message.Held) && again.After == message.After && again.Next == message.Next
            && again.Sums.Span.SequenceEqual(message.Sums.Span), "it does not come back");
        return true;
    }
}
