using Betar.Libp2p.Transports;

namespace Betar.Libp2p.Negotiation;

/// <summary>multistream-select 1.0: the dialer proposes, the listener echoes or says <c>na</c>.</summary>
internal static class MultistreamSelect
{
    public const string ProposalsLimit = "negotiation.proposals";

    /// <summary>The first proposal that the listener accepts; null: none. Header and first proposal travel together.</summary>
    public static async ValueTask<string?> SelectAsync(
        IDuplex duplex, IReadOnlyList<string> proposals, MultistreamOptions options, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfZero(proposals.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(proposals.Count, options.MaxProposals);
        await duplex.WriteAsync(MultistreamMessage.Encode(MultistreamMessage.Header, proposals[0]), cancellationToken);
        await MultistreamMessage.ExpectHeaderAsync(duplex, options, cancellationToken);
        for (var i = 0; i < proposals.Count; i++)
        {
            if (i > 0)
                await duplex.WriteAsync(MultistreamMessage.Encode(proposals[i]), cancellationToken);
            var answer = await MultistreamMessage.ReadAsync(duplex, options, cancellationToken);
            if (answer == proposals[i])
                return answer;
            if (answer != MultistreamMessage.NotAvailable)
                throw new Libp2pException(Libp2pError.Malformed, "The answer is neither the proposed protocol nor a refusal.");
        }

        return null;
    }

    /// <summary>
    /// Answers proposals until one is supported, refusing each other one so that the dialer may go on; null: the dialer gave up.
    /// </summary>
    public static async ValueTask<string?> AnswerAsync(
        IDuplex duplex, Func<string, bool> supported, MultistreamOptions options, CancellationToken cancellationToken)
    {
        await MultistreamMessage.ExpectHeaderAsync(duplex, options, cancellationToken);
        var headerSent = false;
        for (var answered = 0; ; answered++)
        {
            var reading = ReadProposalAsync(duplex, options, cancellationToken);
            if (!headerSent && !reading.IsCompleted)
            {
                // The dialer may be one that waits for our header. When its proposal is here already, one write carries both.
                headerSent = true;
                await duplex.WriteAsync(MultistreamMessage.Encode(MultistreamMessage.Header), cancellationToken);
            }

            if (await reading is not { } proposal)
                return null;
            if (answered == options.MaxProposals)
                throw Libp2pException.Exceeded(ProposalsLimit, "The other side proposes without end.");
            var accepted = supported(proposal);
            var answer = accepted ? proposal : MultistreamMessage.NotAvailable;
            await duplex.WriteAsync(
                headerSent ? MultistreamMessage.Encode(answer) : MultistreamMessage.Encode(MultistreamMessage.Header, answer), cancellationToken);
            headerSent = true;
            if (accepted)
                return proposal;
        }
    }

    private static async Task<string?> ReadProposalAsync(IDuplex duplex, MultistreamOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await MultistreamMessage.ReadAsync(duplex, options, cancellationToken);
        }
        catch (Libp2pException e) when (e.Code is Libp2pError.ConnectionClosed or Libp2pError.StreamReset)
        {
            return null;
        }
    }
}
