using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.X402.Settling;

namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>
/// Claims a seller's channels and has it paid: when a channel owes enough or for long enough, when its payer takes its money back, and on
/// demand all of them. One per book.
/// </summary>
public sealed class ChannelClaimer : IDisposable
{
    private readonly IChannelClaims _book;
    private readonly ChannelClaimOptions _options;
    private readonly TimeProvider _time;
    private readonly DueClaims _due;
    private readonly ClaimSending _sending;
    private readonly SemaphoreSlim _turn = new(1);

    /// <param name="book">The seller's, where it keeps claims.</param>
    /// <param name="chains">Where the channels' networks are asked.</param>
    /// <param name="channel">Who sends.</param>
    /// <param name="authorizer">The key of the channels' receiverAuthorizer.</param>
    /// <param name="options">When and how much.</param>
    /// <param name="time">The clock.</param>
    public ChannelClaimer(
        IChannelClaims book, IChains chains, ISettlementChannel channel, ISigner authorizer, ChannelClaimOptions options, TimeProvider time)
    {
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        var claims = new ClaimChains(chains, options);
        (_book, _options, _time) = (book, options, time);
        _due = new DueClaims(book, claims, authorizer.Address, options, time);
        _sending = new ClaimSending(book, claims, channel, authorizer, options, time);
    }

    public TimeSpan Interval => _options.Interval;

    /// <summary>One look: ends what was begun, and claims what is due.</summary>
    /// <param name="everything">Whether all is claimed that is worth a transaction.</param>
    /// <param name="cancellationToken">Ends the wait; what is on its way is in the book.</param>
    public async Task<ClaimRound> RunAsync(bool everything, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var round = new ClaimRound();
            foreach (var run in await _book.FindOpenAsync(cancellationToken))
            {
                round += await _sending.ResumeAsync(run, cancellationToken);
            }

            var (due, found) = await _due.FindAsync(everything, cancellationToken);
            round += found;
            foreach (var together in due.GroupBy(one => (one.Channel.Network, one.Channel.Config.Receiver, one.Channel.Config.Token)))
            {
                foreach (var claims in together.Chunk(_options.MaxClaims))
                {
                    round += await _sending.SendAsync(claims, cancellationToken);
                }
            }

            return round;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Claims everything, and waits for its end as long as the options allow. What is not ended by then is in the book for the next start.</summary>
    public async Task<ClaimRound> DrainAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_options.DrainTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var all = new ClaimRound();
        try
        {
            while (true)
            {
                var round = await RunAsync(everything: true, either.Token);
                all = round with { Claimed = all.Claimed + round.Claimed, Value = all.Value + round.Value };
                if (round.Open == 0)
                {
                    return all;
                }

                await Task.Delay(Pause, _time, either.Token);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return all;
        }
    }

    public void Dispose() => _turn.Dispose();

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
}
