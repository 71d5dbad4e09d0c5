using Betar.Fuzz.Support;
using Betar.Libp2p;
using Betar.Libp2p.Negotiation;

namespace Betar.Fuzz.Targets;

/// <summary>The side of multistream-select that proposes.</summary>
internal sealed class MultistreamDialerTarget : IFuzzTarget
{
    private static readonly string[] Proposals = ["/noise", "/tls/1.0.0"];

    public string Name => "multistream-dialer";

    public bool Take(byte[] input)
    {
        var channel = new FuzzChannel(input, FuzzChannel.PieceFor(input));
        var (chosen, refusal) = Attempt.Of(() => MultistreamSelect.SelectAsync(channel, Proposals, MultistreamOptions.Default, default));
        var (expected, fault) = Slow(input);
        FuzzException.Unless(chosen == expected && refusal == fault, $"{chosen} {refusal}, the oracle: {expected} {fault}");
        return chosen is not null;
    }

    private static (string? Chosen, Libp2pError? Fault) Slow(byte[] input)
    {
        var reader = new SlowMultistream(input);
        if (reader.Header() is { } noHeader)
            return (null, noHeader);
        foreach (var proposal in Proposals)
        {
            var (answer, fault) = reader.Next();
            if (answer is null)
                return (null, fault);
            if (answer == proposal)
                return (answer, null);
            if (answer != "na")
                return (null, Libp2pError.Malformed);
        }

        return (null, null);
    }
}
