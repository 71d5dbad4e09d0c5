using Betar.Libp2p.Discovery.Exchange;

namespace Betar.Fuzz.Targets;

/// <summary>Answers of peers that were asked for others.</summary>
internal sealed class PeerExchangeTarget : IFuzzTarget
{
    private const int MaxRecords = 16;
    private const int MaxBytes = 64;

    public string Name => "peer-exchange";

    public bool Take(byte[] input)
    {
        if (!PeerExchangeMessage.TryDecode(input, MaxRecords, MaxBytes, out var records, out var cut))
            return false;
        FuzzException.Unless(records.Count <= MaxRecords && records.All(record => record.Length <= MaxBytes), "more than allowed");
        var written = PeerExchangeMessage.Encode(records);
        FuzzException.Unless(written.Length <= input.Length, "longer than it was");
        FuzzException.Unless(
            PeerExchangeMessage.TryDecode(written.Span, MaxRecords, MaxBytes, out var again, out var cutAgain) && !cutAgain
                && again.Count == records.Count && again.Zip(records).All(pair => pair.First.Span.SequenceEqual(pair.Second.Span)),
            "written, it is something else");
        FuzzException.Unless(cut || PeerExchangeMessage.TryDecode(input, MaxRecords + 1, MaxBytes, out var more, out _) && more.Count == records.Count, "cut in silence");
        return true;
    }
}
