using Betar.Fuzz.Support;
using Betar.Libp2p;
using Betar.Libp2p.Negotiation;

namespace Betar.Fuzz.Targets;

/// <summary>The side of multistream-select that answers: what is chosen, and every byte that is said back.</summary>
internal sealed class MultistreamTarget : IFuzzTarget
{
    private const int MaxProposals = 16;
    private static readonly string[] Known = ["/noise", "/echo/1.0.0"];

    public string Name => "multistream";

    public bool Take(byte[] input)
    {
        var channel = new FuzzChannel(input, FuzzChannel.PieceFor(input));
        var (chosen, refusal) = Attempt.Of(() => MultistreamSelect.AnswerAsync(channel, Known.Contains, MultistreamOptions.Default, default));
        var (expected, fault, said) = Slow(input);
        FuzzException.Unless(chosen == expected && refusal == fault, $"{chosen} {refusal}, the oracle: {expected} {fault}");
        FuzzException.Unless(channel.Written.SequenceEqual(said), $"{channel.Written.Length} bytes are said back, the oracle: {said.Length}");
        return chosen is not null;
    }

    private static (string? Chosen, Libp2pError? Fault, byte[] Said) Slow(byte[] input)
    {
        var reader = new SlowMultistream(input);
        if (reader.Header() is { } noHeader)
            return (null, noHeader, []);
        var said = new List<byte>();
        for (var answered = 0; ; answered++)
        {
            var (proposal, fault) = reader.Next();
            if (proposal is null)
                return (null, fault == Libp2pError.ConnectionClosed ? null : fault, [.. said]);
            if (answered == MaxProposals)
                return (null, Libp2pError.LimitExceeded, [.. said]);
            if (said.Count == 0)
                said.AddRange(SlowMultistream.Line("/multistream/1.0.0"));
            said.AddRange(SlowMultistream.Line(Known.Contains(proposal) ? proposal : "na"));
            if (Known.Contains(proposal))
                return (proposal, null, [.. said]);
        }
    }
}
